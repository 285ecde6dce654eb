"""Measures the commands: cold start, assess, brief. Each beside its limit, as a ratio.

    uv run python benchmarks/measure.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from timing import median_seconds, tell

ROOT = Path(__file__).parents[1]
CASE = ROOT / "cases" / "ovh-strasbourg"


def command(*arguments: str) -> Callable[[], object]:
    """Return an action that runs the command line in a process of its own."""
    program = str(Path(sys.executable).with_name("vismajor"))
    return lambda: subprocess.run([program, *arguments], capture_output=True, check=True)


def main() -> None:
    """Print one line a figure."""
    with tempfile.TemporaryDirectory() as out:
        figures = [
            ("vismajor --help", median_seconds(command("--help")), 0.4),
            ("vismajor assess", median_seconds(command("assess", str(CASE), "--json")), 3.0),
            ("vismajor brief, five documents", median_seconds(command("brief", str(CASE), "--out", out), 3), 60.0),
        ]
    for name, seconds, limit in figures:
        tell(name, seconds, "s", f"share of the limit, {limit} s", seconds / limit)


if __name__ == "__main__":
    main()
