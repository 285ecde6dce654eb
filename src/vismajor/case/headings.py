"""Which column of a table is what: a line is a month (`mois;chiffre d'affaires HT`), a year of twelve months, or a
month of several years (`mois;2021;2022`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from vismajor.case.amounts import FOREIGN
from vismajor.case.months import fold, month_of_year
from vismajor.case.sheets import Cell, Sheet
from vismajor.reading.problems import Problem, closest, problem

SEARCHED = 50  # lines: titles, addresses and dates of printing may stand above the heading
MONTH_HEADINGS = ("month", "mois", "periode", "period", "date")  # in order of preference where there are several
HEADINGS = {
    "month": MONTH_HEADINGS,
    "revenue": ("revenue", "turnover", "sales", "chiffre d'affaires", "chiffre d'affaire", "ca", "ventes"),
    "costs": ("variable_costs", "variable costs", "charges variables", "couts variables"),
    "total": ("total", "totaux", "cumul", "total annuel", "total general"),
    "index": ("index", "indice"),
    "year": ("year", "annee", "exercice", "an"),
}
_KINDS = {name: kind for kind, names in HEADINGS.items() for name in names}
# Words of a heading that do not change what it is; TTC, thousands and other currencies do, and are looked for first.
_PLAIN = re.compile(r"\((?:€|euros?|eur|ht|h\.t\.?|en euros?|en €)\)|€|\b(?:ht|h\.t\.?|hors taxes?|nets?|nettes?|"
                    r"realise(?:e|s|es)?|reel(?:le)?s?|actuals?|mensuel(?:le)?s?|monthly|en|eur|euros?|excl\.? vat)\b")
_WITH_TAX = re.compile(r"\bttc\b|\bt\.t\.c\b|toutes taxes(?: comprises)?|\bincl\.? vat\b")
_REVENUE = re.compile(r"\b(?:revenue|turnover|sales|ca|ventes?|recettes?)\b|chiffres? d'affaire")
_WITHOUT_TAX = re.compile(r"\bht\b|\bh\.t\b|hors taxe|excl\.? vat")
_THOUSANDS = re.compile(r"k ?€|m€|\bkeur\b|\bmilliers?\b|\bthousands?\b|\bmillions?\b")


# CA N, CA N-1: years told by their distance from one that is not named
_RELATIVE = re.compile(r"^(?:(?P<what>.*?\S) )??(?:annee |exercice )?n(?: ?[-–−] ?[1-9])?$")
_YEAR = re.compile(r"^(?:(?P<what>.*?\S) )??(?:annee |exercice )?(?P<year>(?:19|20)[0-9]{2})$")


@dataclass(frozen=True)
class Layout:
    """Where things stand on a sheet; columns are positions in a row, counted from 0.

    `long`: months in the column `label` (with their years in `year` where they stand apart), `revenue`, perhaps
    `costs`. `wide`: years in `label`, twelve `months` by position, perhaps a `total`. `grid`: months of the year in
    `label`, one column for each of `years` (position, year). `left` are the headings of
    columns that are not read, `flaws` why what the heading says cannot be used.
    """

    kind: Literal["long", "wide", "grid"]
    row: int
    heading: Cell
    label: int
    revenue: int = -1
    costs: int | None = None
    year: int | None = None
    months: tuple[tuple[int, int], ...] = ()
    total: int | None = None
    years: tuple[tuple[int, int], ...] = ()
    left: tuple[Cell, ...] = ()
    flaws: tuple[Problem, ...] = ()


def kind_of(cell: Cell) -> str | int | None:
    """Return what a heading names: month, revenue, costs, total, year, the number of a month, or None."""
    bare = _bare(cell)
    return _KINDS.get(bare) or month_of_year(bare)


def _bare(cell: Cell) -> str:
    """Return a heading without the words that do not change what it is."""
    bare = " ".join(_PLAIN.sub(" ", _WITH_TAX.sub(" ", _THOUSANDS.sub(" ", FOREIGN.sub(" ", fold(cell.text))))).split())
    return re.sub(r"[ :*.]+$", "", re.sub(r"\( *\)|\[ *\]", "", bare)).strip()


def find_layout(sheet: Sheet, *, or_index: bool = False) -> Layout | None:
    """Return how the first lines of a sheet say it is laid out, or None where none of them is a heading.

    With `or_index` the months may bear an index (of a sector) instead of revenue.
    """
    for number, row in enumerate(sheet.rows[:SEARCHED]):
        kinds = [kind_of(cell) for cell in row]
        if or_index and "revenue" not in kinds:
            kinds = ["revenue" if kind == "index" else kind for kind in kinds]
        if "month" in kinds and "revenue" in kinds:
            return _long(sheet, number, row, kinds)
        if sorted(kind for kind in kinds if isinstance(kind, int)) == list(range(1, 13)):
            return _wide(sheet, number, row, kinds)
        if "revenue" not in kinds and (years := _years(sheet, number, kinds)):
            return _grid(sheet, number, row, years)
        if "month" in kinds and "revenue" not in kinds and (columns := _named(row, _RELATIVE)):
            return _relative(sheet, number, row, kinds, columns)
    return None


def _named(row: Sequence[Cell], pattern: re.Pattern[str]) -> list[tuple[int, str]]:
    """Return the columns whose heading is a year (of revenue, where it says so), as `pattern` has it, and which one."""
    found = []
    for at, cell in enumerate(row):
        match = pattern.match(_bare(cell))
        if match and (match["what"] is None or _KINDS.get(match["what"]) == "revenue"):
            found.append((at, match.groupdict().get("year") or match.group()))
    return found


def _years(sheet: Sheet, number: int, kinds: list[str | int | None]) -> tuple[tuple[int, int], ...]:
    """Return the columns of years, where the first column of the row names months, or months stand below it."""
    columns = tuple((at, int(year)) for at, year in _named(sheet.rows[number], _YEAR))
    if not columns or columns[0][0] == 0:
        return ()
    label = columns[0][0] - 1
    below = sheet.rows[number + 1:number + 2]
    months = any(label < len(row) and month_of_year(row[label].text) for row in below)
    return columns if (kinds[label] == "month" and months) or (months and not sheet.rows[number][label].text) else ()


def _grid(sheet: Sheet, number: int, row: Sequence[Cell], years: tuple[tuple[int, int], ...]) -> Layout:
    label, read = years[0][0] - 1, {at for at, _ in years}
    above = [cell for line in sheet.rows[:number] for cell in line]
    flaws = [*_flaws_of(sheet, (row[at] for at in (label, *sorted(read))), above, taxed=None)]
    seen: dict[int, int] = {}
    flaws += [sheet.problem(row[at], "revenue_two_columns", read=row[at].text, first=row[seen[year]].text)
              for at, year in years if seen.setdefault(year, at) != at]
    left = tuple(cell for at, cell in enumerate(row) if at != label and at not in read and cell.text)
    return Layout("grid", number, row[label], label, years=years, left=left, flaws=tuple(flaws))


def _relative(sheet: Sheet, number: int, row: Sequence[Cell], kinds: list[str | int | None],
              columns: list[tuple[int, str]]) -> Layout:
    """Lay out a table whose revenue is `CA N`: alone it is that of its months; beside `CA N-1` nobody can tell."""
    first = columns[0][0]
    laid = _long(sheet, number, row, [*kinds[:first], "revenue", *kinds[first + 1:]])
    if len(columns) == 1:
        return laid
    others = ", ".join(row[at].text for at, _ in columns[1:])
    flaw = sheet.problem(row[columns[1][0]], "revenue_relative_years", read=row[first].text, other=others)
    return replace(laid, flaws=(*laid.flaws, flaw))


def _long(sheet: Sheet, number: int, row: Sequence[Cell], kinds: list[str | int | None]) -> Layout:
    taxed = [at for at, cell in enumerate(row) if kinds[at] == "revenue" and _WITH_TAX.search(fold(cell.text))]
    revenue = [at for at, kind in enumerate(kinds) if kind == "revenue" and at not in taxed] or taxed
    label = min((at for at, kind in enumerate(kinds) if kind == "month"), key=lambda at: _preference(row[at]))
    costs = [at for at, kind in enumerate(kinds) if kind == "costs"]
    year = kinds.index("year") if "year" in kinds else None
    read = {label, revenue[0], *costs[:1], *([] if year is None else [year])}
    flaws = [sheet.problem(row[second], "revenue_two_columns", read=row[second].text, first=row[first].text)
             for first, second, *_ in (columns for columns in (revenue, costs) if len(columns) > 1)]
    above = [cell for line in sheet.rows[:number] for cell in line]
    flaws += [*_flaws_of(sheet, (row[at] for at in read), above, taxed=row[revenue[0]])]
    left = tuple(cell for at, cell in enumerate(row) if at not in read and cell.text)
    return Layout("long", number, row[revenue[0]], label, revenue[0], costs[0] if costs else None, year, left=left,
                  flaws=tuple(flaws))


def _wide(sheet: Sheet, number: int, row: Sequence[Cell], kinds: list[str | int | None]) -> Layout:
    months = tuple((at, kind) for at, kind in enumerate(kinds) if isinstance(kind, int))
    total = next((at for at, kind in enumerate(kinds) if kind == "total"), None)
    label = kinds.index("year") if "year" in kinds else months[0][0] - 1
    above = [cell for line in sheet.rows[:number] for cell in line]
    flaws = [*_flaws_of(sheet, row, above, taxed=None)]
    if label < 0:
        flaws.append(sheet.problem(row[0], "revenue_no_year", read=row[0].text))
    left = tuple(cell for at, cell in enumerate(row)
                 if at not in {label, total} and not isinstance(kinds[at], int) and cell.text)
    return Layout("wide", number, row[label], label, months=months, total=total, left=left, flaws=tuple(flaws))


def names_revenue(sheet: Sheet, layout: Layout) -> bool:
    """Tell whether a sheet says somewhere that it is revenue: a heading, a title, the label of a line, its name."""
    said = [sheet.name, *(cell.text for row in sheet.rows[:layout.row + 1] for cell in row)]
    said += [row[layout.label].text for row in sheet.rows[layout.row + 1:] if layout.label < len(row)]
    return any(_REVENUE.search(fold(text)) for text in said)


def _preference(cell: Cell) -> int:
    bare = fold(cell.text)
    return next((rank for rank, name in enumerate(MONTH_HEADINGS) if name in bare), len(MONTH_HEADINGS))


def _flaws_of(sheet: Sheet, headings: Iterable[Cell], above: Iterable[Cell], taxed: Cell | None) -> Iterator[Problem]:
    """Tell of headings, and of titles above them, that the amounts are not euros without tax, one by one."""
    titles = list(above)
    told: set[str] = set()
    for cell in [*headings, *titles]:
        text = fold(cell.text)
        # A title may speak of something else; the heading of the column that is read says what it holds.
        settled = taxed is not None and cell in titles and _WITHOUT_TAX.search(fold(taxed.text))
        for code, found in (("amount_currency", FOREIGN.search(text)), ("amount_thousands", _THOUSANDS.search(text)),
                            ("revenue_ttc", None if settled else _WITH_TAX.search(text))):
            if found and code not in told:
                told.add(code)
                yield sheet.problem(cell, code, read=cell.text)


def header_problem(sheets: Sequence[Sheet]) -> Problem:
    """Tell that no sheet has a heading: the line that is most like one, and the nearest names."""
    names = [*HEADINGS["month"], *HEADINGS["revenue"], *HEADINGS["costs"]]
    best: tuple[int, Sheet, Sequence[Cell], list[str]] | None = None
    for sheet in sheets:
        for row in sheet.rows[:SEARCHED]:
            known = [kind_of(cell) in ("month", "revenue") for cell in row]
            near = [closest(fold(cell.text), names) for cell, sure in zip(row, known, strict=True) if not sure]
            score = 2 * sum(known) + sum(map(bool, near))
            if best is None or score > best[0]:
                best = (score, sheet, row, [name for name in near if name])
    if best is None:  # broken off before its first row
        return problem(sheets[0].file, (1, 1), "revenue_layout")
    _, where, cells, close = best
    read = (where.separator or " | ").join(cell.text for cell in cells)
    if close:
        return where.problem(cells[0], "revenue_header_near", read=read, nearest=close[0])
    return where.problem(cells[0], "revenue_header", read=read)
