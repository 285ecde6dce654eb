"""Facts as a claimant may plead them: whose they are, for which duty, known from when."""

from __future__ import annotations

import datetime as dt

from tests.reasoning.small_law import case, fact, issue, law
from vismajor.reasoning.findings import catalog, findings_for, likelihood_of

PACK = law({
    "a.common": fact(), "a.terms": fact(scope="contract"), "a.own": fact(scope="claimant"),
    "p.effect": fact("choice", values=["impossible", "possible"], per_duty=True),
    "contract.governing_date": fact("date", scope="contract"),
}, [issue("i")], [])


def _findings(facts: dict[str, object], duty: str = "main", own: dict[str, object] | None = None, **extra: object):
    small = case([{"id": "one", "facts": own or {}}], facts, **extra)
    return findings_for(small, PACK, small.claims[0], duty, catalog(PACK))


def test_a_fact_stated_for_one_duty_comes_before_the_same_for_all() -> None:
    facts = {"p.effect@main": "impossible", "p.effect": "possible"}
    assert _findings(facts, "main")["p.effect"].fact.value == "impossible"
    assert _findings(facts, "other")["p.effect"].fact.value == "possible"


def test_draws_are_named_for_who_stated_the_fact() -> None:
    found = _findings({"a.common": True}, own={"a.own": True})
    assert found["a.common"].key == "common:a.common"
    assert found["a.own"].key == "one:a.own"


def test_a_fact_that_rests_on_later_exhibits_alone_is_unknown() -> None:
    exhibits = [{"id": "P1", "title": "early", "date": "2021-12"}, {"id": "P2", "title": "late", "date": "2022"}]
    late = {"a.common": {"value": True, "exhibits": ["P2"]}}
    both = {"a.common": {"value": True, "exhibits": ["P1", "P2"]}}
    assert "a.common" not in _findings(late, exhibits=exhibits)
    assert "a.common" in _findings(both, exhibits=exhibits)
    assert "a.common" in _findings(late, exhibits=exhibits, as_of="2022-12-31")
    assert "a.common" not in _findings(late, exhibits=exhibits, as_of="2022-12-30")  # 2022 may mean its last day


def test_the_contract_dates_itself() -> None:
    assert _findings({})["contract.governing_date"].fact.value == dt.date(2020, 1, 1).isoformat()


def test_a_status_has_its_default_likelihood_and_counsel_may_give_another() -> None:
    found = _findings({"a.common": {"value": True, "status": "disputed"}})
    assert found["a.common"].likelihood == 0.5
    assert not found["a.common"].certain
    assert likelihood_of(_findings({"a.common": True})["a.common"].fact, PACK) == 1.0
