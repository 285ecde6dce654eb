"""The argument map of an issue as data: a versioned model, of which `templates/schemas` holds the JSON Schema.

A map says the same in French and English. Every list is in the order in which it is to be read.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from vismajor.law.models import Side, Weight
from vismajor.reading.scalars import Bilingual, Reading, Status, Strict
from vismajor.reasoning.assessment import Label

SCHEMA_FILE = "argument-map-1.json"
Probability = float


class MapSource(Strict):
    """A text or a decision: `read` says how far it was read."""

    id: str
    cite: Bilingual
    read: Reading
    url: str | None


class Exhibit(Strict):
    """An exhibit on which some premise of the map rests."""

    id: str
    title: str
    date: str


class Party(Strict):
    """A claimant of the case, and under which contract it claims where it has several."""

    id: str
    name: str


class Conclusion(Strict):
    """A rule that concludes a premise from others."""

    rule: str
    because: Bilingual
    premises: tuple[MapPremise, ...]
    sources: tuple[MapSource, ...]


class MapPremise(Strict):
    """A condition of an argument, as a clause: a stated fact, a fact that rules conclude, or the answer to an issue.

    `fact` is the name of the fact, `fact#item` where there may be several. `status` and `likelihood` (that the court
    finds the fact as counsel states it) are null where no fact is stated; `as_stated` is false where the condition is
    what the court may find instead of what counsel states. A condition on several facts (on every item of a kind, or a
    comparison of two) has one of its `parts` for each.
    """

    condition: str
    clause: Bilingual
    fact: str | None
    issue: str | None
    status: Status | None
    likelihood: Probability | None
    as_stated: bool
    exhibits: tuple[str, ...]
    concluded_by: tuple[Conclusion, ...]
    parts: tuple[MapPremise, ...]

    @property
    def below(self) -> list[tuple[MapPremise, ...]]:
        """What the premise follows from: its parts, or the premises of each rule that concludes it."""
        return [self.parts] if self.parts else [conclusion.premises for conclusion in self.concluded_by]


class MapArgument(Strict):
    """An argument for or against an issue.

    `weight` is in log-odds, positive for the issue, null for a knock-out (it decides alone); `share` is the share of
    the worlds in which the argument counts; `counts` tells whether it does in the likeliest one; `aside` says when or
    why it does not; `undercut_by` names what silences it; `open` is true where courts disagree on the rule;
    `marginal` where hardly any court would hear it.
    """

    rule: str
    because: Bilingual
    strength: Weight
    weight: float | None
    share: Probability
    counts: bool
    open: bool
    marginal: bool
    aside: Bilingual | None
    undercut_by: tuple[MapPremise, ...]
    premises: tuple[MapPremise, ...]
    sources: tuple[MapSource, ...]


class Element(Strict):
    """An issue that is part of another; `expected` is the answer to it that speaks for the whole."""

    expected: bool
    issue: MapIssue


class MapIssue(Strict):
    """One issue as it stands for some of the `claimants` and one duty (null where all duties stand alike).

    `decided`: "weigh" (the arguments add up, in log-odds, to `prior`, the burden of proof; `score` is their sum in the
    likeliest world), "all" or "any" of the `elements`.
    """

    id: str
    title: Bilingual
    question: Bilingual
    burden: Side
    duty: str | None
    duty_title: Bilingual | None
    claimants: tuple[str, ...]
    probability: Probability
    standard_error: float
    label: Label
    finding: Bilingual
    conflict: bool
    decided: Literal["weigh", "all", "any"]
    prior: float | None
    score: float | None
    elements: tuple[Element, ...]
    arguments_for: tuple[MapArgument, ...]
    arguments_against: tuple[MapArgument, ...]


class MapLaw(Strict):
    """The law pack that was read."""

    id: str
    version: str


class ArgumentMap(Strict):
    """The argument map of one issue in one case, as things stood on `as_of`."""

    schema_: Literal["vismajor/argument-map"] = Field("vismajor/argument-map", alias="schema")
    version: Literal[1] = 1
    case: Bilingual
    as_of: str
    law: MapLaw
    seed: str
    worlds: int
    claimants: tuple[Party, ...]
    issue: MapIssue
    exhibits: tuple[Exhibit, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the map as JSON data that the schema accepts."""
        return self.model_dump(mode="json", by_alias=True)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of version 1, made from the model."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:vismajor:argument-map:1",
            **ArgumentMap.model_json_schema(by_alias=True, mode="serialization")}
