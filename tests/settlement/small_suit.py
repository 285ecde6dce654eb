"""Small suits built in memory: a pack whose answers are known, proceedings as a test states them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.reasoning.small_law import case, cost, fact, issue, law
from vismajor.law.rates import Rates
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.valuation import Valuation, value_case

SURE, NEVER = 40.0, -40.0  # log-odds that no draw overturns


def likely(low: float, middle: float | None = None, high: float | None = None) -> dict[str, float]:
    """An estimate; one number alone is certain."""
    return {"low": low, "likely": low if middle is None else middle, "high": low if high is None else high}


def stage(months: float = 12, **extra: Any) -> dict[str, Any]:
    return {"months": likely(months), **extra}


def appeal(months: float = 24, claimants: float = 1, respondent: float = 1, afresh: float = 0.5, **extra: Any
           ) -> dict[str, Any]:
    return stage(months, by_claimants=claimants, by_respondent=respondent, afresh=afresh, **extra)


def exact(value: Any) -> Any:
    """Numbers as a case file holds them."""
    if isinstance(value, dict):
        return {key: exact(one) for key, one in value.items()}
    return Decimal(repr(value)) if isinstance(value, float) else value


def valued(liability: float = SURE, amounts: tuple[int, ...] = (100_000,), *, cap: float = NEVER, worlds: int = 400,
           rates: Rates | None = None, received: dict[str, Any] | None = None, **extra: Any) -> Valuation:
    """Value claims of `amounts`, won with the log-odds `liability`, capped at 600 euros with those of `cap`."""
    pack = law({"a.b": fact()}, [issue("liability", liability, per_duty=True), issue("liability_cap", cap),
                                 issue("heads_excluded", NEVER)], [])
    if rates is not None:
        pack = pack.model_copy(update={"rates": rates})
    claimants: list[dict[str, object]] = [
        {"id": f"c{i}", "heads": [cost(amount)], "received": (received or {}).get(f"c{i}", [])}
        for i, amount in enumerate(amounts)]
    return value_case(assess_case(case(claimants, **exact(extra)), pack, Worlds("suit", worlds)))


SHARES = st.sampled_from([0.0, 0.25, 0.5, 1.0])
SUMS = st.integers(0, 50_000)


@st.composite
def estimates(draw: st.DrawFn, most: int = 50_000) -> dict[str, float]:
    return likely(*sorted(draw(st.tuples(*[st.integers(0, most)] * 3))))


@st.composite
def outlays(draw: st.DrawFn) -> dict[str, Any]:
    return {"fixed": draw(SUMS), "hours": draw(estimates(300)), "hourly_rate": draw(st.integers(0, 400)),
            "success_share": draw(st.sampled_from([0.0, 0.1, 0.3])), "staff_hours": draw(estimates(100)),
            "staff_rate": draw(st.integers(0, 80))}


@st.composite
def stages(draw: st.DrawFn) -> dict[str, Any]:
    return {"months": draw(estimates(60)), "claimants": draw(outlays()), "each_claimant": draw(outlays()),
            "respondent": draw(outlays()), "irrecoverable": draw(estimates()), "expert_fee": draw(estimates()),
            "granted_to_each": draw(estimates())}


@st.composite
def proceedings(draw: st.DrawFn, rate: float | None = None) -> dict[str, Any]:
    """Any suit; `rate` is that of both sides where it is given."""
    rates = {side: draw(st.sampled_from([0.0, 0.04, 0.2])) if rate is None else rate
             for side in ("claimants", "respondent")}
    second = {**draw(stages()), "by_claimants": draw(SHARES), "by_respondent": draw(SHARES), "afresh": draw(SHARES),
              "least_at_stake": draw(st.sampled_from([0, 5_000]))}
    return {"first_instance": draw(stages()), "appeal": draw(st.sampled_from([None, second])),
            "provisional_enforcement": draw(SHARES), "ability_to_pay": draw(SHARES), "discount_rate": rates,
            "shared": draw(st.sampled_from(["equally", "by_claim"]))}


COSTS = st.sampled_from([None, {
    "irrecoverable": {"asked": 5_000, "granted": likely(0, 1_500, 6_000)},
    "taxable": {"other": likely(100, 200, 400), "contribution": 300}}])
