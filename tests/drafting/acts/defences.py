"""What the respondent could plead in the complete case: force majeure, clauses, a settlement, another court."""

from __future__ import annotations

import copy
from typing import Any

from tests.drafting.acts.cases import COMPLETE

SHOWN = {"status": "established", "likelihood": 1, "exhibits": ["P1"]}
LIGHTNING: dict[str, Any] = {
    "event.kind": {"value": "fire", "status": "admitted", "exhibits": ["P1"]},
    "event.origin": {"value": "nature"} | SHOWN,
    "event.precedent": {"value": False} | SHOWN,
    "event.warned": {"value": False} | SHOWN,
    "prevention.level": {"value": "extensive"} | SHOWN,
    "prevention.nothing_would_help": {"value": True} | SHOWN,
    "performance.effect@backup": {"value": "impossible"} | SHOWN,
}
CLAUSES: dict[str, Any] = {
    "contract.terms_accepted": {"value": True} | SHOWN, "contract.event_listed": {"value": True} | SHOWN,
    "contract.cap_exists": {"value": True} | SHOWN, "contract.excludes_business_loss": {"value": True} | SHOWN,
    "contract.jurisdiction_clause": {"value": True} | SHOWN,
    "contract.jurisdiction_clause_apparent": {"value": True} | SHOWN,
}
RELEASE: dict[str, Any] = {
    "client.release_given": {"value": True, "status": "established", "exhibits": ["P2"]},
    "client.release_mutual": True, "client.release_covers@backup": True, "client.sues_as": "party"}


def strong(**changes: Any) -> dict[str, Any]:
    """Return the changes that make the complete case a strong defence; the second claimant has settled."""
    acts = copy.deepcopy(COMPLETE["acts"])
    acts["pleadings"]["competent_court"] = {"fr": "tribunal de commerce de Metz", "en": "Commercial Court of Metz"}
    first, second = copy.deepcopy(COMPLETE["claimants"])
    first["facts"]["client.trader"] = second["facts"]["client.trader"] = True
    second["facts"] |= RELEASE
    first["heads"][0]["exhibits"], second["heads"][0]["documented"] = [], 1500.25
    return {"acting_for": "respondent", "facts": LIGHTNING, "acts": acts, "claimants": [first, second],
            "contracts": [COMPLETE["contracts"][0] | {"facts": CLAUSES}]} | changes
