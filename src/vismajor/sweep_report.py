"""What `sweep` prints: the facts, the combinations that bring most and least, and JSON (money with two decimals)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from vismajor.drafting import typography
from vismajor.drafting.words import counted, say_fact, say_question, say_value, words
from vismajor.reasoning.possibilities import Plain
from vismajor.reasoning.swept import SweptFact
from vismajor.report import in_cents
from vismajor.screen import WIDTH, render, worlds_note, wrapped
from vismajor.settlement.screening import Chance
from vismajor.settlement.sweep import Row, Sweep

PRINTED = ("liability", "exoneration", "liability_cap")  # probabilities beside an amount
LETTERS = "ABCDEFGHIJKLMNOPQRST"
FREE, STATED, OTHERWISE = "·", "●", "○"


def sweep_json(sweep: Sweep, file: Path | None = None) -> dict[str, Any]:
    """Return the sweep as JSON data: facts, and the combinations at both ends; all of them are in `file`."""
    case = sweep.assessment.case
    return {
        "case": case.file.title.model_dump(), "as_of": case.as_of.isoformat(),
        "law": {"id": sweep.assessment.law.id, "version": sweep.assessment.law.version},
        "seed": sweep.assessment.worlds.seed, "worlds": sweep.assessment.worlds.count,
        "worlds_per_combination": sweep.screened.worlds, "claimant": sweep.claimant,
        "combinations": sweep.order.size,
        "now": {"award": in_cents(sweep.now), "standard_error": in_cents(sweep.now_error)},
        "facts": [_fact_json(fact, means) for fact, means in zip(sweep.facts, sweep.means, strict=True)],
        "probabilities": [{"issue": chance.issue, "duty": chance.duty, "claims": list(chance.claims)}
                          for chance in sweep.screened.chances],
        "best": [_row_json(sweep, row) for row in sweep.best],
        "worst": [_row_json(sweep, row) for row in sweep.worst],
        "file": str(file) if file else None,
    }


def _fact_json(fact: SweptFact, means: Sequence[Decimal]) -> dict[str, Any]:
    return {"fact": fact.name, "asks": fact.declaration.asks.model_dump(), "values": list(fact.values),
            "stated": fact.stated, "likelihoods": list(fact.likelihoods) or None, "claims": list(fact.claims),
            "nothing_stated_for": list(fact.claims_unknown), "mean_award": [in_cents(mean) for mean in means]}


def _row_json(sweep: Sweep, row: Row) -> dict[str, Any]:
    likelihood = float(f"{row.likelihood:.6g}")
    return {
        "rank": row.rank, "values": {fact.name: value for fact, value in zip(sweep.facts, row.values, strict=True)},
        "does_not_matter": [sweep.facts[at].name for at in sorted(row.free)], "combinations": row.count,
        "likelihood": likelihood if sweep.sure_of(row) else None, "likelihood_stated": likelihood,
        "award_screening": in_cents(row.screened), "award": in_cents(row.award),
        "standard_error": in_cents(row.standard_error),
        "probabilities": [round(probability, 6) for probability in row.probabilities],
    }


def tell_sweep(sweep: Sweep, file: Path | None = None) -> str:
    """Tell the facts swept, then the combinations that bring most and least, in the case's language."""
    language = sweep.assessment.case.file.language
    return "\n".join(_Telling(sweep, language).lines(file))


class _Telling:
    def __init__(self, sweep: Sweep, language: str) -> None:
        self.sweep, self.language, self.say = sweep, language, words(language)
        self.law = sweep.assessment.law
        self.shown = [(place, chance) for place, chance in enumerate(sweep.screened.by_duty) if chance.issue in PRINTED]
        first = {chance.issue: (place, chance) for place, chance in reversed(self.shown)}
        self.shown = [first[issue] for issue in PRINTED if issue in first]  # for the first duty of the pack

    def lines(self, file: Path | None) -> Iterator[str]:
        """Yield the tables and the notes that explain them."""
        yield self.wrapped(self.intro())
        yield self.facts()
        yield self.wrapped(self.say["sweep_symbols"].format(symbols=self.say["semicolon"].join(self.symbols())))
        whole = sum(row.count for row in self.sweep.best) == self.sweep.order.size
        yield "\n" + self.rows(self.say["sweep_all" if whole else "sweep_best"], self.sweep.best)
        yield from self.said_of("sweep_best_said", self.sweep.best[0])
        if not whole:
            yield "\n" + self.rows(self.say["sweep_worst"], self.sweep.worst)
        yield from self.said_of("sweep_worst_said", self.sweep.worst[0])
        yield ""
        yield from map(self.wrapped, self.notes())
        if file:
            yield self.say["sweep_written"].format(path=file)  # a path is not folded: it is there to be copied

    def intro(self) -> str:
        """Say how many combinations there are, whose money it is, and how the case stands."""
        case = self.sweep.assessment.case
        names = [one.name for one in case.file.claimants if self.sweep.claimant in (None, one.id)]
        whom = self.say["sweep_whom_all" if len(names) > 1 else "sweep_whom_one"].format(name=names[0])
        return f"{case.file.title.in_language(self.language)}. " + self.say["sweep_intro"].format(
            combinations=counted(self.sweep.order.size, "sweep_combinations", self.language), whom=whom,
            facts=counted(len(self.sweep.facts), "facts", self.language),
            now=typography.money(self.sweep.now, self.language),
            error=typography.money(self.sweep.now_error, self.language))

    def facts(self) -> str:
        """Return the table of the facts, those named first on top."""
        table = Table(width=WIDTH, padding=(0, 0))
        for name, justify in (("", "left"), (self.say["sweep_fact"], "left"),
                              (self.say["sweep_likelihood"], "right"), (self.say["sweep_gap"], "right")):
            table.add_column(name, justify=justify, no_wrap=justify == "right")  # type: ignore[arg-type]
        for letter, fact, means in zip(LETTERS, self.sweep.facts, self.sweep.means, strict=False):
            gap = means[0] - means[1] if _two_sided(fact) else max(means) - min(means)
            about = [fact.name]
            if fact.claims_unknown and fact.stated is not None:
                claims = counted(len(fact.claims_unknown), "sweep_claims", self.language)
                about.append(self.say["sweep_silent"].format(claims=claims))
            table.add_row(letter, escape(f"{self.said(fact)}\n{self.say['semicolon'].join(about)}"),
                          self.likelihood(fact),
                          typography.money(_about(gap), self.language))
        return render(table)

    def likelihood(self, fact: SweptFact) -> str:
        """Say how likely it is that a fact is found as stated."""
        if fact.likelihoods and fact.stated is not None:
            return typography.share(fact.likelihoods[0], self.language)
        return self.say["sweep_several" if len(fact.unknown_at) < len(fact.open_at) else "sweep_none"]

    def clause(self, fact: SweptFact, value: Plain) -> str:
        """Say one value of a fact, and for which duty or claimant where it is not for all."""
        said = say_fact(self.law, fact.ground, value, self.language)
        only = fact.name.partition("@")[2]
        if not only:
            return said
        duty = self.law.vocabulary.duties.get(only)
        about = self.say["sweep_for_duty"].format(duty=duty.short.in_language(self.language)) if duty else (
            self.sweep.assessment.case.name_of(fact.claims[0]))
        return f"{said} ({about})"

    def said(self, fact: SweptFact) -> str:
        """Say a fact as it is stated, or else ask for it, with its values where these are more than yes and no."""
        if fact.stated is not None:
            return self.clause(fact, fact.stated)
        asks = say_question(self.law, fact.ground, self.language)
        if fact.declaration.type == "bool":
            return asks
        listed = [f"{rank} {say_value(fact.declaration, value, self.language)}"
                  for rank, value in enumerate(fact.values, start=1)]
        return self.say["sweep_values"].format(asks=asks, values=self.say["semicolon"].join(listed))

    def symbol(self, fact: SweptFact, value: Plain) -> str:
        """Return the sign of one value of a fact in a combination."""
        if _two_sided(fact):
            return STATED if value == fact.stated else OTHERWISE
        if fact.declaration.type == "bool":
            return self.say["sweep_yes" if value else "sweep_no"]
        return str(fact.values.index(value) + 1)

    def symbols(self) -> Iterator[str]:
        """Yield what the signs that may occur mean."""
        kinds = {"stated" if _two_sided(fact) else "yes" if fact.declaration.type == "bool" else "values"
                 for fact in self.sweep.facts} | ({"free"} if self.some_free else set())
        yield from (self.say[f"sweep_symbol_{kind}"] for kind in ("stated", "yes", "values", "free") if kind in kinds)

    @property
    def some_free(self) -> bool:
        """Whether a fact does not matter in one of the lines."""
        return any(row.free for row in (*self.sweep.best, *self.sweep.worst))

    def rows(self, title: str, rows: Sequence[Row]) -> str:
        """Return the table of some combinations."""
        table = Table(title=title, title_justify="left", padding=(0, 0))
        table.add_column(self.say["sweep_rank"], justify="right", no_wrap=True)
        table.add_column(LETTERS[:len(self.sweep.facts)], no_wrap=True)
        heads = ["sweep_likelihood_short", *(f"sweep_short_{chance.issue}" for _, chance in self.shown),
                 "sweep_amount", "sweep_error"]
        for head in heads:
            table.add_column(self.say[head], justify="right", no_wrap=True)
        for row in rows:
            signs = "".join(FREE if at in row.free else self.symbol(fact, value)
                            for at, (fact, value) in enumerate(zip(self.sweep.facts, row.values, strict=True)))
            chances = self.sweep.by_duty(row)
            table.add_row(
                typography.number(row.rank, self.language), signs, self.likely(row),
                *(typography.share(chances[place], self.language) for place, _ in self.shown),
                typography.amount(row.award, self.language), typography.amount(row.standard_error, self.language))
        return render(table)

    def likely(self, row: Row) -> str:
        """Say how likely a line is: at most so, where some of its facts have no likelihood, nothing where none has."""
        facts = [fact for at, fact in enumerate(self.sweep.facts) if at not in row.free]
        if facts and not any(fact.likelihoods for fact in facts):
            return "–"
        said = small_share(row.likelihood, self.language)
        return said if self.sweep.sure_of(row) else self.say["sweep_likelihood_most"].format(share=said)

    def said_of(self, key: str, row: Row) -> Iterator[str]:
        """Yield the facts of a combination in words, those aside that do not matter."""
        told = enumerate(zip(self.sweep.facts, row.values, strict=True))
        if facts := self.say["semicolon"].join(self.clause(*taken) for at, taken in told if at not in row.free):
            yield self.wrapped(self.say[key].format(facts=facts))

    def notes(self) -> Iterator[str]:
        """Yield what the figures mean and where they come from."""
        few = typography.number(self.sweep.screened.worlds, self.language)
        yield self.say["sweep_screening"].format(
            few=few, all=typography.number(self.sweep.assessment.worlds.count, self.language))
        if self.some_free:
            yield self.say["sweep_free_note"].format(few=few)
        yield self.say["sweep_likelihood_note"]
        if missing := [letter for letter, fact in zip(LETTERS, self.sweep.facts, strict=False) if not fact.likelihoods]:
            yield self.say["sweep_likelihood_missing"].format(facts=typography.listing(missing, self.language))
        if self.shown:
            told = self.say["semicolon"].join(self.chance(chance) for _, chance in self.shown)
            yield self.say["sweep_chances"].format(chances=told)
        yield self.say["sweep_gap_note"]
        yield self.say["sweep_together"]
        yield worlds_note(self.sweep.assessment, self.language)

    def chance(self, chance: Chance) -> str:
        """Say which issue a short heading stands for, and for whom its probability is the mean."""
        claims = counted(len(chance.claims), "sweep_claims", self.language)
        about = [self.say["sweep_mean"].format(claims=claims)] if len(chance.claims) > 1 else []
        if chance.duty:
            duty = self.law.vocabulary.duties[chance.duty].short.in_language(self.language)
            about.insert(0, self.say["sweep_for_duty"].format(duty=duty))
        title = typography.uncapital(self.law.issues[chance.issue].title.in_language(self.language))
        said = f"{title} ({', '.join(about)})" if about else title
        return self.say["labelled"].format(label=self.say[f"sweep_short_{chance.issue}"], what=said)

    def wrapped(self, text: str) -> str:
        return wrapped(text, self.language)


def _two_sided(fact: SweptFact) -> bool:
    """Tell whether a fact is found as stated or otherwise."""
    return fact.stated is not None and len(fact.values) == 2


def small_share(share: float, language: str) -> str:
    """Return a share in per cent, with the two figures that count where it is below one per cent: `0,0054 %`."""
    if share >= 0.01 or share == 0:
        return typography.share(share, language)
    space = typography.NO_BREAK if language == "fr" else ""
    if share < 1e-7:
        return f"<{typography.NO_BREAK}{typography.decimal(1e-5, language, 5)}{space}%"
    return f"{typography.decimal(100 * share, language, _digits(100 * share))}{space}%"


def _about(amount: Decimal) -> Decimal:
    return typography.about(amount) if amount >= 0 else -typography.about(-amount)


def _digits(percent: float) -> int:
    """Return how many decimals show two figures that count."""
    return 1 - int(f"{percent:.1e}".partition("e")[2])
