"""What tests share: where the repository lies, and the French pack read once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vismajor.law.models import Law
from vismajor.law.reader import read_law

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def french_law() -> Law:
    return read_law("fr")


# Begun last, they would leave one of two processes idle.
SLOWEST = ("test_the_shipped_decisions.py", "test_explain.py", "test_negotiation_note.py", "test_grounding.py",
           "test_every_act.py", "test_cli.py", "test_workbook_expert.py", "test_workbook.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; the order within a file and among the others stays."""
    rank = {name: at for at, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(SLOWEST)))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-goldens", action="store_true", help="Write the golden files instead of comparing.")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], str]:
    """Return the text approved as tests/goldens/<name>; with --rewrite-goldens, approve the one given."""

    def approved(name: str, text: str) -> str:
        file = ROOT / "tests" / "goldens" / name
        if request.config.getoption("--rewrite-goldens"):
            file.write_text(text, encoding="utf-8")
        return file.read_text(encoding="utf-8")

    return approved
