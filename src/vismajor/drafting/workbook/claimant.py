"""The sheet of one claimant: what it claims head by head, how that is computed, the cap, what it received, interest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vismajor.case.models import Case, Received
from vismajor.damages.accessories import interest_asked
from vismajor.damages.heads import ClaimantLoss
from vismajor.damages.money import NOTHING
from vismajor.damages.received import Payment, payments
from vismajor.drafting import typography
from vismajor.drafting.workbook.block import Block
from vismajor.drafting.workbook.customers import CustomerCells
from vismajor.drafting.workbook.heads import HeadCells, write_head
from vismajor.drafting.workbook.interest import write_interest
from vismajor.drafting.workbook.line_chart import ROWS, insert_course
from vismajor.drafting.workbook.months import MonthCells
from vismajor.drafting.workbook.page import Page, Ref, span
from vismajor.drafting.workbook.plan import SUMMARY
from vismajor.law.models import Law

COLUMNS = ("claimed", "low", "high", "documented", "chance", "provable")
ALWAYS, BOUNDS = ("claimed", "documented"), ("low", "high")


@dataclass(frozen=True)
class ClaimantCells:
    """Where the figures of a claimant stand; `cap` and `capped` None where no clause limits it, or none is shown."""

    loss: ClaimantLoss
    heads: tuple[HeadCells, ...]
    totals: Mapping[str, Ref]
    cap: Ref | None
    due: Ref
    capped: Ref | None


def write_claimant(page: Page, case: Case, law: Law, loss: ClaimantLoss, months: Mapping[str, MonthCells],
                   customers: Mapping[str, CustomerCells]) -> ClaimantCells:
    """Fill the sheet of a claimant, whose months and customers stand on sheets of their own, by head."""
    page.top(loss.claimant.name)
    table = SUMMARY
    charts = table + len(loss.heads) + 4
    block = Block(page, charts + ROWS * len(months))
    heads = tuple(write_head(block, case, loss.claimant, head, months.get(head.head.id), customers.get(head.head.id))
                  for head in loss.heads)
    totals = _write_summary(page, table, loss, heads)
    cap, due, capped = _write_limits(block, case, loss, heads)
    _write_interest(block, case, law, loss, heads, due)
    for place, (head, cells) in enumerate(months.items()):
        title = next(one.title for one in heads if one.head.head.id == head)
        insert_course(page, charts + ROWS * place, title, cells)
    page.sheet.freeze_panes(3, 1)
    return ClaimantCells(loss, heads, totals, cap, due, capped)


def _write_summary(page: Page, row: int, loss: ClaimantLoss, heads: tuple[HeadCells, ...]) -> dict[str, Ref]:
    """Write one row a head, which points at its computation, and the totals."""
    say = page.book.say
    columns = [name for name in COLUMNS if name in ALWAYS or (name in BOUNDS and page.book.bounds)
               or any(getattr(head, name) for head in heads)]
    page.headings(row, [say["head"], *(say[name] for name in columns), say["exhibits"]])
    found: dict[str, list[Ref]] = {name: [] for name in columns}
    for place, head in enumerate(heads, start=row + 1):
        page.text(place, 0, head.title)
        for column, name in enumerate(columns, start=1):
            cell: Ref | None = getattr(head, name)
            if cell is None and name == "chance" and head.left_open:
                page.text(place, column, say["chance_open"], "aside")
            if cell is not None:
                found[name].append(page.compute(place, column, "{cell}", cell.value, "money", cell=cell))
        exhibits = page.book.exhibits(head.head.head.exhibits)
        page.text(place, len(columns) + 1, exhibits, "aside")
    return _write_totals(page, row, loss, columns, found)


def _write_totals(page: Page, row: int, loss: ClaimantLoss, columns: list[str], found: Mapping[str, list[Ref]]
                  ) -> dict[str, Ref]:
    """Write the sums of the heads below their rows.

    Where several heads were simulated the bounds of the whole are no sum of theirs: they are inputs.
    """
    say, end, totals = page.book.say, row + len(loss.heads) + 1, dict[str, Ref]()
    page.text(end, 0, say["total"], "total")
    sums = {name: sum((cell.exact for cell in found[name]), NOTHING) for name in columns}
    simulated = {name: bound for name, bound in (("low", loss.low), ("high", loss.high))
                 if name in sums and sums[name] != bound}
    for column, (name, total) in enumerate(sums.items(), start=1):
        cells = span(Ref(page.name, row + 1, column, 0), Ref(page.name, end - 1, column, 0))
        if name in simulated:
            totals[name] = page.put(end, column, simulated[name], "money", "total_input")
        elif loss.heads:
            totals[name] = page.compute(end, column, "SUM({cells})", total, "money", "total", cells=cells)
        else:
            totals[name] = page.put(end, column, NOTHING, "money", "total")
    page.text(end, len(columns) + 1, say["bounds_simulated"] if simulated else "", "total_aside")
    return totals


def _write_limits(block: Block, case: Case, loss: ClaimantLoss, heads: tuple[HeadCells, ...]
                  ) -> tuple[Ref | None, Ref, Ref | None]:
    """Write, contract by contract, what was received and what is left to ask; return cap, balance, balance under it.

    To the other side only what was received is told, and the balance.
    """
    found = [_write_claim(block, case, loss, claim, [one for one in heads if one.head.claim == claim])
             for claim in loss.caps]
    if len(found) == 1:
        return found[0]
    say, caps = block.say, [cap for cap, _, _ in found if cap is not None]
    block.section(say["after_cap"])
    whole_cap = _add(block, say["cap"], caps) if len(caps) == len(found) else None
    due = _add(block, _balance_said(block), [due for _, due, _ in found], total=True)
    capped = [due if under is None else under for _, due, under in found]
    return whole_cap, due, _add(block, say["capped"], capped, total=True) if caps else None


def _balance_said(block: Block) -> str:
    return block.say["due" if block.page.book.internal else "balance"]


def _add(block: Block, label: str, cells: list[Ref], total: bool = False) -> Ref:
    named = {f"cell{place}": cell for place, cell in enumerate(cells)}
    formula = "+".join(f"{{{name}}}" for name in named) or "0"
    return block.computed(label, formula, sum((cell.exact for cell in cells), NOTHING),
                          "money", "total" if total else "formula", **named)


def _write_claim(block: Block, case: Case, loss: ClaimantLoss, claim: str, heads: list[HeadCells]
                 ) -> tuple[Ref | None, Ref, Ref | None]:
    """Write one contract: damages less the insurer's part, given back, less indemnities; with and without the cap."""
    say = block.say
    of_contract = "" if claim == loss.claimant.id else f" ({case.claim(claim).contract.id})"
    internal = block.page.book.internal
    block.section(say["limits" if internal else "received"] + of_contract)
    damages = _add(block, say["damages"], [one.claimed for one in heads if one.head.head.kind != "restitution"])
    back = _add(block, say["restitution"], [one.claimed for one in heads if one.head.head.kind == "restitution"])
    insured = _received(block, case, claim, heads, "insurance")
    indemnity = _received(block, case, claim, heads, "indemnity")
    rest = block.computed(say["not_insured"], "MAX(0,{damages}-{insured})", max(damages.exact - insured.exact, NOTHING),
                          damages=damages, insured=insured)
    due = _balance(block, _balance_said(block), rest, back, indemnity)
    limit = loss.caps[claim] if internal else None
    if limit is None:
        return None, due, None
    cap = block.given(say["cap"], limit, "money", _cap_source(case, claim, block))
    under = block.computed(say["under_cap"], "MIN({rest},{cap})", min(rest.exact, limit), rest=rest, cap=cap)
    return cap, due, _balance(block, say["capped"], under, back, indemnity)


def _balance(block: Block, label: str, rest: Ref, back: Ref, paid: Ref) -> Ref:
    return block.computed(label, "MAX(0,{rest}+{back}-{paid})",
                          max(rest.exact + back.exact - paid.exact, NOTHING), "money", "total", rest=rest, back=back,
                          paid=paid)


def _cap_source(case: Case, claim: str, block: Block) -> str:
    contract = case.claim(claim).contract
    clause = case.terms_of(contract).cap
    if clause is None or clause.months_of_fees is None:
        return ""
    return block.say["months_of_fees"].format(
        months=clause.months_of_fees, fees=typography.money(contract.monthly_fees, block.page.book.language, True))


def _received(block: Block, case: Case, claim: str, heads: list[HeadCells], kind: Payment) -> Ref:
    """Write what was received on a claim by `as_of`, item by item, and its sum."""
    say, found = block.say, payments(case.claim(claim).claimant, case.as_of, kind, claim)
    cells = [block.given(say[f"received_{kind}"], item.amount, "money",
                         typography.date(item.date, block.page.book.language)) for item in found]
    if kind == "insurance":
        cells = [_within_heads(block, item, cell, heads) for item, cell in zip(found, cells, strict=True)]
    return _add(block, say[f"total_{kind}"], cells)


def _within_heads(block: Block, received: Received, paid: Ref, heads: list[HeadCells]) -> Ref:
    """Write what an insurer takes over: what it paid, no more than is claimed under the heads that it paid for."""
    covered = [one for one in heads if one.head.head.kind != "restitution"
               and (not received.heads or one.head.head.id in received.heads)]
    named = {f"head{place}": one.claimed for place, one in enumerate(covered)}
    limit = sum((one.claimed.exact for one in covered), NOTHING)
    formula = "MIN({paid}," + ("+".join(f"{{{name}}}" for name in named) or "0") + ")"
    return block.computed(block.say["taken_over"], formula, min(paid.exact, limit), paid=paid, **named)


def _write_interest(block: Block, case: Case, law: Law, loss: ClaimantLoss, heads: tuple[HeadCells, ...],
                    due: Ref) -> None:
    asked = interest_asked(case, law, loss, block.page.book.until)
    if asked is None or law.rates is None:
        return
    say = block.say
    block.section(say["interest_base"])
    given_back = [one.claimed for one in heads if one.head.head.kind == "restitution"]
    whole = _add(block, say["restitution"], given_back)
    # What was received bears no interest; it is taken off the damages first.
    back = block.computed(say["restitution_due"], "MIN({whole},{due})", min(whole.exact, due.exact), whole=whole,
                          due=due)
    damages = block.computed(say["damages_due"], "{due}-{back}", due.exact - back.exact, due=due, back=back)
    write_interest(block, asked, damages, back, law.rates.legal_interest.days_in_year)
