"""Time to read a statutory ledger export (FEC) of a million lines, its memory, and a plain reading beside it.

    uv run python benchmarks/ledger.py [lines]

The plain reading goes through csv.DictReader and Decimal and only adds up revenue by month; the reader also finds out
how the file is written, checks every entry, sets year-end entries apart and keeps the trail of each figure.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import ModuleType

from timing import tell

ROOT = Path(__file__).parent.parent


def load_generator() -> ModuleType:
    """Return the script that invents ledgers."""
    file = ROOT / "cases" / "ovh-strasbourg" / "generate_ledgers.py"
    spec = importlib.util.spec_from_file_location("generate_ledgers", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def write_large_ledger(folder: Path, lines: int) -> Path:
    """Write one calendar year of about `lines` lines, most of them of sales."""
    generator = load_generator()
    trade = generator.Trade("large", "000000099", generator.TRADES[1].purchases, 620_000, 3_100_000, lines // 36, "SCI")
    months = [(2020, month, lines * 1_500 + month) for month in range(1, 13)]
    path = folder / "000000099FEC20201231.txt"
    generator.write_ledger(path, generator.year_entries(trade, months), generator.Layout())
    return path


def read_plainly(path: Path) -> dict[str, Decimal]:
    """Return revenue by month, read with csv.DictReader and Decimal."""
    months: dict[str, Decimal] = defaultdict(Decimal)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            debit, credit = (Decimal(row[name].replace(",", ".")) for name in ("Debit", "Credit"))
            if row["CompteNum"].startswith("70"):
                day = dt.datetime.strptime(row["EcritureDate"], "%Y%m%d").date()
                months[f"{day:%Y-%m}"] += credit - debit
    return months


def read_here(path: Path) -> dict[str, Decimal]:
    """Return revenue by month, as read by vismajor."""
    from vismajor.case.account_map import AccountMap  # noqa: PLC0415 — the plain reading must not bear its memory
    from vismajor.case.ledger import read_ledger  # noqa: PLC0415

    revenue = read_ledger([path], [path.name], AccountMap()).books.revenue
    return dict(zip(revenue.months, revenue.amounts, strict=True))


Measured = tuple[float, float, float, dict[str, Decimal]]


def measure(action: Callable[[Path], dict[str, Decimal]], path: Path) -> Measured:
    """Run `action` in a fresh process; return seconds (without imports), of the processor too, peak MB, its result."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (action, path))


def _measured(action: Callable[[Path], dict[str, Decimal]], path: Path) -> Measured:
    import vismajor.case.ledger  # noqa: F401, PLC0415

    start, processor = time.perf_counter(), time.process_time()
    months = action(path)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    return seconds, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, months


def main() -> None:
    """Print seconds, lines a second, peak memory, and the ratio to the plain reading."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        # in a process of its own: a child's peak of memory is never below what its parent took
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            path = pool.apply(write_large_ledger, (Path(folder), wanted))
        with path.open("rb") as file:
            lines = sum(1 for _ in file) - 1
        tell("ledger", lines, "lines", f"{path.stat().st_size / 1e6:.0f} MB on disk")
        seconds, processor, megabytes, months = min((measure(read_here, path) for _ in range(3)), key=lambda m: m[0])
        plain_seconds, plain_processor, plain_megabytes, plain_months = measure(read_plainly, path)
        tell("read, checked, brought to books", seconds, "s", f"plain reading {plain_seconds:.2f} s",
             plain_seconds / seconds)
        tell("of the processor", processor, "s", f"plain reading {plain_processor:.2f} s", plain_processor / processor)
        tell("lines a second", lines / seconds, "lines/s", f"plain reading {lines / plain_seconds:,.0f} lines/s")
        tell("peak memory", megabytes, "MB", f"plain reading {plain_megabytes:.0f} MB")
        # accruals of the year's end are set apart in the books, and not in the plain reading
        same = sum(months[month] == plain_months[month] for month in months)
        tell("months that agree to the cent", same, "months", "of 12; December has accruals")


if __name__ == "__main__":
    main()
