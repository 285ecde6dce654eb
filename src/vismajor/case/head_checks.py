"""Checks of the heads of loss: kinds, contracts, periods, and that nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from vismajor.case.heads import HeadOfLoss, LostCustomers, LostMargin, counted
from vismajor.case.models import CaseFile, Claimant
from vismajor.case.series import month_name, month_number
from vismajor.reading.problems import Problem, nearest
from vismajor.reading.yaml_source import Path_, YamlSource

ALWAYS = ("0000-01", "9999-12")
OVERLAPS = {"business": "heads_overlap_business", "data": "heads_overlap_data", "time": "heads_overlap_time"}


def check_heads(source: YamlSource, file: CaseFile, kinds: frozenset[str]) -> Iterator[Problem]:
    """Check every head of loss: a kind that the law pack knows, a contract of its claimant, a period in order."""
    for index, claimant in enumerate(file.claimants):
        for position, head in enumerate(claimant.heads):
            where: Path_ = ("claimants", index, "heads", position)
            if head.kind not in kinds:
                yield source.problem((*where, "kind"), "unknown_head", read=head.kind,
                                     nearest=nearest(head.kind, kinds))
            yield from _check_contract(source, where, head.id, head.contract, claimant,
                                       missing="head_without_contract")
            yield from _check_period(source, where, file, head)
        for position, received in enumerate(claimant.received):
            yield from _check_contract(source, ("claimants", index, "received", position), received.id,
                                       received.contract, claimant, missing="received_without_contract")
            known = [head.id for head in claimant.heads]
            yield from (source.problem(("claimants", index, "received", position, "heads", at), "unknown_head_named",
                                       read=name, nearest=nearest(name, known))
                        for at, name in enumerate(received.heads) if name not in known)
            if received.date < file.incident.date:
                yield source.problem(("claimants", index, "received", position, "date"), "date_before",
                                     read=received.date, other=file.incident.date, what="incident.date")
        yield from _check_overlaps(source, index, claimant)


def _check_contract(source: YamlSource, where: Path_, name: str, contract: str | None, claimant: Claimant, *,
                    missing: str) -> Iterator[Problem]:
    known = [one.id for one in claimant.agreements if one.id]
    if contract is None and len(claimant.agreements) > 1:
        yield source.problem(where, missing, read=name, expected=", ".join(known))
    if contract is not None and contract not in known:
        yield source.problem((*where, "contract"), "unknown_contract", read=contract, nearest=nearest(contract, known))


def _check_period(source: YamlSource, where: Path_, file: CaseFile, head: HeadOfLoss) -> Iterator[Problem]:
    incident = f"{file.incident.date:%Y-%m}"
    if head.from_ is None and head.to is not None:
        yield source.problem((*where, "to"), "period_without_start", read=head.to)
    elif head.from_ is not None and head.to is not None and head.to < head.from_:
        yield source.problem((*where, "to"), "dates_out_of_order", read=head.to)
    elif head.from_ is not None and head.from_ < incident and head.kind != "restitution":
        yield source.problem((*where, "from"), "date_before", read=head.from_, other=file.incident.date,
                             what="incident.date")
    if isinstance(head, LostCustomers) and head.counted_from is not None and head.counted_from < head.from_:
        yield source.problem((*where, "counted_from"), "date_before", read=head.counted_from, other=head.from_,
                             what="from")


def _check_overlaps(source: YamlSource, index: int, claimant: Claimant) -> Iterator[Problem]:
    """Refuse two heads that measure the same thing in the same months: the second would count it again."""
    placed = list(enumerate(claimant.heads))
    for (_, first), (position, second) in combinations(placed, 2):
        twice = counted(first) & counted(second)
        # Where the accounts tell when a margin ends, the customers count from then on: see `customers_from`.
        follows = {type(first), type(second)} == {LostMargin, LostCustomers} and any(
            isinstance(head, LostMargin) and head.to is None for head in (first, second))
        if not twice or follows:
            continue
        one, other = months_counted(first, claimant), months_counted(second, claimant)
        if one[0] <= other[1] and other[0] <= one[1]:
            yield source.problem(("claimants", index, "heads", position), OVERLAPS[max(twice)], read=second.id,
                                 other=first.id, period=_said(second, claimant), other_period=_said(first, claimant))


def _said(head: HeadOfLoss, claimant: Claimant) -> str:
    first, last = months_counted(head, claimant)
    return f"{'…' if first == ALWAYS[0] else first} → {'…' if last == ALWAYS[1] else last}"


def months_counted(head: HeadOfLoss, claimant: Claimant) -> tuple[str, str]:
    """Return the first and last month in which a head measures something; without a period it may be any month.

    Lost customers count once the months in which they left are over, over their horizon: see `customers_from`.
    """
    if isinstance(head, LostCustomers):
        start = customers_from(head, claimant)
        return start, month_name(month_number(start) + head.horizon_months - 1)
    return head.from_ or ALWAYS[0], head.to or ALWAYS[1]


def customers_from(head: LostCustomers, claimant: Claimant, ended: Iterable[str] = ()) -> str:
    """Return the month from which the margin of lost customers counts.

    The month after those in which they left; later where `counted_from` says so or, without it, after the last month of
    the claimant's lost margin. `ended`: the last months of margins whose end the accounts tell.
    """
    margins = [other.to for other in claimant.heads if isinstance(other, LostMargin) and other.to]
    ends = [head.to, *ended] if head.counted_from else [head.to, *margins, *ended]
    return max([month_name(month_number(end) + 1) for end in ends] + [head.counted_from or head.from_])
