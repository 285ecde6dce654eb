"""Cases of the acts before the commercial court: a cap that is argued, sums to be given back, one person, no cap."""

from __future__ import annotations

import copy
import re
from typing import Any

from tests.drafting.acts.cases import COMPLETE, PERSON, only

FIRST, SECOND = COMPLETE["claimants"]
TERMS = COMPLETE["contracts"][0]
BACK = {"id": "fees", "kind": "restitution", "duties": ["backup"], "amount": 360, "exhibits": ["D1"]}


def acts(**terms: dict[str, Any]) -> dict[str, Any]:
    """Return the acts of the complete case with terms of some of them replaced (None: removed)."""
    found: dict[str, Any] = copy.deepcopy(COMPLETE["acts"])
    for act, changed in terms.items():
        found[act] = {key: value for key, value in (found.get(act, {}) | changed).items() if value is not None}
    return found


def alone(claimant: dict[str, Any] = FIRST, **terms: dict[str, Any]) -> dict[str, Any]:
    """Return the changes that leave one claimant in the case, with terms of some acts replaced."""
    changes = only(claimant)
    changes["acts"] = acts(**terms) | {"settlement": changes["acts"]["settlement"]}
    return changes


def a_man() -> dict[str, Any]:
    """Return the changes that leave one claimant, a natural person."""
    return alone(FIRST | {"name": "Jean Dupont", "person": PERSON})


def without_cap() -> dict[str, Any]:
    """Return the change that takes the cap out of the contracts."""
    facts = {key: value for key, value in TERMS["facts"].items() if key != "contract.cap_exists"}
    return {"contracts": [{key: value for key, value in TERMS.items() if key != "cap"} | {"facts": facts}]}


def with_cap_argued() -> dict[str, Any]:
    """Return the changes by which the cap is argued against, a gross fault is alleged and fees are to be returned."""
    facts = TERMS["facts"] | {
        "contract.standard_form": True, "contract.cap_imbalance": {"value": True, "status": "alleged"},
        "contract.cap_derisory": {"value": True, "status": "alleged"}, "contract.duty_essential": True}
    first = FIRST | {"heads": [*FIRST["heads"], BACK],
                     "received": [{"id": "paid", "kind": "indemnity", "date": "2024-01-10", "amount": 500}]}
    clauses = [{"number": "article 12", "text": "La réparation ne dépasse pas six mois de redevances.",
                "shows": ["contract.cap_exists", "contract.cap_imbalance"]},
               {"number": "3", "shows": ["contract.standard_form"]}]
    return {"contracts": [TERMS | {"facts": facts, "clauses": clauses, "exhibits": ["P1"]}],
            "claimants": [first, SECOND]}


def plain(markdown: str) -> str:
    """Return the text of an act, without marks and with plain spaces."""
    return re.sub(r"\s+", " ", markdown.replace("\\", "").replace("**", ""))


def parts(markdown: str) -> tuple[str, str]:
    """Return the discussion and the operative part of an act, as plain text."""
    before, _, asked = markdown.partition("PAR CES MOTIFS")
    return plain(before.partition("# Discussion")[2]), plain(asked.partition(":::")[0])


def sums(text: str) -> set[str]:
    """Return the sums to the cent that a text states."""
    return set(re.findall(r"\d[\d\u202f ]*,\d\d €", text))
