"""Checks of a case as a whole: every name exists, dates are possible, accounts are long enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vismajor.case.contracts import Contract
from vismajor.case.costs import InterestClaim
from vismajor.case.fact_checks import Kinds
from vismajor.case.heads import LostMargin
from vismajor.case.models import Break, CaseFile, Claimant
from vismajor.case.series import Books, MonthlySeries
from vismajor.case.stated import ALL, agreements, duties_of_facts, exhibits_cited, ids, items, texts
from vismajor.reading.problems import Problem, nearest
from vismajor.reading.scalars import is_date, is_id, last_day
from vismajor.reading.yaml_source import Path_, YamlSource

MONTHS_NEEDED = 6  # before the loss: with fewer not even the level can be told from chance


def check_items(source: YamlSource, kinds: Kinds) -> Iterator[Problem]:
    """Check the kind of every item, and that it belongs to items of the same claimant and of the right kind."""
    listed: dict[Path_, dict[str, str]] = {}
    for path, item in items(source.data):
        if isinstance(item.get("id"), str) and isinstance(item.get("kind"), str):
            listed.setdefault(path[:2], {})[item["id"]] = item["kind"]
    for path, item in items(source.data):
        kind = item.get("kind")
        if not isinstance(kind, str):
            continue
        if kind not in kinds:
            yield source.problem((*path, "kind"), "unknown_kind", read=kind, nearest=nearest(kind, kinds))
            continue
        if kinds[kind] is None:
            yield from (source.problem(where, "item_of_nothing", read=owner, kind=kind)
                        for where, owner in texts(item, "of", ALL, at=path))
            continue
        owners = [name for name, of in listed.get(path[:2], {}).items() if of == kinds[kind]]
        for where, owner in texts(item, "of", ALL, at=path):
            if owner not in owners:
                yield source.problem(where, "unknown_item", read=owner, kind=kinds[kind],
                                     nearest=nearest(owner, owners))


def check_references(source: YamlSource, duties: frozenset[str]) -> Iterator[Problem]:
    """Check every name of an exhibit, of terms, of a duty, of a claimant on the raw data."""
    yield from _check_unique(source.data, source)
    cited = [
        ("unknown_exhibit", list(exhibits_cited(source.data)), ids(source.data, "exhibits")),
        ("unknown_terms", [((*path, "terms"), contract["terms"]) for path, contract in agreements(source.data)
                           if isinstance(contract.get("terms"), str)], ids(source.data, "contracts")),
        ("unknown_duty", list(texts(source.data, "claimants", ALL, "heads", ALL, "duties", ALL)), duties),
        ("unknown_duty", list(duties_of_facts(source.data)), duties),
        ("unknown_scenario", [one for side in ("claimants", "respondent")
                              for one in texts(source.data, "bargaining", side, "believes")],
         ids(source.data, "scenarios")),
        ("unknown_claimant", list(texts(source.data, "offers", ALL, "to", ALL)), ids(source.data, "claimants")),
    ]
    for code, names, known in cited:
        for path, name in names:
            if known is not None and is_id(name) and name not in known:
                yield source.problem(path, code, read=name, nearest=nearest(name, known))


def _check_unique(data: Any, source: YamlSource) -> Iterator[Problem]:
    lists: tuple[tuple[str, ...], ...] = (
        ("exhibits", ALL, "id"), ("contracts", ALL, "id"), ("claimants", ALL, "id"), ("offers", ALL, "id"),
        ("scenarios", ALL, "id"), ("evidence", ALL, "id"), ("contracts", ALL, "clauses", ALL, "number"),
        ("claimants", ALL, "heads", ALL, "id"), ("claimants", ALL, "items", ALL, "id"),
        ("claimants", ALL, "contracts", ALL, "id"), ("claimants", ALL, "received", ALL, "id"),
    )
    for steps in lists:
        seen: set[tuple[Path_, str]] = set()
        for path, name in texts(data, *steps):
            if (path[:-2], name) in seen:
                yield source.problem(path, "same_id_twice", read=name)
            seen.add((path[:-2], name))


def check_dates(source: YamlSource, file: CaseFile) -> Iterator[Problem]:
    """Check that contracts, steps and the date of knowledge stand where they can to the incident."""
    incident = file.incident.date
    if file.as_of < incident:
        yield source.problem(("as_of",), "date_before", read=file.as_of, other=incident, what="incident.date")
    for at, contract in _contracts(file):
        if incident < contract.concluded:
            yield source.problem((*at, "concluded"), "contract_after_incident", read=contract.concluded, other=incident)
        if contract.renewed and contract.renewed < contract.concluded:
            yield source.problem((*at, "renewed"), "date_before", read=contract.renewed, other=contract.concluded,
                                 what="contract.concluded")
        elif contract.renewed and contract.renewed > incident:
            yield source.problem((*at, "renewed"), "contract_after_incident", read=contract.renewed, other=incident)
    asked: list[tuple[Path_, InterestClaim | None]] = [(("interest", "notice"), file.interest)]
    asked += [(("claimants", index, "interest", "notice"), one.interest) for index, one in enumerate(file.claimants)]
    for at, interest in asked:
        if interest is not None and interest.notice < incident:
            yield source.problem(at, "date_before", read=interest.notice, other=incident, what="incident.date")
    earliest = min(contract.concluded for _, contract in _contracts(file))
    for index, step in enumerate(file.procedure):
        if last_day(step.date) < earliest:
            yield source.problem(("procedure", index, "date"), "date_before", read=step.date, other=earliest,
                                 what="claimants[].contract.concluded")
        if step.time is not None and not is_date(step.date):
            yield source.problem(("procedure", index, "time"), "time_without_day", read=step.date)


def _contracts(file: CaseFile) -> Iterator[tuple[Path_, Contract]]:
    """Yield every contract of every claimant with its path in the file."""
    for index, claimant in enumerate(file.claimants):
        if claimant.contract is not None:
            yield ("claimants", index, "contract"), claimant.contract
        yield from ((("claimants", index, "contracts", at), one) for at, one in enumerate(claimant.contracts))


def check_margins(source: YamlSource, file: CaseFile, books: Mapping[str, Books]) -> Iterator[Problem]:
    """Check that lost margin is claimed after the incident, and that the accounts reach far enough both ways."""
    for index, claimant in enumerate(file.claimants):
        for position, head in enumerate(claimant.heads):
            if head.kind != "lost_margin" or (head.to is not None and head.to < head.from_):  # told with the heads
                continue
            where: Path_ = ("claimants", index, "heads", position)
            if claimant.accounts is None:
                yield source.problem(where, "margin_without_accounts", claimant=claimant.id)
            elif head.from_ < f"{file.incident.date:%Y-%m}":
                yield source.problem((*where, "from"), "date_before", read=head.from_, other=file.incident.date,
                                     what="incident.date")
            elif claimant.id in books:
                yield from _check_months(source, where, claimant, head, books[claimant.id].revenue)


def _check_months(source: YamlSource, where: Path_, claimant: Claimant, head: LostMargin, revenue: MonthlySeries
                  ) -> Iterator[Problem]:
    breaks = claimant.accounts.breaks if claimant.accounts else ()
    usable = {month: amount for month, amount in zip(revenue.months, revenue.amounts, strict=True)
              if month < head.from_ and not _in_break(month, breaks)}
    if len(usable) < MONTHS_NEEDED:
        yield source.problem((*where, "from"), "too_few_months", read=len(usable), expected=MONTHS_NEEDED,
                             claimant=claimant.id)
    elif not any(usable.values()):
        yield source.problem((*where, "from"), "revenue_all_zero", claimant=claimant.id)
    last = head.to or head.from_
    if revenue.months_before(last) >= len(revenue.amounts):
        yield source.problem((*where, "to" if head.to else "from"), "margin_beyond_accounts", read=last,
                             last=revenue.last)
    elif all(_in_break(month, breaks) for month in revenue.months
             if head.from_ <= month <= (head.to or revenue.last)):
        yield source.problem((*where, "from"), "margin_in_breaks", read=head.from_, claimant=claimant.id)


def _in_break(month: str, breaks: Iterable[Break]) -> bool:
    return any(one.from_ <= month <= one.to for one in breaks)
