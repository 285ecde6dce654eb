"""Cases of the amicable acts: terms changed, a man alone, a clause in the contract; matters drawn without valuing."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vismajor.workbench
from tests.drafting.acts.cases import COMPLETE, PERSON, complete, only
from tests.drafting.cases import write_case
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.rendering import Act
from vismajor.law.models import Law

FIRST, SECOND = COMPLETE["claimants"]
MAN = FIRST | {"name": "Jean Dupont", "person": PERSON}


@dataclass(frozen=True)
class Drawn:
    """Draws the matter of the complete case with some entries replaced."""

    law: Law
    folder: Path
    second: dict[str, Any]

    def __call__(self, claimant: str | None = None, **changes: Any) -> Matter:
        case = vismajor.workbench.load_case(write_case(self.folder / "case", complete(**changes)), self.law)
        return vismajor.workbench.matter(vismajor.workbench.assess(case, self.law, worlds=20), claimant)


def amicable(**terms: Any) -> dict[str, Any]:
    """Return the acts of the complete case with some terms of the amicable way replaced (None: removed).

    A letter of another day puts its meetings off as far: none is proposed for a day before the letter.
    """
    acts: dict[str, Any] = copy.deepcopy(COMPLETE["acts"])
    if "date" in terms:
        later = terms["date"] - acts["amicable"]["date"]
        for meeting in acts["amicable"]["meetings"]:
            meeting["date"] += later
    acts["amicable"] = {key: value for key, value in (acts["amicable"] | terms).items() if value is not None}
    return acts


def alone(claimant: dict[str, Any], **terms: Any) -> dict[str, Any]:
    """Return the changes that leave one claimant in the case, with some terms of the amicable way replaced."""
    changes = only(claimant)
    changes["acts"]["amicable"] |= terms
    return changes


def with_clause(facts: dict[str, bool]) -> dict[str, Any]:
    """Return the change that states facts of the contract's terms."""
    terms = COMPLETE["contracts"][0]
    return {"contracts": [terms | {"facts": terms.get("facts", {}) | facts}]}


def plain(act: Act) -> str:
    """Return the text of an act, without marks and with plain spaces."""
    return re.sub(r"\s+", " ", act.markdown.replace("\\", "").replace("**", ""))
