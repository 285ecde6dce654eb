"""The checks of offers: told together with every other mistake of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drafting.cases import read_small, small
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput


def test_an_offer_before_the_incident_is_told_beside_what_breaks_the_model(french_law: Law, tmp_path: Path) -> None:
    offer = {**small()["offers"][0], "date": "2020-01-01", "at_least": 99}
    with pytest.raises(InvalidInput) as caught:
        read_small(tmp_path / "case", french_law, offers=[offer], interest={"notice": "yesterday"},
                   bargaining={"claimants": {"believes": "nobody"}})
    assert {one.code for one in caught.value.problems} == {
        "date_before", "threshold_out_of_range", "not_a_date", "unknown_scenario"}
