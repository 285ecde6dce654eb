"""What the law pack lets a case name."""

from __future__ import annotations

from dataclasses import dataclass, field

from vismajor.case.fact_checks import Catalog, Kinds


@dataclass(frozen=True)
class Names:
    """What the law pack lets a case name.

    `catalog` declares the facts that may be stated, `duties` and `heads` the names that heads of loss may use, `kinds`
    the kinds of things that a claimant may list, each with the kind that it belongs to; `issues` and `questions` are
    those that a scenario may answer, `sources` the texts and decisions that counsel may say to have read.
    """

    catalog: Catalog
    duties: frozenset[str]
    heads: frozenset[str]
    kinds: Kinds = field(default_factory=dict)
    issues: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    sources: frozenset[str] = frozenset()
