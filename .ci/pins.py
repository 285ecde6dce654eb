"""Renews the pinned versions: `requirements.txt` (with hashes) and the constraints of `pyproject.toml`, from `uv.lock`.

    uv lock --upgrade && uv run python .ci/pins.py
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_PIN = re.compile(r"^([A-Za-z0-9_.-]+==[^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")


def pins(requirements: str) -> list[str]:
    """Return the pins of a requirements file, without hashes: `numpy==2.4.6 ; python_full_version < '3.12'`."""
    found = [match for line in requirements.splitlines() if (match := _PIN.match(line))]
    return sorted(f"{match[1]} ; {match[2].strip()}" if match[2] else match[1] for match in found)


def constraints(pyproject: str) -> list[str]:
    """Return the constraints that `pyproject.toml` gives to uv."""
    block = re.search(r"constraint-dependencies = \[\n(.*?)\]\n", pyproject, re.DOTALL)
    return re.findall(r'^    "(.+)",$', block[1], re.MULTILINE) if block else []


def check() -> None:
    """End with an error when the two files name different versions."""
    pinned = pins((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    constrained = constraints((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if pinned != constrained:
        sys.exit(f"only in one of the two files: {sorted(set(pinned) ^ set(constrained))}; run .ci/pins.py")
    print(f"{len(pinned)} versions")


def main() -> None:
    """Write both files, or with --check compare them."""
    if "--check" in sys.argv:
        check()
        return
    export = ["uv", "export", "--frozen", "--no-emit-project", "--format", "requirements-txt", "--no-header"]
    requirements = subprocess.run(export, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    (ROOT / "requirements.txt").write_text(requirements, encoding="utf-8")
    path = ROOT / "pyproject.toml"
    lines = "".join(f'    "{pin}",\n' for pin in pins(requirements))
    text = re.sub(r"(constraint-dependencies = \[\n).*?(\]\n)", lambda m: m[1] + lines + m[2],
                  path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
