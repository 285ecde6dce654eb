"""The claimants of a table, each as what it changes of its model: one claimant that the case describes in full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from vismajor.case.contracts import Contract
from vismajor.case.facts import Facts
from vismajor.case.heads import DataRecovery, HeadOfLoss, LostCustomers, LostMargin, StaffHours
from vismajor.case.models import Claimant

Value = bool | str | Decimal
Field = str | dt.date | Decimal | None


class Row(NamedTuple):
    """One claimant of the table: the claimant of the case that it is like (`model`), and what it changes.

    `contract` holds fields of the contract; `amounts` euros by head of loss or payment, `facts` values by name: None
    where this claimant has none.
    """

    line: int
    id: str
    model: str
    name: str
    contract: tuple[tuple[str, Field], ...] = ()
    amounts: tuple[tuple[str, Decimal | None], ...] = ()
    facts: tuple[tuple[str, Value | None], ...] = ()


@dataclass(frozen=True)
class Portfolio:
    """A table of claimants as read: its rows in order, its file and SHA-256."""

    rows: tuple[Row, ...]
    file: str
    sha256: str


def stated_by(claimant: Claimant) -> Facts:
    """Return the facts that a claimant states, of its contracts and of its own."""
    found: Facts = {}
    for contract in claimant.agreements:
        found |= contract.facts
    return found | claimant.facts


def claimant_of(row: Row, model: Claimant) -> Claimant:
    """Return the claimant of a row, whole: the model, with what the row changes."""
    amounts, values = dict(row.amounts), dict(row.facts)
    changes: dict[str, object] = {
        "id": row.id, "name": row.name,
        "heads": tuple(with_amount(head, amounts.get(head.id)) for head in model.heads
                       if amounts.get(head.id, head) is not None),
        "received": tuple(one.model_copy(update={"amount": amounts.get(one.id, one.amount)}) for one in model.received
                          if amounts.get(one.id, one) is not None),
    }
    if values:
        changes["facts"] = _stated(model.facts, values)
    if model.contract is not None and (row.contract or values):
        changes["contract"] = _contract(model.contract, row, values)
    elif values:
        changes["contracts"] = tuple(_contract(one, row, values) for one in model.contracts)
    return model.model_copy(update=changes)


def _contract(contract: Contract, row: Row, values: Mapping[str, Value | None]) -> Contract:
    return contract.model_copy(update={**dict(row.contract), "facts": _stated(contract.facts, values)})


def _stated(facts: Facts, values: Mapping[str, Value | None]) -> Facts:
    """Return the facts with other values; their status, their likelihood and their exhibits stay the model's."""
    return {name: fact if name not in values else fact.model_copy(
                update={"value": values[name], "between": None, "estimate": None})
            for name, fact in facts.items() if values.get(name, fact) is not None}


def with_amount(head: HeadOfLoss, amount: Decimal | None) -> HeadOfLoss:
    """Return a head that claims another amount; the sum of one that is counted otherwise is not part of the head."""
    if amount is None or isinstance(head, StaffHours | LostMargin | LostCustomers):
        return head
    if isinstance(head, DataRecovery):
        return head.model_copy(update={"amount": amount, "useful_files": None, "hours_per_file": None,
                                       "hourly_rate": None})
    return head.model_copy(update={"amount": amount})
