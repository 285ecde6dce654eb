"""vismajor: the workbench of lawyers who argue about force majeure.

from vismajor import load_case, assess, value, draft

case = load_case("cases/ovh-strasbourg")
assessment = assess(case)
valuation = value(assessment)
draft(valuation, out="out")
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

try:
    __version__ = version("vismajor")
except PackageNotFoundError:  # run from a folder that was never installed
    __version__ = "0"

__all__ = ["InvalidInput", "__version__", "assess", "draft", "load_case", "load_law", "value"]


def __getattr__(name: str) -> Any:
    """Import the public functions when they are first asked for: `vismajor --help` stays fast."""
    if name in __all__:
        from vismajor import workbench  # noqa: PLC0415

        return getattr(workbench, name)
    raise AttributeError(f"module 'vismajor' has no attribute {name!r}")
