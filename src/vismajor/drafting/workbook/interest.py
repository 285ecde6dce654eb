"""The interest asked, line by line: days, rate, and what each line brings, as formulas."""

from __future__ import annotations

from vismajor.damages.accessories import InterestAsked
from vismajor.damages.interest import Interest
from vismajor.damages.interest_lines import Segment
from vismajor.drafting.workbook.block import Block
from vismajor.drafting.workbook.page import Ref, span

FIRST, UNTIL, DAYS, RATE, PRINCIPAL, AMOUNT, GROWN, NOTE = range(8)


def write_interest(block: Block, asked: InterestAsked, damages: Ref, restitution: Ref, days_in_year: int) -> None:
    """Write the interest on damages and on what is to be given back, up to the judgment expected."""
    say = block.say
    block.section(say["interest"])
    book, notice = block.page.book, asked.asked.notice
    block.given(say["notice" if notice <= book.as_of else "notice_planned"], notice, "date")
    # When judgment is expected is for our side alone.
    expected = book.internal and asked.asked.judgment is not None
    block.given(say["judgment" if expected else "counted_until"], asked.until, "date")
    year = block.given(say["days_in_year"], days_in_year, "count")
    block.remark(say["interest_joined" if asked.asked.capitalisation else "interest_simple"])
    block.row += 1
    for title, interest, principal in ((say["interest_damages"], asked.on_damages, damages),
                                       (say["interest_restitution"], asked.on_restitution, restitution)):
        if principal.exact > 0 and interest.segments:
            _write_lines(block, title, interest, principal, year)


def _write_lines(block: Block, title: str, interest: Interest, principal: Ref, year: Ref) -> None:
    page, say = block.page, block.say
    page.text(block.row, 0, title, "section")
    page.headings(block.row + 1, [say[f"interest_{name}"] for name in (
        "first", "until", "days", "rate", "principal", "amount", "grown", "remark")])
    row, amounts, grown = block.row + 2, list[Ref](), list[Ref]()
    for segment in interest.segments:
        bearing = _bearing(interest, segment, grown)
        first, until = page.put(row, FIRST, segment.first, "date"), page.put(row, UNTIL, segment.until, "date")
        days = page.compute(row, DAYS, "{until}-{first}", segment.days, "count", first=first, until=until)
        rate = page.put(row, RATE, segment.rate, "number")
        sums = {"principal": principal} | ({} if bearing is None else {"joined": bearing})
        on = page.compute(row, PRINCIPAL, "+".join(f"{{{name}}}" for name in sums), segment.principal, "money", **sums)
        amounts.append(page.compute(row, AMOUNT, "ROUND({on}*{days}*{rate}/({year}*100),2)", segment.amount, "money",
                                    on=on, days=days, rate=rate, year=year))
        grown.append(page.compute(row, GROWN, "SUM({amounts})", segment.cumulative, "money",
                                  amounts=span(amounts[0], amounts[-1])))
        if not segment.confirmed:
            page.text(row, NOTE, say["rate_assumed"], "aside")
        row += 1
    for column in range(GROWN):
        page.text(row, column, say["total"] if column == 0 else "", "total")
    page.compute(row, GROWN, "SUM({amounts})", interest.amount, "money", "total", amounts=span(amounts[0], amounts[-1]))
    block.row = row + 2


def _bearing(interest: Interest, segment: Segment, grown: list[Ref]) -> Ref | None:
    """Return the cell of the interest that has joined the principal before a line, if any has."""
    joined = segment.principal - interest.principal
    return next((cell for cell in reversed(grown) if cell.exact == joined), None) if joined else None
