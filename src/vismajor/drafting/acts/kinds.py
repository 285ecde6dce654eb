"""The register of documents: what each is called, for whom it is, who may send it, what it may say, its template.

A new document is one module (context and `build`), one entry here, one template a language, one checklist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from vismajor.case.models import Case
from vismajor.drafting.acts import (
    claimants_pleadings,
    defence,
    exhibit_list,
    formal_notice,
    invitation,
    participative,
    reply,
    settlement,
    writ,
)
from vismajor.drafting.acts.matter import Matter
from vismajor.law.models import Side
from vismajor.reading.problems import InvalidInput, closest, nearest, problem

Audience = Literal["ours", "lawyers", "other_side", "court"]
Scope = Literal["claimant", "group", "either"]
BOTH: tuple[Side, ...] = ("claimants", "respondent")


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    `template` is the stem of `templates/<language>/acts/<stem>.md.j2` and of `templates/checklists/<stem>.yaml`.
    `contents`: whether it has a table of contents; `exhibits`: whether the list of exhibits stands at its end.
    """

    id: str
    audience: Audience
    sides: tuple[Side, ...]
    scope: Scope
    context: type
    build: Callable[[Matter], Any]
    template: str
    contents: bool = False
    exhibits: bool = True

    @property
    def file(self) -> str:
        """The name of its template, below the folder of a language."""
        return f"acts/{self.template}.md.j2"


KINDS: tuple[Kind, ...] = (
    Kind("formal-notice", "other_side", ("claimants",), "either", formal_notice.FormalNotice, formal_notice.build,
         "formal_notice"),
    Kind("invitation", "other_side", BOTH, "either", invitation.Invitation, invitation.build, "invitation",
         exhibits=False),
    Kind("participative-convention", "lawyers", BOTH, "either", participative.ParticipativeConvention,
         participative.build, "participative_convention"),
    Kind("writ", "court", ("claimants",), "either", writ.Writ, writ.build, "writ", contents=True),
    Kind("pleadings", "court", ("claimants",), "either", claimants_pleadings.ClaimantsPleadings,
         claimants_pleadings.build, "pleadings_claimants", contents=True),
    Kind("reply", "other_side", ("respondent",), "either", reply.Reply, reply.build, "reply"),
    Kind("pleadings", "court", ("respondent",), "either", defence.Defence, defence.build, "pleadings_respondent",
         contents=True),
    Kind("settlement", "other_side", BOTH, "either", settlement.Settlement, settlement.build, "settlement",
         exhibits=False),
    Kind("exhibits", "court", BOTH, "either", exhibit_list.ExhibitList, exhibit_list.build, "exhibits",
         exhibits=False),
)
NOTE = "note"  # the internal negotiation note, which needs the value of the case: drafted by vismajor.drafting.drafts


def kinds_for(side: Side) -> tuple[Kind, ...]:
    """Return every document once, as `side` sends it where it does: some, each side sends in a form of its own."""
    chosen: dict[str, Kind] = {}
    for kind in KINDS:
        if kind.id not in chosen or side in kind.sides:
            chosen[kind.id] = kind
    return tuple(chosen.values())


def kind_of(name: str, side: Side = "claimants") -> Kind:
    """Return a document by its id, as `side` sends it; the other side's where it sends none. Raises InvalidInput."""
    kinds = {kind.id: kind for kind in kinds_for(side)}
    found = kinds.get(name)
    if found is None:
        names = list(kinds)
        raise InvalidInput([problem("--document", (1, 1), "act_unknown_document", read=name,
                                    expected=", ".join([NOTE, *names]), nearest=closest(name, names))])
    return found


def check_asked(kind: Kind, case: Case, claimant: str | None) -> None:
    """Check that our side sends a document, and for whom it is asked. Raises InvalidInput."""
    known = [one.id for one in case.file.claimants]
    if case.file.acting_for not in kind.sides:
        raise InvalidInput([case.source.problem(("acting_for",), "act_of_other_side", document=kind.id,
                                                side=case.file.acting_for)])
    if claimant is not None and claimant not in known:
        raise InvalidInput([problem("--claimant", (1, 1), "unknown_claimant", read=claimant,
                                    nearest=nearest(claimant, known))])
    if kind.scope == "claimant" and claimant is None and len(known) > 1:
        raise InvalidInput([problem("--claimant", (1, 1), "act_per_claimant", document=kind.id,
                                    expected=", ".join(known[:8]))])
    if kind.scope == "group" and claimant is not None and len(known) > 1:
        raise InvalidInput([problem("--claimant", (1, 1), "act_for_group", document=kind.id)])
