"""What `exposure` prints: stages and their costs, what each side is left with, the litigation tree; and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from rich.markup import escape
from rich.table import Table

from vismajor.case.models import Case
from vismajor.damages.money import euros
from vismajor.drafting import typography
from vismajor.drafting.words import words
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput, nearest, problem
from vismajor.reasoning.assessment import Progress
from vismajor.report import in_cents, spread_json
from vismajor.screen import WIDTH, render, worlds_note, wrapped
from vismajor.settlement.decision_tree import roll_back
from vismajor.settlement.exposure import Exposure, expose
from vismajor.settlement.litigation_tree import Limb, Worth
from vismajor.settlement.valuation import Spread
from vismajor.tree_report import tree_lines
from vismajor.workbench import assess, value, vary_case


def exposure_of(case: Case, law: Law, claimant: str | None, scenarios: Sequence[str] = (), *, worlds: int,
                seed: str | None, progress: Progress | None = None) -> Exposure:
    """Assess and value a case as its scenarios would have it, and return the exposure of the group or of one claimant.

    Raises InvalidInput for a claimant or a scenario that the case does not have.
    """
    known = {"--claimant": [one.id for one in case.file.claimants], "--scenario": [s.id for s in case.file.scenarios]}
    asked = [("--claimant", "unknown_claimant", claimant)] if claimant is not None else []
    asked += [("--scenario", "unknown_scenario", name) for name in scenarios]
    wrong = [problem(option, (1, 1), code, read=name, nearest=nearest(name, known[option]))
             for option, code, name in asked if name not in known[option]]
    if wrong:
        raise InvalidInput(wrong)
    varied = vary_case(case, law, scenarios) if scenarios else case
    return expose(value(assess(varied, law, worlds=worlds, seed=seed, progress=progress), progress), claimant)


def exposure_json(exposure: Exposure, scenarios: Sequence[str]) -> dict[str, Any]:
    """Return the exposure as JSON data: sums as texts with two decimals, the tree nested."""
    assessment = exposure.valuation.assessment
    data: dict[str, Any] = {
        "case": assessment.case.file.title.model_dump(), "as_of": assessment.case.as_of.isoformat(),
        "seed": assessment.worlds.seed, "worlds": assessment.worlds.count, "scenarios": list(scenarios),
        "claimant": exposure.claimant, "proceedings_stated": bool(exposure.stages),
        "months": round(exposure.months, 2),
        "stages": [{"stage": stage.name, "months": {name: str(getattr(stage.months, name))
                                                    for name in ("low", "likely", "high")},
                    "takes_place": round(stage.takes_place, 6), "spent": in_cents(stage.spent),
                    "spent_by_respondent": in_cents(stage.spent_by_respondent)} for stage in exposure.stages],
        "on_success": {"claimants": in_cents(exposure.on_success[0]), "respondent": in_cents(exposure.on_success[1])},
        "award": spread_json(exposure.award),
        "left": {**_sums(exposure.left), "loses_money": round(exposure.loses_money, 6)},
        "claimants": {one.id: {"claimed": in_cents(one.claimed), "award": in_cents(one.award),
                               "left": in_cents(one.left), "loses_money": round(one.loses_money, 6)}
                      for one in exposure.members},
        "tree": {**_limb_json(exposure.tree.root),
                 "rolled_back": {worth: in_cents(rolled_back(exposure, worth)) for worth in exposure.tree.root.means}},
    }
    if exposure.respondent is not None and exposure.kept_by_neither is not None:
        data["respondent"] = _sums(exposure.respondent)
        data["kept_by_neither"] = in_cents(exposure.kept_by_neither)
    return data


def _sums(spread: Spread) -> dict[str, Any]:
    return {name: value for name, value in spread_json(spread).items() if name != "nothing"}


def _limb_json(limb: Limb) -> dict[str, Any]:
    return {
        "question": limb.question, "answer": limb.answer, "given": round(limb.given, 6),
        "probability": round(limb.share, 6), "lost_at_first_instance": limb.lost,
        **{worth: in_cents(mean) for worth, mean in limb.means.items()},
        "limbs": [_limb_json(below) for below in limb.limbs],
    }


def rolled_back(exposure: Exposure, worth: Worth) -> Decimal:
    """Return the value of the tree, rolled back, to the cent; a cost as a positive sum."""
    value = roll_back(exposure.tree.node(worth)).expected
    return euros(-value if worth == "respondent" else value)


def tell_exposure(exposure: Exposure, scenarios: Sequence[str]) -> str:
    """Tell the exposure in the case's language."""
    return "\n".join(_told(exposure, scenarios))


def _told(exposure: Exposure, scenarios: Sequence[str]) -> Iterator[str]:
    case, language = exposure.valuation.assessment.case, exposure.valuation.assessment.case.file.language
    say = words(language)
    yield wrapped(say["exposure_title"].format(case=case.file.title.in_language(language)), language)
    if exposure.claimant is not None:
        yield wrapped(say["exposure_of_claimant"].format(name=_name(case, exposure.claimant)), language)
    for scenario in case.file.scenarios:
        if scenario.id in scenarios:
            yield wrapped(say["exposure_scenario"].format(title=scenario.title.in_language(language)), language)
    yield from _suit_lines(exposure, language)
    yield from _distribution_lines(exposure, language)
    if exposure.claimant is None and len(exposure.members) > 1:
        yield "\n" + render(_by_claimant(exposure, language))
    yield from tree_lines(exposure, language)
    same = say["tree_same" if exposure.stages else "tree_same_award"]
    yield "\n" + wrapped(same.format(
        award=typography.money(rolled_back(exposure, "award"), language),
        left=typography.money(rolled_back(exposure, "claimants"), language), whom=say[f"tree_whom_{_whose(exposure)}"],
    ), language)
    yield wrapped(worlds_note(exposure.valuation.assessment, language), language)
    yield wrapped(say["value_internal"], language)


def _whose(exposure: Exposure) -> str:
    """Return which words fit: those of a group, or of one claimant alone."""
    return "claimant" if len(exposure.tree.claimants) == 1 else "group"


def _name(case: Case, claimant: str) -> str:
    return next(one.name for one in case.file.claimants if one.id == claimant)


def _suit_lines(exposure: Exposure, language: str) -> Iterator[str]:
    say, case = words(language), exposure.valuation.assessment.case
    proceedings = case.file.proceedings
    if proceedings is None:
        yield "\n" + wrapped(say["exposure_nothing_stated"], language)
        return
    table, both = Table(width=WIDTH), exposure.respondent is not None
    for name in ("exposure_stage", "exposure_months", "exposure_takes_place", f"exposure_spent_{_whose(exposure)}",
                 *(["exposure_spent_respondent"] if both else [])):
        table.add_column(say[name], justify="left" if name == "exposure_stage" else "right")
    for stage in exposure.stages:
        low, likely, high = (typography.number(getattr(stage.months, part), language)
                             for part in ("low", "likely", "high"))
        spent = [stage.spent, stage.spent_by_respondent] if both else [stage.spent]
        table.add_row(say[f"exposure_stage_{stage.name}"], f"{likely} ({low}–{high})",
                      typography.share(stage.takes_place, language),
                      *(typography.money(amount, language) for amount in spent))
    yield "\n" + render(table)
    ours, theirs = (typography.money(amount, language) for amount in exposure.on_success)
    note = say["exposure_stages_note_group" if both else "exposure_stages_note_claimant"]
    yield wrapped(note.format(ours=ours, theirs=theirs), language)
    rates = [typography.number(100 * rate, language) for rate in (proceedings.discount_rate.claimants,
                                                                  proceedings.discount_rate.respondent)]
    yield wrapped(say["exposure_terms"].format(
        months=typography.number(round(exposure.months), language),
        at_once=typography.share(proceedings.provisional_enforcement, language),
        paid=typography.share(proceedings.ability_to_pay, language), as_of=typography.date(case.as_of, language),
        ours=rates[0], theirs=rates[1]), language)


def _distribution_lines(exposure: Exposure, language: str) -> Iterator[str]:
    say, whose = words(language), _whose(exposure)
    table = Table(width=WIDTH, padding=(0, 0))
    for name in ("exposure_what", "mean", "exposure_error", "p10", "p50", "p90"):
        table.add_column(say[name], justify="left" if name == "exposure_what" else "right", no_wrap=True)
    first = exposure.first if len(exposure.stages) > 1 else None
    rows: list[tuple[str, Spread | None]] = [("exposure_first_award", first),
                                             ("exposure_award", exposure.award),
                                             (f"exposure_left_{whose}", exposure.left),
                                             ("exposure_respondent", exposure.respondent)]
    for name, spread in rows:
        if spread is not None and (exposure.stages or name == "exposure_award"):
            table.add_row(say[name], *(typography.amount(amount, language) for amount in (
                spread.mean, spread.standard_error, spread.p10, spread.p50, spread.p90)))
    yield "\n" + render(table)
    yield wrapped(" ".join([say["exposure_error_note"], say["tails_note"]]), language)
    yield wrapped(say["exposure_nothing_due"].format(chance=typography.share(exposure.award.nothing, language)),
                  language)
    if exposure.stages:
        yield wrapped(say[f"exposure_loses_{whose}"].format(
            chance=typography.share(exposure.loses_money, language)), language)
    if exposure.stages and exposure.kept_by_neither is not None:
        kept = typography.money(exposure.kept_by_neither, language)
        yield wrapped(say["exposure_kept"].format(amount=kept, whom=say[f"tree_whom_{whose}"]), language)


def _by_claimant(exposure: Exposure, language: str) -> Table:
    say, case = words(language), exposure.valuation.assessment.case
    table = Table(width=WIDTH, title=say["exposure_by_claimant"], title_justify="left")
    for name in ("claimant", "exposure_claimed", "exposure_mean_award", "exposure_mean_left", "exposure_loses"):
        table.add_column(say[name], justify="left" if name == "claimant" else "right")
    for one in exposure.members:
        table.add_row(escape(_name(case, one.id)),
                      *(typography.money(amount, language) for amount in (one.claimed, one.award, one.left)),
                      typography.share(one.loses_money, language))
    return table
