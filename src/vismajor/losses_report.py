"""What `losses` prints: each head claimed, documented, provable, with its interval; interest; what cannot be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rich.table import Table
from rich.text import Text

from vismajor.case.heads import LostMargin
from vismajor.case.models import Case
from vismajor.case.series import month_name
from vismajor.damages.accessories import InterestAsked, interest_asked
from vismajor.damages.amounts import measure_margin
from vismajor.damages.counterfactual import Counterfactual
from vismajor.damages.counterfactual.history import usable_history
from vismajor.damages.counterfactual.second_opinion import SecondOpinion
from vismajor.damages.counterfactual.second_opinion import second_opinion as ask_second_opinion
from vismajor.damages.customers import CustomerLoss
from vismajor.damages.heads import ClaimantLoss, HeadLoss, compute_losses, course_of
from vismajor.damages.money import NOTHING, euros
from vismajor.drafting import typography
from vismajor.drafting.losses_said import breaks_said, head_said
from vismajor.drafting.words import words
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput, nearest, problem
from vismajor.reasoning.worlds import Worlds
from vismajor.report import in_cents, interest_json
from vismajor.screen import WIDTH, render, wrapped


@dataclass(frozen=True)
class Losses:
    """The losses of the claimants asked for, the interest that each asks for, the second opinions asked for.

    `opinions`: by claimant and head, what another method expects; None where it cannot be asked of the series.
    """

    case: Case
    law: Law
    worlds: Worlds
    claimants: tuple[ClaimantLoss, ...]
    interest: dict[str, InterestAsked | None]
    opinions: dict[tuple[str, str], SecondOpinion | None]

    def sources(self, head: HeadLoss) -> tuple[str, ...]:
        """The texts and decisions on a head that count for its contract, known at the date of the case."""
        return self.law.sources_known(head.kind.sources, self.case.as_of,
                                      self.case.claim(head.claim).contract.governing_date)

    @property
    def claimed(self) -> Decimal:
        """What they claim together, in euros, without interest."""
        return sum((loss.claimed for loss in self.claimants), NOTHING)


def losses_of(case: Case, law: Law, worlds: Worlds, claimant: str | None, progress: Callable[[str], None], *,
              second_opinion: bool = False) -> Losses:
    """Compute the losses of a case, or of one claimant.

    Raises InvalidInput for an unknown claimant, and where a second opinion is asked without statsmodels.
    """
    ids = [c.id for c in case.file.claimants]
    if claimant is not None and claimant not in ids:
        raise InvalidInput([problem("--claimant", (1, 1), "unknown_claimant", read=claimant,
                                    nearest=nearest(claimant, ids))])
    found = tuple(loss for loss in compute_losses(case, law, worlds, progress) if claimant in (None, loss.claimant.id))
    opinions = {
        (loss.claimant.id, head.head.id): _opinion(case, loss, head.counterfactual)
        for loss in found for head in loss.heads if head.counterfactual is not None} if second_opinion else {}
    asked = {loss.claimant.id: interest_asked(case, law, loss) for loss in found}
    return Losses(case, law, worlds, found, asked, opinions)


def _opinion(case: Case, loss: ClaimantLoss, course: Counterfactual) -> SecondOpinion | None:
    revenue, accounts = case.books[loss.claimant.id].revenue, loss.claimant.accounts
    used = usable_history(revenue, course.months[0], course.months[-1], accounts.breaks if accounts else ())
    apart = set(revenue.months) - {month_name(month) for month in used.months.tolist()}
    try:
        return ask_second_opinion(revenue, course.months[0], course.months[-1], apart)
    except ModuleNotFoundError:
        raise InvalidInput([problem("--second-opinion", (1, 1), "stats_missing")]) from None
    except ValueError:
        return None


def losses_json(losses: Losses) -> dict[str, Any]:
    """Return losses as JSON data."""
    return {
        "total": in_cents(losses.claimed),
        "documented": in_cents(sum((loss.documented for loss in losses.claimants), NOTHING)),
        "provable": in_cents(sum((loss.provable for loss in losses.claimants), NOTHING)),
        "claimants": [
            {"id": loss.claimant.id, "name": loss.claimant.name, "claimed": in_cents(loss.claimed),
             "low": in_cents(loss.low), "high": in_cents(loss.high), "documented": in_cents(loss.documented),
             "provable": in_cents(loss.provable), "received": in_cents(loss.received(losses.case.as_of)),
             "due": in_cents(loss.due(losses.case.as_of)),
             "cap": None if loss.cap is None else in_cents(loss.cap), "heads": [
                 {**_head_json(losses, head), **_opinion_json(losses, loss, head)} for head in loss.heads],
             "interest": _interest_json(losses.interest[loss.claimant.id])}
            for loss in losses.claimants
        ],
    }


def _opinion_json(losses: Losses, loss: ClaimantLoss, head: HeadLoss) -> dict[str, Any]:
    key = (loss.claimant.id, head.head.id)
    if key not in losses.opinions:
        return {}
    opinion = losses.opinions[key]
    return {"second_opinion": None if opinion is None else {
        name: f"{getattr(opinion, name):.2f}" for name in ("expected", "low", "high")}}


def _head_json(losses: Losses, head: HeadLoss) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": head.head.id, "claim": head.claim, "kind": head.head.kind, "title": head.title.model_dump(),
        "from": head.head.from_, "to": head.head.to, "claimed": in_cents(head.claimed), "low": in_cents(head.low),
        "high": in_cents(head.high), "documented": in_cents(head.documented), "provable": in_cents(head.provable),
        "as_a_chance": None if head.as_a_chance is None else in_cents(head.as_a_chance),
        "consequential": head.consequential, "direct": head.direct,
        "treatment": head.kind.treatment.model_dump() if head.kind.treatment else None,
        "sources": list(losses.sources(head)), "duties": list(head.head.duties), "exhibits": list(head.head.exhibits),
        "accepted": {k: float(getattr(head.accepted, k)) for k in ("low", "likely", "high")},
    }
    if head.margin is not None:
        data["margin_rate"] = str(head.margin.rate)
    if head.counterfactual is not None:
        data |= _course_json(head)
    if head.customers is not None:
        data["customers"] = _customers_json(head.customers)
    return data


def _course_json(head: HeadLoss) -> dict[str, Any]:
    course = head.counterfactual
    assert course is not None
    return {
        "months": [
            {"month": month, "expected": f"{expected:.2f}", "actual": f"{actual:.2f}"}
            for month, expected, actual in zip(course.months, course.expected, course.actual, strict=True)
        ],
        "months_used": course.months_used, "widening": round(course.widening, 6), "ended_by": course.ended_by,
        "recovered": course.recovered,
        "models": [{"id": fit.id, "weight": round(fit.weight, 6),
                    "error": None if fit.error is None else round(fit.error, 6),
                    "expected": [f"{amount:.2f}" for amount in fit.expected]} for fit in course.models],
        "placebo": {"windows": course.placebo.windows, "horizon": course.placebo.horizon,
                    "inside": course.placebo.inside, "mean_shortfall": round(course.placebo.mean_shortfall, 6)},
        "statements": [{"code": one.code, **dict(one.values)} for one in course.statements],
    }


def _customers_json(lost: CustomerLoss) -> dict[str, Any]:
    return {
        "present": lost.present, "left": lost.left, "expected_departures": round(lost.expected_departures, 4),
        "excess": round(lost.excess, 4), "monthly_attrition": round(lost.attrition.monthly, 6),
        "attrition_low": round(lost.attrition.low, 6), "attrition_high": round(lost.attrition.high, 6),
        "margin": in_cents(lost.margin), "remaining_months": round(lost.remaining_months, 4),
        "discounted_months": round(lost.discounted_months, 4),
    }


def _interest_json(asked: InterestAsked | None) -> dict[str, Any] | None:
    if asked is None:
        return None
    return {
        "from": asked.asked.notice.isoformat(), "until": asked.until.isoformat(),
        "capitalised": asked.asked.capitalisation,
        "on_damages": interest_json(asked.on_damages), "on_restitution": interest_json(asked.on_restitution),
    }


def tell_losses(losses: Losses) -> str:
    """Tell the losses, one row a head, in the case's language; then the interest asked."""
    case, language = losses.case, losses.case.file.language
    say = words(language)
    table = Table(width=WIDTH, title=case.file.title.in_language(language), title_justify="left", padding=(0, 0))
    table.add_column(say["head"])
    for name in ("claimed", "documented", "provable"):
        table.add_column(say[name], justify="right", no_wrap=True, min_width=14)
    for loss in losses.claimants:
        table.add_row(Text(loss.claimant.name, style="bold"))
        for head in loss.heads:
            table.add_row(_title(case, loss, head, language), *_amounts(head, language))
        table.add_row(say["total"], *_amounts(loss, language), end_section=True, style="bold")
    if len(losses.claimants) > 1:
        sums = [sum((getattr(loss, name) for loss in losses.claimants), NOTHING)
                for name in ("claimed", "documented", "provable")]
        table.add_row(f"{say['group']}, {say['total']}",
                      *(typography.money(amount, language, cents=True) for amount in sums), style="bold")
    details = _details(losses, language) if len(losses.claimants) == 1 else ()
    return "\n".join([render(table), *details, *(wrapped(note, language) for note in _notes(losses, language))])


def _details(losses: Losses, language: str) -> Iterator[str]:
    """Tell how the heads of one claimant were measured, and the months compared."""
    loss, = losses.claimants
    for head in loss.heads:
        said = head_said(head, language)
        if said:
            yield head.title.in_language(language)
            yield from (wrapped(line, language, 2, "- ") for line in said)
        if head.counterfactual is not None:
            more = [*_breaks_told(losses, loss, head, language), *_opinion_said(losses, loss, head, language)]
            yield from (wrapped(line, language, 2, "- ") for line in more)
            yield render(_months(head.counterfactual, language))
            yield from (wrapped(line, language, 2, "- ") for line in _adjusted(head, language))


def _adjusted(head: HeadLoss, language: str) -> Iterator[str]:
    """Tell how the shortfall becomes the margin that is claimed."""
    say, course = words(language), head.counterfactual
    if course is None or head.margin is None or not isinstance(head.head, LostMargin):
        return
    shortfall = sum((euros(expected) - euros(actual) for expected, actual in
                     zip(course.expected.tolist(), course.actual.tolist(), strict=True)), NOTHING)
    more = {"saved": head.head.fixed_costs_saved, "extra": head.head.extra_costs}
    told = {name: say[f"margin_{name}"].format(amount=typography.money(amount, language, cents=True)) if amount else ""
            for name, amount in more.items()}
    yield say["margin_adjusted"].format(
        shortfall=typography.money(shortfall, language, cents=True),
        margin=typography.money(euros(shortfall * head.margin.rate), language, cents=True), **told)


def _breaks_told(losses: Losses, loss: ClaimantLoss, head: HeadLoss, language: str) -> Iterator[str]:
    """Tell the months set aside, and what would be lost if they were not."""
    accounts = loss.claimant.accounts
    if accounts is None or not accounts.breaks or head.margin is None or not isinstance(head.head, LostMargin):
        return
    yield from breaks_said(loss.claimant, language)
    course = head.counterfactual
    assert course is not None
    same_months = head.head.model_copy(update={"to": course.months[-1]})
    whole = course_of(losses.case, loss.claimant, same_months, losses.worlds, breaks=False)
    measured = measure_margin(head.head, whole, head.margin.rate)
    amounts = (measured.claimed, measured.low, measured.high)
    claimed, low, high = (typography.money(amount, language) for amount in amounts)
    yield words(language)["counterfactual_without_breaks"].format(amount=claimed, low=low, high=high)


def _opinion_said(losses: Losses, loss: ClaimantLoss, head: HeadLoss, language: str) -> Iterator[str]:
    """Tell the second opinion beside ours, if one was asked for."""
    say, key, course = words(language), (loss.claimant.id, head.head.id), head.counterfactual
    if key not in losses.opinions or course is None:
        return
    opinion = losses.opinions[key]
    if opinion is None:
        yield say["second_opinion_none"]
        return
    amounts = (opinion.expected, opinion.low, opinion.high, float(course.expected.sum()))
    expected, low, high, ours = (typography.money(euros(amount), language) for amount in amounts)
    yield say["second_opinion"].format(expected=expected, low=low, high=high, ours=ours)


def _months(course: Counterfactual, language: str) -> Table:
    say = words(language)
    table = Table(width=WIDTH, padding=(0, 0))
    table.add_column(say["month"])
    for name in ("expected_revenue", "actual_revenue", "shortfall"):
        table.add_column(say[name], justify="right")
    for month, expected, actual in zip(course.months, course.expected.tolist(), course.actual.tolist(), strict=True):
        amounts = (euros(expected), euros(actual), euros(expected) - euros(actual))
        table.add_row(month, *(typography.money(amount, language, cents=True) for amount in amounts))
    return table


def _amounts(of: HeadLoss | ClaimantLoss, language: str) -> Iterator[str]:
    return (typography.money(amount, language, cents=True) for amount in (of.claimed, of.documented, of.provable))


def _title(case: Case, loss: ClaimantLoss, head: HeadLoss, language: str) -> Text:
    say = words(language)
    text = Text(head.title.in_language(language))
    if head.claim != loss.claimant.id:
        text.append(f" ({case.claim(head.claim).contract.id})")
    if head.low != head.high:
        text.append("\n" + say["interval_between"].format(low=typography.money(head.low, language),
                                                          high=typography.money(head.high, language)), style="dim")
    if head.as_a_chance is not None:
        text.append("\n" + say["as_a_chance"].format(
            amount=typography.money(head.as_a_chance, language)), style="dim")
    return text


def _notes(losses: Losses, language: str) -> Iterator[str]:
    say = words(language)
    yield say["losses_note"]
    if any(head.kind.needs_evidence and not head.claimed for loss in losses.claimants for head in loss.heads):
        yield say["losses_no_evidence"]
    day = losses.case.as_of
    if received := sum((loss.received(day) for loss in losses.claimants), NOTHING):
        due = sum((loss.due(day) for loss in losses.claimants), NOTHING)
        yield say["losses_received"].format(amount=typography.money(received, language, cents=True),
                                            due=typography.money(due, language, cents=True))
    told = [asked for asked in losses.interest.values() if asked]
    if told:
        amount = sum((asked.on_damages.amount + asked.on_restitution.amount for asked in told), NOTHING)
        unconfirmed = any(asked.on_damages.unconfirmed or asked.on_restitution.unconfirmed for asked in told)
        yield say["losses_interest"].format(
            notice=typography.date(told[0].asked.notice, language),
            planned=say["notice_planned"] if told[0].asked.notice > losses.case.as_of else "",
            until=typography.date(told[0].until, language),
            amount=typography.money(amount, language, cents=True)) + (
            f" {say['losses_unconfirmed_rate']}" if unconfirmed else "")
