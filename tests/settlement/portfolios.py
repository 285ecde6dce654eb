"""A small pack in which much is each claimant's own, a case of three models, a table, and the ordinary way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from tests.reasoning.small_law import case, contract, cost, fact, issue, law, rule
from vismajor.case.models import Case
from vismajor.case.portfolio_rows import Portfolio, Row, claimant_of
from vismajor.damages.heads import compute_losses
from vismajor.law.heads import HeadKind, OwnFaultShare
from vismajor.law.models import Law
from vismajor.reasoning.assessment import assess_case
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.valuation import Valuation, value_case

WORLDS = Worlds("table", 3_000)
SPREAD = {"low": Decimal("0.2"), "likely": Decimal("0.5"), "high": Decimal("0.9")}
# The claim of a company is worth more before the court than that of a small one: what is claimed is a fact as well.
FACTS = {
    "a.common": fact(), "c.own": fact(scope="claimant"), "c.kind": fact("choice", scope="claimant",
                                                                        values=("shop", "works", "office")),
    "k.signed": fact(scope="contract"), "contract.governing_date": fact("date", scope="contract", computed=True),
    "claim.amount": fact("money", scope="claimant", computed=True),
    "client.own_fault_share": fact("number", scope="claimant"), "b.copy": fact(scope="backup"),
}


def pack() -> Law:
    made = law(FACTS, [
        issue("liability", -0.2, per_duty=True), issue("liability_cap", 0.3), issue("heads_excluded", -1.0),
        issue("own_fault", -0.5, per_duty=True), issue("foreseeable_loss", 1.0), issue("admissibility", 2.0),
    ], [
        rule("common", ["a.common"], {"for": "liability"}, "strong"),
        rule("own", ["c.own"], {"for": "liability"}, "moderate", duties=["main"]),
        rule("works", ["c.kind = works"], {"against": "own_fault"}, "strong"),
        rule("copy", ["b.copy"], {"against": "own_fault"}, "moderate"),
        rule("signed", ["k.signed"], {"for": "liability_cap"}, "strong"),
        rule("old-law", ["contract.governing_date < 2016-10-01"], {"against": "liability_cap"}, "decisive"),
        rule("new-law", ["a.common"], {"for": "foreseeable_loss"}, "strong", in_force={"from": "2018-06-01"}),
        rule("large", ["claim.amount > 5000"], {"for": "admissibility"}, "decisive"),
    ], kinds={"backup": None})
    kinds = {name: HeadKind(title={"fr": "x", "en": "x"}, consequential=name == "claimed_loss", sources=("source",),
                            accepted=SPREAD, needs_evidence=name == "image")
             for name in ("crisis_costs", "claimed_loss", "staff_hours", "restitution", "rehosting", "image")}
    share = OwnFaultShare.model_validate({**SPREAD, "sources": ["source"]})
    return made.model_copy(update={"heads": kinds, "own_fault_share": share})


def models() -> Case:
    """Return a case of three claimants: one with facts of its own, one with none, one with two contracts."""
    first = {"id": "shop", "fees": 100, "facts": {
        "c.own": {"value": True, "status": "disputed", "likelihood": Decimal("0.4")},
        "c.kind": {"value": "shop", "status": "disputed", "otherwise": "office"},
        "client.own_fault_share": {"estimate": {"low": Decimal("0.1"), "likely": Decimal("0.2"),
                                                "high": Decimal("0.6")}}},
        "items": [{"id": "nightly", "kind": "backup", "facts": {"b.copy": {"value": True, "status": "disputed"}}}],
        "heads": [cost(1_000), {**cost(700, "other", "second"), "direct": Decimal("0.8")},
                  {"id": "whole", "kind": "claimed_loss", "duties": ["main", "other"], "amount": 2_500},
                  {"id": "hours", "kind": "staff_hours", "duties": ["main"], "hours": 10, "hourly_rate": 30}],
        "received": [{"id": "insurer", "kind": "insurance", "date": "2021-06-01", "amount": 400}]}
    plain = {"id": "plain", "heads": [cost(3_000), {"id": "saved", "kind": "rehosting", "duties": ["main"],
                                                    "amount": 900, "fees_saved": 100}]}
    several = {"id": "several", "facts": {"c.own": {"value": True, "status": "disputed"}}, "contracts": [
        {**contract(50), "id": "x", "facts": {"k.signed": {"value": True, "status": "disputed"}}},
        {**contract(80), "id": "y", "facts": {"k.signed": {"value": True, "status": "alleged"}}}],
        "heads": [{**cost(500), "contract": "x"}, {**cost(5_000, name="second"), "contract": "y"}]}
    return case([first, plain, several], {"a.common": {"value": True, "status": "disputed"}}, offers=[
        {"id": "offer", "date": "2021-05-01", "by": "respondent", "amount": 300, "form": {"fr": "x", "en": "x"}}])


def table(rows: Sequence[Row]) -> Portfolio:
    return Portfolio(tuple(rows), "claimants.csv", "")


ROWS = (
    Row(2, "shop", "shop", "Shop"),
    Row(3, "c-2", "shop", "Two", (("monthly_fees", Decimal("900.00")), ("concluded", dt.date(2012, 1, 1)),
                                  ("renewed", None)), (("cost", Decimal("8000.00")), ("second", None))),
    Row(4, "c-3", "shop", "Three", (("concluded", dt.date(2014, 5, 2)), ("renewed", dt.date(2019, 5, 2))),
        (("cost", Decimal("50.00")), ("insurer", Decimal("30.00"))), (("c.own", False), ("c.kind", "works"))),
    Row(5, "c-4", "shop", "Four", (), (("whole", Decimal("12000.00")), ("insurer", None)), (("c.own", None),)),
    Row(6, "c-5", "plain", "Five", (), (("saved", Decimal("5000.00")),)),
    Row(7, "c-6", "several", "Six", (), (("second", Decimal("100.00")),), (("c.own", False),)),
    Row(8, "c-7", "several", "Seven"),
    # Like the first of the model, but for one thing that the pack looks at: a fact, the amount claimed, the date.
    Row(9, "c-8", "shop", "Eight", (), (), (("c.kind", "works"),)),
    Row(10, "c-9", "shop", "Nine", (), (("cost", Decimal("9000.00")),)),
    Row(11, "c-10", "shop", "Ten", (("concluded", dt.date(2016, 9, 30)),)),
    Row(12, "c-11", "shop", "Eleven", (("concluded", dt.date(2016, 10, 2)),)),
    Row(13, "c-12", "shop", "Twelve", (("concluded", dt.date(2018, 6, 1)),)),
)


def ordinary(small: Case, law_: Law, rows: Sequence[Row], worlds: Worlds = WORLDS) -> Valuation:
    """Value the same claimants as if the case described each of them in full."""
    known = {claimant.id: claimant for claimant in small.file.claimants}
    claimants = tuple(claimant_of(row, known[row.model]) for row in rows)
    whole = small.model_copy(update={"file": small.file.model_copy(update={"claimants": claimants})})
    claimed = {claim: {"claim.amount": amount} for loss in compute_losses(whole, law_, worlds)
               for claim, amount in loss.claimed_by_claim.items()} if "claim.amount" in law_.vocabulary.facts else {}
    return value_case(assess_case(whole, law_, worlds, given=claimed))
