"""How much of accounts a claim for lost margin needs: the least that is borne, and one month less."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vismajor.case.models import Case
from vismajor.damages.heads import HeadLoss, compute_losses
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput
from vismajor.reasoning.worlds import Worlds
from vismajor.workbench import load_case

BREAK = "{from: 2023-06, to: 2023-10,"


@pytest.fixture
def read(tmp_path: Path, french_law: Law) -> Callable[..., Case]:
    """Read the case of tests/bad/margin-in-breaks, with texts of it replaced, and some months of its accounts."""
    def reader(*changes: tuple[str, str], since: str = "2021-02") -> Case:
        folder = tmp_path / "case"
        shutil.copytree(ROOT / "tests" / "bad" / "margin-in-breaks", folder)
        text = (folder / "case.yaml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (folder / "case.yaml").write_text(text, encoding="utf-8")
        header, *lines = (folder / "accounts.csv").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line[:7] >= since]
        (folder / "accounts.csv").write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
        return load_case(folder, french_law)
    return reader


def margin(case: Case, law: Law) -> HeadLoss:
    (loss,) = compute_losses(case, law, Worlds("test", 100))
    return next(head for head in loss.heads if head.counterfactual is not None)


def test_six_months_before_the_loss_are_enough_and_five_are_not(read: Callable[..., Case], french_law: Law) -> None:
    head = margin(read((BREAK, "{from: 2020-01, to: 2020-02,"), since="2023-01"), french_law)
    assert head.counterfactual is not None
    assert head.counterfactual.months_used == 6
    assert head.low <= head.claimed <= head.high


def test_months_in_a_break_do_not_count_among_them(read: Callable[..., Case]) -> None:
    with pytest.raises(InvalidInput) as caught:
        read((BREAK, "{from: 2023-06, to: 2023-06,"), since="2023-01")
    told = [(problem.code, dict(problem.values)["read"]) for problem in caught.value.problems]
    assert told == [("too_few_months", "5")]


def test_breaks_reach_the_counterfactual(read: Callable[..., Case], french_law: Law) -> None:
    head = margin(read((BREAK, "{from: 2023-05, to: 2023-07,")), french_law)
    assert head.counterfactual is not None
    assert head.counterfactual.months == ("2023-08", "2023-09")
    assert [statement.code for statement in head.counterfactual.statements] == ["break_in_loss"]


def test_without_an_end_the_loss_ends_by_itself(read: Callable[..., Case], french_law: Law) -> None:
    head = margin(read((BREAK, "{from: 2020-01, to: 2020-02,"), ("from: 2023-07, to: 2023-09", "from: 2023-07")),
                  french_law)
    assert head.counterfactual is not None
    assert head.counterfactual.ended_by == "recovered"
    assert head.counterfactual.months[-1] < "2024-01"


def test_without_an_end_the_accounts_must_reach_the_loss(read: Callable[..., Case]) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(("from: 2023-07, to: 2023-09", "from: 2024-03"))
    assert [problem.code for problem in caught.value.problems] == ["margin_beyond_accounts"]
