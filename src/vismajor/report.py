"""What `assess`, `brief` and `argue` print: tables readable at 80 columns, and JSON (money with two decimals)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from vismajor.damages.interest import Interest
from vismajor.drafting import typography
from vismajor.drafting.deadlines_said import deadlines_said
from vismajor.drafting.hearing import aside, say_conflict, worth_telling
from vismajor.drafting.standings import Standing, band, short_names, standings
from vismajor.drafting.words import cite, say_premise, words
from vismajor.reasoning.assessment import ArgumentView, Assessment, IssueView
from vismajor.reasoning.deadlines import Deadline, deadlines
from vismajor.screen import WIDTH, render, worlds_note, wrapped
from vismajor.settlement.valuation import Branch, Spread, Valuation, Value, last_open
from vismajor.workbench import Labelled


def assessment_json(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as JSON data: `issues.<id>` is the leading view, `.views` lists all of them."""
    return {
        "case": assessment.case.file.title.model_dump(), "as_of": assessment.case.as_of.isoformat(),
        "law": {"id": assessment.law.id, "version": assessment.law.version},
        "seed": assessment.worlds.seed, "worlds": assessment.worlds.count,
        "deadlines": [_deadline_json(deadline) for deadline in deadlines(assessment.case, assessment.law)],
        "issues": {
            issue: {**view_json(assessment, views[0]), "views": [view_json(assessment, view) for view in views]}
            for issue, views in assessment.views.items()
        },
    }


def view_json(assessment: Assessment, view: IssueView) -> dict[str, Any]:
    """Return one view of an issue as JSON data."""
    return {
        "title": view.issue.title.model_dump(), "burden": view.issue.burden, "duty": view.duty,
        "claimants": list(view.claimants), "probability": round(view.probability, 6),
        "standard_error": round(view.standard_error, 6), "label": view.label,
        "finding": getattr(view.issue.findings, view.label).model_dump(),
        "score": None if view.score is None else round(view.score, 4), "conflict": view.conflict,
        "for": [_argument_json(assessment, a) for a in view.arguments_for],
        "against": [_argument_json(assessment, a) for a in view.arguments_against],
    }


def _argument_json(assessment: Assessment, view: ArgumentView) -> dict[str, Any]:
    known = assessment.case.exhibits_known
    language = assessment.case.file.language
    return {
        "rule": view.rule.id, "because": view.rule.because.model_dump(), "strength": view.rule.weight,
        "weight": view.weight, "share_of_worlds": round(view.share, 4), "applies": view.applies,
        "premises": [
            {"condition": str(p.condition), "said": say_premise(assessment.law, p, language),
             "status": p.finding.fact.status if p.finding else None,
             "likelihood": p.finding.likelihood if p.finding else None,
             "exhibits": [e for e in (p.finding.fact.exhibits if p.finding else ()) if e in known],
             "concluded_by": [rule.id for rule in p.derived_by]}
            for p in view.premises
        ],
        "undercut_by": [say_premise(assessment.law, p, language) for p in view.undercut_by],
        "sources": [
            {"id": s, "cite": assessment.law.sources[s].cite.in_language(language),
             "read": assessment.law.sources[s].read} for s in view.rule.sources
        ],
    }


def _deadline_json(deadline: Deadline) -> dict[str, Any]:
    return {
        "limit": deadline.limit.id, "title": deadline.limit.title.model_dump(), "duty": deadline.duty,
        "claimants": list(deadline.claimants), "last_day": deadline.last_day.isoformat(),
        "days_left": deadline.days_left, "state": deadline.state,
        "between": [day.isoformat() for day in deadline.between] if deadline.between else None,
        "may_be_shortened": deadline.reserved,
    }


def tell_assessment(assessment: Assessment) -> str:
    """Tell the assessment in the case's language: a table of issues, then the arguments of the weighed ones."""
    case, language = assessment.case, assessment.case.file.language
    say = words(language)
    table = Table(title=case.file.title.in_language(language), width=WIDTH, title_justify="left")
    for name, justify in ((say["issue"], "left"), (say["duty"], "left"), (say["count"], "right"),
                          (say["probability"], "right"), (say["result"], "left")):
        table.add_column(name, justify=justify, no_wrap=justify == "right")  # type: ignore[arg-type]
    for views in assessment.views.values():
        for index, (duties, standing) in enumerate(_rows_of(views, language)):
            named = [assessment.law.vocabulary.duties[duty].short.in_language(language) for duty in duties]
            table.add_row(views[0].issue.title.in_language(language) if index == 0 else "",
                          "" if len(duties) == len({v.duty for v in views}) else ", ".join(named),
                          str(len(standing.claimants)),
                          standing.chance(language), say[standing.word])
        table.add_section()
    lines = [render(table)]
    limits = list(deadlines_said(case, assessment.law, language))
    if limits:
        lines += ["\n" + wrapped(say["labelled"].format(label=say["deadlines"], what=""), language)]
        lines += [wrapped(said.text, language, 2, "! " if said.pressing else "– ") for said in limits]
    for views in assessment.views.values():
        lines += _argument_lines(assessment, views[0], language)
    error = max(view.standard_error for views in assessment.views.values() for view in views)
    points = Decimal(f"{100 * error:.1f}")
    within = say["error_note" if points else "error_note_small"].format(
        points=typography.number(points or Decimal("0.1"), language))
    lines += ["\n" + wrapped(within, language),
              wrapped(worlds_note(assessment, language), language)]
    return "\n".join(lines)


def _rows_of(views: Sequence[IssueView], language: str) -> Iterator[tuple[list[str], Standing]]:
    """Yield the standings of an issue with their duties: one row for all the duties that are answered alike."""
    alike: dict[tuple[str, str], list[Standing]] = {}
    for standing in standings(views, language):
        alike.setdefault((standing.word, standing.chance(language)), []).append(standing)
    for group in alike.values():
        claimants = tuple(dict.fromkeys(claimant for one in group for claimant in one.claimants))
        yield [one.duty for one in group if one.duty], replace(group[0], claimants=claimants)


def _argument_lines(assessment: Assessment, view: IssueView, language: str) -> Iterator[str]:
    """Yield the answer to an issue and the arguments heard on it, as paragraphs."""
    say, law = words(language), assessment.law
    if not view.arguments_for and not view.arguments_against:
        return
    word = band(view.label, view.probability, view.probability)
    answer = say[f"answer_{word}_chance"].format(chance=typography.share(view.probability, language))
    yield "\n" + wrapped(say["labelled"].format(label=view.issue.title.in_language(language), what=answer), language)
    yield wrapped(getattr(view.issue.findings, view.label).in_language(language), language)
    about = []
    if view.duty:
        title = law.vocabulary.duties[view.duty].title.in_language(language)
        about.append(say["labelled"].format(label=say["duty"], what=title))
    if len(view.claimants) < len(assessment.case.claims):
        names = [assessment.case.name_of(claim) for claim in view.claimants]
        about.append(say["answer_for"].format(names=short_names(names, language)))
    if about:
        yield wrapped(typography.capital(say["semicolon"].join(about)) + ".", language)
    if view.conflict:
        yield wrapped(say_conflict(law, view, language), language)
    for side, arguments in (("for", view.arguments_for), ("against", view.arguments_against)):
        for argument in worth_telling(arguments):
            standing = say["semicolon"].join(filter(None, (
                say[side], say[argument.rule.weight or "weak"], aside(law, argument, language))))
            yield wrapped(f"{argument.rule.because.in_language(language)} ({standing})", language, 2, "– ")
            yield wrapped(say["semicolon"].join(cite(law, source, language) for source in argument.rule.sources),
                          language, 4)


def value_json(valuation: Valuation, files: list[Path]) -> dict[str, Any]:
    """Return the value of the case as JSON data."""
    return {
        "files": [str(file) for file in files], "seed": valuation.assessment.worlds.seed,
        "worlds": valuation.assessment.worlds.count, "as_of": valuation.assessment.case.as_of.isoformat(),
        "issues": {issue: {"probability": round(views[0].probability, 6), "label": views[0].label}
                   for issue, views in valuation.assessment.views.items()},
        "together": value_json_of(valuation.together),
        "claimants": {name: value_json_of(value) for name, value in valuation.claimants.items()},
    }


def value_json_of(value: Value) -> dict[str, Any]:
    """Return what a case is worth, for one claimant or for all, as JSON data."""
    return {
        "claimed": in_cents(value.claimed), "award": spread_json(value.award),
        "not_liable": _branch_json(value.not_liable), "capped": _branch_json(value.capped),
        "uncapped": _branch_json(value.uncapped),
        "offers": [
            {"id": s.offer.id, "amount": in_cents(s.amount), "judgment_brings_more": round(s.judgment_brings_more, 6),
             "share_of_mean": None if s.share_of_mean is None else round(s.share_of_mean, 6)} for s in value.offers
        ],
    }


def spread_json(spread: Spread) -> dict[str, Any]:
    """Return a distribution as JSON data."""
    return {
        "mean": in_cents(spread.mean), "standard_error": in_cents(spread.standard_error), "p10": in_cents(spread.p10),
        "p50": in_cents(spread.p50), "p90": in_cents(spread.p90), "nothing": round(spread.nothing, 6),
    }


def _branch_json(branch: Branch) -> dict[str, Any]:
    return {"probability": round(branch.probability, 6), "mean": None if branch.mean is None else in_cents(branch.mean)}


def in_cents(amount: Decimal) -> str:
    """Return an amount as JSON holds it: a text with two decimals."""
    return f"{amount:.2f}"


def interest_json(interest: Interest) -> dict[str, Any]:
    """Return interest, line by line, as JSON data."""
    return {
        "principal": in_cents(interest.principal), "amount": in_cents(interest.amount),
        "recovery_fee": in_cents(interest.recovery_fee), "total": in_cents(interest.total),
        "unconfirmed": interest.unconfirmed,
        "lines": [{"from": line.first.isoformat(), "until": line.until.isoformat(), "days": line.days,
                   "rate": str(line.rate), "principal": in_cents(line.principal), "amount": in_cents(line.amount),
                   "confirmed": line.confirmed} for line in interest.segments],
    }


def tell_value(valuation: Valuation, files: list[Path]) -> str:
    """Tell the value of the case, one row a claimant, and the files written."""
    case, language = valuation.assessment.case, valuation.assessment.case.file.language
    say = words(language)
    table = Table(width=WIDTH, title=case.file.title.in_language(language), title_justify="left", padding=(0, 0))
    for name in ("claimant", "claimed", "mean", "p10", "p50", "p90", "offer", "chance_more"):
        table.add_column(say[name], justify="left" if name == "claimant" else "right", no_wrap=name != "claimant",
                         min_width=12 if name == "claimant" else None)
    named = {c.id: c.name for c in case.file.claimants}
    for claimant, value in valuation.claimants.items():
        table.add_row(*_value_row(named[claimant], value, language))
    table.add_section()
    table.add_row(*_value_row(say["group"], valuation.together, language), style="bold")
    # A path is not folded: it is there to be copied.
    written = [say["written"].format(path=file) for file in files]
    note = Text(worlds_note(valuation.assessment, language), style="dim")
    return "\n".join([render(table), wrapped(say["tails_note"], language), *written, render(note)])


def _value_row(name: str, value: Value, language: str) -> list[str]:
    spread, offer = value.award, last_open(value)
    amounts = [value.claimed, spread.mean, spread.p10, spread.p50, spread.p90, offer.amount if offer else None]
    cells = ["–" if amount is None else typography.money(amount, language) for amount in amounts]
    return [escape(name), *cells, typography.share(offer.judgment_brings_more, language) if offer else "–"]


def labels_json(labelled: Labelled) -> dict[str, list[str]]:
    """Return the statements by label, in the order of the file."""
    return {label: [name for name, given in labelled.labels.items() if given == label]
            for label in ("in", "out", "undecided")}


def tell_labels(labelled: Labelled, language: str) -> str:
    """Tell the label of each statement, with its text; what the file expected otherwise is marked."""
    say = words(language)
    table = Table(width=WIDTH, show_header=False)
    for _ in range(3):
        table.add_column()
    for name, label in labelled.labels.items():
        expected = labelled.surprises.get(name)
        said = say[f"label_{label}"]
        if expected:
            said += f" ({say['expected']} : {say[f'label_{expected}']})"
        table.add_row(said, Text(name), Text(labelled.graph.statements[name]))
    return render(table)
