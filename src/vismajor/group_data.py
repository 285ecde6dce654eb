"""What `group --json` holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vismajor.joint_action import JointAction
from vismajor.report import in_cents, spread_json
from vismajor.settlement.allocation import Allocation
from vismajor.settlement.lead_case import LeadCase
from vismajor.settlement.pool import Response


def group_json(found: JointAction, scenarios: Sequence[str], answers: dict[str, str]) -> dict[str, Any]:
    """Return the claimants together as JSON data; `answers` in words, by claimant."""
    assessment = found.valuation.assessment
    return {
        "case": assessment.case.file.title.model_dump(), "as_of": assessment.case.as_of.isoformat(),
        "seed": assessment.worlds.seed, "worlds": assessment.worlds.count, "scenarios": list(scenarios),
        "risk": {"together": in_cents(found.risk.together), "independent": in_cents(found.risk.independent),
                 "correlation": None if found.risk.correlation is None else round(found.risk.correlation, 6)},
        "claimants": {name: _claimant_json(found, name) | {"told": answers[name]} for name in answers},
        "without_agreement": _response_json(found.without),
        "floor": {"total": in_cents(found.made.total), "suit": in_cents(found.made.from_suit),
                  "going_on": list(found.made.go_on), "offer": in_cents(found.made.from_offers),
                  "taking": list(found.made.accept), "without_offer": in_cents(found.without.total)},
        "shared_otherwise": {"claimants": list(found.together), "worth": in_cents(found.together_worth)},
        "response": None if found.response is None else _response_json(found.response),
        "shared_by": found.key, "allocations": [_allocation_json(one) for one in found.allocations],
        "leads": [_lead_json(one) for one in found.leads],
        "too_late": {name: day.isoformat() for name, day in found.late.items()},
    }


def _claimant_json(found: JointAction, name: str) -> dict[str, Any]:
    company = found.company[name]
    offer = found.offers.get(name)
    return {
        "alone": in_cents(company.alone.value), "with_all": in_cents(company.together.value),
        "standard_error": in_cents(company.together.standard_error), "floor": in_cents(found.made.floor(name)),
        "left": spread_json(found.left[name]), "offer": None if offer is None else in_cents(offer),
        **({} if offer is None else {"chance_of_more": round(found.chance_of_more(name), 6)}),
        "chance_of_loss": round(found.chance_of_loss(name), 6),
    }


def _response_json(told: Response) -> dict[str, Any]:
    return {"accept": list(told.accept), "go_on": list(told.go_on), "give_up": list(told.give_up),
            "at_once": list(told.at_once), "at_least": told.at_least, "holds": told.holds,
            "worth": {name: in_cents(one.figure.value) for name, one in told.worth.items()},
            "total": in_cents(told.total)}


def _allocation_json(one: Allocation) -> dict[str, Any]:
    return {"key": one.key, "amounts": {name: in_cents(amount) for name, amount in one.amounts.items()},
            "short": {name: in_cents(amount) for name, amount in one.short.items()},
            "nothing": list(one.nothing), "objecting": list(one.objecting), "excess": in_cents(one.excess),
            "standard_errors": {name: in_cents(error) for name, error in one.standard_errors.items()}}


def _lead_json(one: LeadCase) -> dict[str, Any]:
    return {"claimant": one.claimant, "months": one.months, "alone": in_cents(one.alone),
            "others": in_cents(one.others), "worth": in_cents(one.worth), "now": in_cents(one.now),
            "gain": in_cents(one.gain),
            "branches": [{"outcome": branch.outcome, "probability": round(branch.probability, 6),
                          "go_on": list(branch.go_on), "accept": list(branch.accept),
                          "give_up": list(branch.give_up), "worth": in_cents(branch.worth)}
                         for branch in one.branches]}
