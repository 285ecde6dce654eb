"""Where the law packs, the templates and the decided cases lie: inside the wheel, or at the top of a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


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
