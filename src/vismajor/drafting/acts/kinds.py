"""The register of documents: what each is called, for whom it is, who may send it, what it may say, its template.

A new act is one module (context and `build`), one entry here, one template a language, one checklist.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from vismajor.case.models import Case
from vismajor.drafting.acts import (
    claimants_pleadings,
    defence,
    exhibit_list,
    formal_notice,
    invitation,
    loss_report,
    participative,
    reply,
    settlement,
    writ,
)
from vismajor.drafting.acts.illustrations import Illustration
from vismajor.drafting.acts.loss_workbook import loss_workbook
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.note_context import NegotiationNote
from vismajor.law.models import Side
from vismajor.reading.problems import InvalidInput, closest, nearest, problem

Audience = Literal["ours", "lawyers", "other_side", "court"]
Scope = Literal["claimant", "group", "either"]
FORMATS = ("docx", "pdf", "html")
BOTH: tuple[Side, ...] = ("claimants", "respondent")


@dataclass(frozen=True)
class Document:
    """One document of the register: for whom it is, which side may draft it, for whom of its clients, what it says.

    `context` is the type of all that its template may say.
    """

    id: str
    audience: Audience
    sides: tuple[Side, ...]
    scope: Scope
    context: type

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats in which it is written."""
        return FORMATS


@dataclass(frozen=True)
class Kind(Document):
    """One kind of act: a document that leaves our side, made of outgoing types alone.

    `template` is the stem of `templates/<language>/acts/<stem>.md.j2` and of `templates/checklists/<stem>.yaml`.
    `contents`: whether it has a table of contents; `exhibits`: whether the list of exhibits stands at its end.
    `charts`: those that it may show. `workbook` writes what it says as a spreadsheet (XLSX) with live formulas, from
    the matter, the names of the exhibits in the act, the title and the receipt.
    """

    build: Callable[[Matter], Any]
    template: str
    contents: bool = False
    exhibits: bool = True
    charts: Callable[[Matter], tuple[Illustration, ...]] | None = None
    workbook: Callable[[Matter, Mapping[str, str], str, str], bytes] | None = None

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats in which it is written."""
        return (*FORMATS, *(("xlsx",) if self.workbook else ()))

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
    Kind("loss-report", "court", ("claimants",), "either", loss_report.LossReport, loss_report.build, "loss_report",
         contents=True, charts=loss_report.charts, workbook=loss_workbook),
    Kind("exhibits", "court", BOTH, "either", exhibit_list.ExhibitList, exhibit_list.build, "exhibits",
         exhibits=False),
)
NOTE = "note"
# The internal negotiation note needs the value of the case: vismajor.drafting.drafts makes it.
NEGOTIATION_NOTE = Document(NOTE, "ours", BOTH, "group", NegotiationNote)


def documents(side: Side) -> tuple[Document, ...]:
    """Return the register: the internal note, then every act, as `side` sends it where it does."""
    return (NEGOTIATION_NOTE, *kinds_for(side))


def kinds_for(side: Side) -> tuple[Kind, ...]:
    """Return every act once, as `side` sends it where it does: some, each side sends in a form of its own."""
    chosen: dict[str, Kind] = {}
    for kind in KINDS:
        if kind.id not in chosen or side in kind.sides:
            chosen[kind.id] = kind
    return tuple(chosen.values())


def document_of(name: str, side: Side) -> Document:
    """Return a document by its id, as `side` sends it where it does. Raises InvalidInput where there is none."""
    found = next((one for one in documents(side) if one.id == name), None)
    if found is None:
        names = [one.id for one in documents(side)]
        raise InvalidInput([problem("--document", (1, 1), "act_unknown_document", read=name,
                                    expected=", ".join(names), nearest=closest(name, names))])
    return found


def kind_of(name: str, side: Side = "claimants") -> Kind:
    """Return an act by its id, as `side` sends it where it does. Raises InvalidInput where there is none."""
    found = document_of(name, side)
    if not isinstance(found, Kind):
        raise InvalidInput([problem("--document", (1, 1), "act_unknown_document", read=name,
                                    expected=", ".join(kind.id for kind in kinds_for(side)), nearest="")])
    return found


def check_formats(document: Document, formats: Collection[str]) -> None:
    """Check that a document is written in these formats. Raises InvalidInput for a workbook where it has none."""
    if set(formats) - set(document.formats):
        raise InvalidInput([problem("--format", (1, 1), "act_no_workbook", document=document.id,
                                    expected=", ".join(document.formats),
                                    others=", ".join(one.id for one in KINDS if one.workbook))])


def check_asked(kind: Document, case: Case, claimant: str | None) -> None:
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
