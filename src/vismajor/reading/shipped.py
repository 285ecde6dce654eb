"""Where the law packs, the templates and the decided cases lie: inside the wheel, or at the top of a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def shipped_folder(name: str) -> Path:
    """Return the folder `name` ("rules", "templates" or "cases") that came with this installation.

    Raises FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "shipped" / name, package.parent.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"vismajor was installed without its folder {name}/: install it again")


@cache
def texts_of(language: str, kind: str) -> dict[str, str]:
    """Return the texts of one kind ("words" or "messages") in a language, by key: one file for each subject.

    Raises ValueError when two files hold the same key.
    """
    found: dict[str, str] = {}
    for file in sorted((shipped_folder("templates") / language / kind).glob("*.yaml")):
        texts: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
        twice = found.keys() & texts.keys()
        if twice:
            raise ValueError(f"{file}: {', '.join(sorted(twice))} also stands in another file of {kind}/")
        found |= texts
    return found
