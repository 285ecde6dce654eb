"""A claimant of a table is worth what it would be if the case described it in full, whoever computes it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.conftest import ROOT
from tests.settlement.portfolios import ROWS, WORLDS, models, ordinary, pack, table
from vismajor.case.portfolio_rows import Row
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement import portfolio as portfolio_module
from vismajor.settlement.portfolio import PortfolioValue, blocks_in, value_portfolio
from vismajor.settlement.portfolio_court import Line
from vismajor.settlement.portfolio_demands import models_of
from vismajor.settlement.portfolio_pleadings import plead
from vismajor.settlement.workers import Cluster, Processes, Workers
from vismajor.workbench import load_case

Found = tuple[list[Line], PortfolioValue]


def _value(rows: tuple[Row, ...] = ROWS, worlds: Worlds = WORLDS, workers: Workers | None = None) -> Found:
    lines: list[Line] = []
    value = value_portfolio(models(), pack(), table(rows), worlds, workers or Processes(), lines.append)
    return lines, value


def test_each_claimant_of_a_table_is_worth_what_it_is_in_a_case() -> None:
    valuation = ordinary(models(), pack(), ROWS)
    lines, value = _value()
    for line in lines:
        expected = valuation.claimants[line.id]
        assert (line.claimed, line.award) == (expected.claimed, expected.award), line.id
        assert line.more == expected.offers[-1].judgment_brings_more
    assert [line.id for line in lines] == [row.id for row in ROWS]
    assert value.together == valuation.together
    assert value.count == len(ROWS)


def test_the_models_add_up_to_the_whole() -> None:
    _, value = _value()
    assert {share.model: share.count for share in value.models} == {"shop": 9, "plain": 1, "several": 2}
    assert sum(share.claimed for share in value.models) == value.together.claimed
    assert float(sum(share.mean for share in value.models)) == pytest.approx(float(value.together.award.mean), abs=0.02)


def test_claimants_of_the_founding_case_are_worth_the_same_in_a_table(french_law: Law) -> None:
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    without = (("marge-perdue", None), ("clientele", None))  # measured on accounts, under the model's own name
    rows = (
        Row(2, "demanderesse-03", "demanderesse-03", "Itself"),
        Row(3, "x-1", "demanderesse-01", "X", (("monthly_fees", Decimal("19.99")),),
            (("reconstitution", Decimal("70000.00")), *without), (("service.backup_option", False),)),
        Row(4, "x-2", "demanderesse-03", "Y", (("concluded", dt.date(2013, 4, 1)), ("renewed", dt.date(2016, 4, 1))),
            without),
        Row(5, "x-3", "demanderesse-03", "Z", (("concluded", dt.date(2013, 4, 2)), ("renewed", dt.date(2016, 4, 2))),
            (("rehebergement", None), *without)),
    )
    worlds, lines = Worlds("ovh-strasbourg", 1_500), list[Line]()
    law = french_law.on(case.as_of)
    value = value_portfolio(case, french_law, table(rows), worlds, Processes(), lines.append)
    valuation = ordinary(case, law, rows, worlds)
    assert [line.award for line in lines] == [found.award for found in valuation.claimants.values()]
    assert value.together.award == valuation.together.award
    # Two contracts made a day apart, with no rule in between, stand on one graph.
    pleadings, placed = plead(models_of(case, law, {row.model for row in rows}, worlds), law, rows)
    assert [one.pleading for one in placed] == [0, 1, 2, 2]
    assert len(pleadings.each) == 3


def _many() -> tuple[Row, ...]:
    return tuple(row._replace(id=f"{row.id}-{number}") for number in range(3) for row in ROWS)


def test_the_result_is_the_same_bytes_for_each_window_and_number_of_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio_module, "BLOCK", 5)
    rows, worlds = _many(), Worlds("table", 1_003)
    found = [_value(rows, worlds, Processes(count)) for count in (1, 3)]
    monkeypatch.setattr("vismajor.settlement.portfolio_court.TOGETHER", 256)
    found.append(_value(rows, worlds))
    assert blocks_in(table(rows)) == 8
    assert found[0][0] == found[1][0] == found[2][0]
    assert found[0][1].together == found[1][1].together == found[2][1].together
    assert found[0][1].models == found[1][1].models == found[2][1].models


def test_a_dask_cluster_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(portfolio_module, "BLOCK", 5)
    rows, worlds = _many(), Worlds("table", 500)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False,
                                  dashboard_address=None) as cluster:
        there = _value(rows, worlds, Cluster(cluster.scheduler_address))
    here = _value(rows, worlds)
    assert there[0] == here[0]
    assert there[1].together == here[1].together


@pytest.mark.parametrize(("address", "code"), [("nonsense", "dask_address"), ("tcp://127.0.0.1:1", "dask_unreachable")])
def test_a_cluster_that_cannot_be_reached_is_told(address: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if code == "dask_unreachable":
        pytest.importorskip("distributed")
    monkeypatch.setattr("vismajor.settlement.workers.TIMEOUT", 0.2)
    with pytest.raises(InvalidInput) as caught:
        _value(workers=Cluster(address))
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("vismajor.settlement.workers.importlib.import_module", missing)
    with pytest.raises(InvalidInput) as caught:
        _value(workers=Cluster("tcp://127.0.0.1:1"))
    assert "vismajor[dask]" in caught.value.problems[0].tell("fr")


def test_what_the_model_measured_keeps_its_uncertainty_in_proportion(french_law: Law) -> None:
    case = load_case(ROOT / "cases" / "ovh-strasbourg", french_law)
    made = models_of(case, french_law, {"demanderesse-02"}, Worlds("x", 10))
    measure = made.of["demanderesse-02"].heads["marge-perdue"].measure
    row = Row(2, "x", "demanderesse-02", "X", (), (("marge-perdue", 2 * measure.claimed), ("heures", Decimal("77.00"))))
    heads = {head.head.id: head for head in made.demand(row).heads}
    doubled = heads["marge-perdue"].measure
    assert (doubled.claimed, doubled.low) == (2 * measure.claimed, pytest.approx(2 * measure.low, abs=Decimal("0.02")))
    assert measure.simulated is not None and doubled.simulated is not None
    assert doubled.simulated == pytest.approx(2 * measure.simulated)
    assert heads["heures"].claimed == Decimal("77.00")
