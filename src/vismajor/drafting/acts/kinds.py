"""The register of documents: what each is called, for whom it is, who may send it, what it may say, its template.

A new act is one module (context and `build`), one entry here, one template a language, one checklist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from vismajor.case.models import Case
from vismajor.drafting.acts import formal_notice
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.note_context import NegotiationNote
from vismajor.law.models import Side
from vismajor.reading.problems import InvalidInput, closest, nearest, problem

Audience = Literal["ours", "lawyers", "other_side", "court"]
Scope = Literal["claimant", "group", "either"]
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


@dataclass(frozen=True)
class Kind(Document):
    """One kind of act: a document that leaves our side, made of outgoing types alone.

    `template` is the stem of `templates/<language>/acts/<stem>.md.j2` and of `templates/checklists/<stem>.yaml`.
    `contents`: whether it has a table of contents; `exhibits`: whether the list of exhibits stands at its end.
    """

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
)
NOTE = "note"
# The internal negotiation note needs the value of the case: vismajor.drafting.drafts makes it.
NEGOTIATION_NOTE = Document(NOTE, "ours", BOTH, "group", NegotiationNote)


def documents() -> tuple[Document, ...]:
    """Return the register: the internal note, then every act."""
    return (NEGOTIATION_NOTE, *KINDS)


def document_of(name: str) -> Document:
    """Return a document by its id. Raises InvalidInput where there is none."""
    found = next((one for one in documents() if one.id == name), None)
    if found is None:
        names = [one.id for one in documents()]
        raise InvalidInput([problem("--document", (1, 1), "act_unknown_document", read=name,
                                    expected=", ".join(names), nearest=closest(name, names))])
    return found


def kind_of(name: str) -> Kind:
    """Return a kind of act by its id. Raises InvalidInput where there is none."""
    found = document_of(name)
    if not isinstance(found, Kind):
        raise InvalidInput([problem("--document", (1, 1), "act_unknown_document", read=name,
                                    expected=", ".join(kind.id for kind in KINDS), nearest="")])
    return found


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
