"""All combinations of a sweep in one file, a line each: CSV for any program, Parquet (extra `parquet`) for large ones.

The CSV is for machines: comma between fields, decimal point, UTF-8, names of facts and values as in the case file. What
the screening found is named so; `award` and its standard error, on all worlds, stand where they were computed.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from vismajor.reading.problems import InvalidInput, problem
from vismajor.reasoning.findings import plain
from vismajor.settlement.screening import Chance
from vismajor.settlement.sweep import Row, Sweep

LINES = 65_536  # written together
Numbers = NDArray[np.intp]
AMOUNTS = ("screening:award", "award", "standard_error")


def check_export(file: Path) -> None:
    """Refuse, before anything is computed, a file of an unknown kind, or Parquet without pyarrow: InvalidInput."""
    if file.suffix.lower() not in (".csv", ".parquet"):
        raise InvalidInput([problem("--out", (1, 1), "sweep_ending", read=file.name)])
    if file.suffix.lower() == ".parquet":
        try:
            import pyarrow.parquet  # noqa: F401, PLC0415 — an extra, slow to import
        except ImportError:
            raise InvalidInput([problem("--out", (1, 1), "parquet_missing")]) from None


def write_sweep(sweep: Sweep, file: Path, *, per_group: bool = False) -> Path:
    """Write every combination, in the order of the screening, as CSV or Parquet by the ending of `file`.

    With `per_group` probabilities have a column for each set of claims that plead an issue alike; without, for each
    issue and duty, their mean over the claims. Raises InvalidInput (see `check_export`), also when the file cannot be
    written.
    """
    check_export(file)
    lines = _Lines(sweep, sweep.screened.chances if per_group else sweep.screened.by_duty)
    with _placed(file) as opened:
        if file.suffix.lower() == ".csv":
            opened.writelines(_csv(lines))
        else:
            _write_parquet(lines, opened)
    return file


@contextmanager
def _placed(file: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes its name once it is whole; what was there before stays until then."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".vismajor-", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as opened:
                yield opened
            Path(beside).chmod(0o644)
            Path(beside).replace(file)
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as error:
        raise InvalidInput([problem(str(file), (1, 1), "cannot_write", reason=error.strerror or error)]) from None


@dataclass(frozen=True)
class _Lines:
    """The lines of the file, some at a time."""

    sweep: Sweep
    chances: Sequence[Chance]

    @property
    def names(self) -> list[str]:
        """The heading: what each field is called."""
        led: dict[tuple[str, str | None], int] = {}
        for chance in self.chances:
            led[chance.issue, chance.duty] = led.get((chance.issue, chance.duty), 0) + 1
        probabilities = [
            ("screening:" + chance.issue + (f"@{chance.duty}" if chance.duty else "")
             + (f"@{chance.claims[0]}" if led[chance.issue, chance.duty] > 1 else "")) for chance in self.chances]
        facts = [fact.name for fact in self.sweep.facts]
        return ["rank", *facts, "likelihood", "likelihood_stated", *AMOUNTS, *probabilities]

    def some(self) -> Iterator[tuple[int, Numbers]]:
        """Yield the numbers of the combinations, some at a time, with the rank of the first."""
        order = self.sweep.order
        for first in range(0, order.size, LINES):
            yield first + 1, order[first:first + LINES]

    def places(self, numbers: Numbers) -> tuple[Numbers, ...]:
        """Return, fact by fact, which value each combination takes."""
        return tuple(np.unravel_index(numbers, self.sweep.screened.sums.shape))

    def computed(self, first: int, count: int) -> dict[int, Row]:
        """Return the combinations of these lines that were computed on all worlds, by their place among the lines."""
        rows = (*self.sweep.best, *self.sweep.worst)
        return {row.rank - first: row for row in rows if 0 <= row.rank - first < count}


def _counted(chance: Chance, places: Sequence[Numbers]) -> Numbers:
    at = tuple(place if size > 1 else 0 for place, size in zip(places, chance.counts.shape, strict=True))
    found: Numbers = np.broadcast_to(chance.counts[at], places[0].shape)
    return found


def _csv(lines: _Lines) -> Iterator[bytes]:
    yield _joined([[name] for name in map(_quoted, lines.names)])
    sweep, cents = lines.sweep, lines.sweep.screened.cents.reshape(-1)
    known = not sweep.without_likelihood
    values = [np.array([_quoted(plain(value)) for value in fact.values], dtype=object) for fact in sweep.facts]
    for first, numbers in lines.some():
        places, computed = lines.places(numbers), lines.computed(first, numbers.size)
        likely = [f"{one:.6g}" for one in sweep.likelihoods[numbers]]
        columns = [[str(rank) for rank in range(first, first + numbers.size)]]
        columns += [said[place].tolist() for said, place in zip(values, places, strict=True)]
        columns += [likely if known else [""] * numbers.size, likely]
        columns.append([f"{one // 100}.{one % 100:02d}" for one in cents[numbers].tolist()])
        columns.append([f"{computed[at].award:.2f}" if at in computed else "" for at in range(numbers.size)])
        columns.append([f"{computed[at].standard_error:.2f}" if at in computed else "" for at in range(numbers.size)])
        for chance in lines.chances:
            different, place = np.unique(_counted(chance, places), return_inverse=True)
            said = np.array([f"{one / chance.worlds:.6f}" for one in different.tolist()], dtype=object)
            columns.append(said[place].tolist())
        yield _joined(columns)


def _joined(columns: Sequence[Sequence[str]]) -> bytes:
    return "".join([",".join(fields) + "\r\n" for fields in zip(*columns, strict=True)]).encode()


def _quoted(text: str) -> str:
    """Return a field as CSV holds it (RFC 4180)."""
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow([text])
    return written.getvalue()


def _write_parquet(lines: _Lines, opened: IO[bytes]) -> None:
    import pyarrow as pa  # noqa: PLC0415 — an extra, slow to import
    import pyarrow.parquet as pq  # noqa: PLC0415

    sweep, cents = lines.sweep, lines.sweep.screened.cents.reshape(-1)
    known, writer = not sweep.without_likelihood, None
    told = {"case": sweep.assessment.case.file.title.en, "as_of": sweep.assessment.case.as_of.isoformat(),
            "seed": sweep.assessment.worlds.seed, "worlds": sweep.assessment.worlds.count,
            "worlds_per_combination": sweep.screened.worlds, "claimant": sweep.claimant}
    for first, numbers in lines.some():
        places, computed = lines.places(numbers), lines.computed(first, numbers.size)
        likely = pa.array(sweep.likelihoods[numbers])
        columns: list[Any] = [pa.array(np.arange(first, first + numbers.size, dtype=np.int32))]
        for fact, place in zip(sweep.facts, places, strict=True):
            texts = any(isinstance(value, str) for value in fact.values)
            columns.append(pa.DictionaryArray.from_arrays(pa.array(place.astype(np.int8)), list(fact.values)) if texts
                           else pa.array(np.array(fact.values)[place]))
        columns += [likely if known else pa.nulls(numbers.size, pa.float64()), likely,
                    _decimals(pa, cents[numbers])]
        money = pa.decimal128(18, 2)
        columns += [pa.array([getattr(computed[at], name) if at in computed else None for at in range(numbers.size)],
                             money) for name in ("award", "standard_error")]
        columns += [pa.array(_counted(chance, places) / chance.worlds) for chance in lines.chances]
        table = pa.table(dict(zip(lines.names, columns, strict=True)))
        if writer is None:
            schema = table.schema.with_metadata({"vismajor": json.dumps(told, ensure_ascii=False)})
            writer = pq.ParquetWriter(opened, schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _decimals(pa: Any, cents: NDArray[np.int64]) -> Any:
    """Return cents as an array of amounts with two decimals: 128 bits each, the lower half first."""
    halves = np.stack([cents, cents >> 63], axis=-1)
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(cents), [None, pa.py_buffer(halves.tobytes())])
