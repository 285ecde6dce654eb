"""What counsel states of the acts: all of it optional, each mistake at its place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from tests.conftest import ROOT
from tests.drafting.acts.cases import complete
from tests.drafting.cases import write_case
from vismajor.law.models import Law
from vismajor.workbench import load_case


def test_a_case_without_acts_stays_valid(french_law: Law) -> None:
    acts = load_case(ROOT / "tests" / "good" / "minimal", french_law).file.acts
    assert acts.court is None and acts.settlement is None
    assert acts.notice.days is None and acts.notice.sent_by == "lawyer" and acts.amicable.route == "mediation"


def test_all_that_the_acts_ask_is_read(french_law: Law, tmp_path: Path) -> None:
    file = load_case(write_case(tmp_path / "case", complete()), french_law).file
    assert file.acts.court is not None and file.acts.court.time == dt.time(14)
    assert file.acts.settlement is not None and file.acts.settlement.sum == Decimal("12000.00")
    assert file.counsel is not None and file.counsel.bar == "Metz"
    assert file.claimants[0].capital == Decimal("17300.00")


def test_the_sum_of_a_settlement_is_its_total_where_it_states_one(french_law: Law, tmp_path: Path) -> None:
    data = complete()
    settlement = data["acts"]["settlement"]
    del settlement["amounts"]
    stated = load_case(write_case(tmp_path / "none", data), french_law).file.acts.settlement
    assert stated is not None and stated.sum is None
    settlement["total"] = 700
    stated = load_case(write_case(tmp_path / "total", data), french_law).file.acts.settlement
    assert stated is not None and stated.sum == Decimal("700.00")
