"""What the respondent answers to each claimant: the cap of its contracts, and for each head why it is not due in full.

Only what follows from the contracts and from what the claimants produce: no share that a court may accept, no chance,
no interval. What is said of an amount is said without admission.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vismajor.case.heads import Rehosting
from vismajor.damages.heads import ClaimantLoss, HeadLoss
from vismajor.damages.money import NOTHING
from vismajor.damages.objections import Objection, objections_to
from vismajor.drafting.acts.arguments import discussion
from vismajor.drafting.acts.claims_said import contracts_pleaded, terms_exhibits
from vismajor.drafting.acts.clauses import CAP, pinned
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import (
    ContractPleaded,
    ExhibitSaid,
    IssuePleaded,
    PartySaid,
    SectionPleaded,
    SourceSaid,
)
from vismajor.drafting.acts.parties_said import claimant_said
from vismajor.reading.scalars import Bilingual

# What is said of a kind of loss whatever its vouchers: lawyers' reasons, worded by `reason_<code>` of the template.
BY_KIND = {
    "lost_margin": "margin", "lost_customers": "chance", "lost_chance": "chance", "image": "image",
    "claimed_loss": "not_split", "data_recovery": "useful_only", "destroyed_asset": "worn", "staff_hours": "hours"}
BARS = ("excluded", "unforeseeable")
# Objections that are pleaded; the others are for our own file (a rate of tax not stated, an amount above another).
PLEADED = ("asset_and_rebuilding", "same_head", "whole_and_parts", "hours_and_margin", "back_before",
           "customers_beyond_gap")


@dataclass(frozen=True)
class DetailPleaded:
    """To which claimant (its number) and head a reason applies; what it says beside: another head, a sum, months."""

    number: int
    head: str
    other: str = ""
    amount: Decimal | None = None
    month: str = ""
    to: str = ""


@dataclass(frozen=True)
class ReasonPleaded:
    """One reason why heads of loss are not due, or not in full: its code, what it reaches, the texts on such heads."""

    code: str
    details: tuple[DetailPleaded, ...]
    sources: tuple[SourceSaid, ...]

    @property
    def bars(self) -> bool:
        """Whether nothing is due under these heads at all, by the contract or because they could not be foreseen."""
        return self.code in BARS

    @property
    def whom(self) -> tuple[int, ...]:
        """The claimants concerned, by number."""
        return tuple(sorted({detail.number for detail in self.details}))

    @property
    def titles(self) -> tuple[str, ...]:
        """The heads concerned, each title once."""
        return tuple(dict.fromkeys(detail.head for detail in self.details))


@dataclass(frozen=True)
class CapPleaded:
    """The cap under one contract, in euros: an amount, or so many `months` (0: an amount) of the monthly fees."""

    terms: str
    months: int
    monthly_fees: Decimal
    amount: Decimal
    exhibits: tuple[ExhibitSaid, ...]


@dataclass(frozen=True)
class HeadAnswered:
    """One head as it is answered: what is asked, and what it cannot exceed on what is produced."""

    title: str
    claimed: Decimal
    most: Decimal
    restitution: bool


@dataclass(frozen=True)
class ClaimantAnswered:
    """One claimant as it is answered, sums in euros: `cap` is that of all its contracts, None where none is pleaded.

    `most`: what it cannot ask beyond on what is produced, what it received taken off.
    """

    number: int
    party: PartySaid
    contracts: tuple[ContractPleaded, ...]
    heads: tuple[HeadAnswered, ...]
    claimed: Decimal
    received: Decimal
    due: Decimal
    caps: tuple[CapPleaded, ...]
    cap: Decimal | None
    most: Decimal


def sections_of(matter: Matter, issues: Collection[str], most: int) -> tuple[SectionPleaded, ...]:
    """Return the issues on which the respondent has a whole plea: nothing that it must prove is pleaded in part.

    A plea of force majeure that argues three conditions of four would only show the fourth.
    """
    return tuple(section for section in discussion(matter, tuple(issues), most)
                 if section.whole and (not section.ours or any(issue.arguments for issue in section.issues)))


def among(sections: Iterable[SectionPleaded], issues: Collection[str]) -> tuple[SectionPleaded, ...]:
    """Return the sections on some issues (or on a composite of them)."""
    return tuple(one for one in sections if {one.id, *(issue.id for issue in one.issues)} & set(issues))


def argued(sections: Iterable[SectionPleaded], issue: str) -> Callable[[int], bool]:
    """Return whether our side argues an issue of its own motion for the claimant of a number."""
    found = [one for section in sections for one in section.issues if one.id == issue]
    return lambda number: any(_reaches(one, number) for one in found)


def _reaches(issue: IssuePleaded, number: int) -> bool:
    return any(not argument.whom or number in argument.whom for argument in issue.arguments)


def claimants_answered(matter: Matter, sections: Sequence[SectionPleaded], needs: Collection[str]
                       ) -> tuple[ClaimantAnswered, ...]:
    """Return the claimants of the act, numbered from 1, each with its caps and heads as they are answered."""
    barred, capped = _barred(sections), argued(sections, "liability_cap")
    return tuple(_claimant(matter, at, loss, needs, capped, barred) for at, loss in enumerate(matter.losses))


def _barred(sections: Sequence[SectionPleaded]) -> Callable[[int, HeadLoss], str]:
    """Return why a head of a claimant is not due at all: `excluded` by the contract, `unforeseeable`, or empty."""
    excluded, unforeseeable = argued(sections, "heads_excluded"), argued(sections, "foreseeable_loss")

    def reason(number: int, head: HeadLoss) -> str:
        if not head.consequential or head.head.kind == "restitution":
            return ""
        return "excluded" if excluded(number) else "unforeseeable" if unforeseeable(number) else ""

    return reason


def _claimant(matter: Matter, at: int, loss: ClaimantLoss, needs: Collection[str], capped: Callable[[int], bool],
              barred: Callable[[int, HeadLoss], str]) -> ClaimantAnswered:
    number, day = at + 1, matter.case.as_of
    heads = tuple(HeadAnswered(head.title.in_language(matter.language), head.claimed,
                               NOTHING if barred(number, head) else head.documented,
                               head.head.kind == "restitution") for head in loss.heads)
    contracts = contracts_pleaded(matter, loss)
    caps = tuple(_caps(matter, loss)) if capped(number) else ()
    received, due = loss.received(day), loss.due(day)
    shown = sum((head.most for head in heads), NOTHING)
    return ClaimantAnswered(number, claimant_said(matter, at, needs), contracts, heads, loss.claimed, received, due,
                            caps, loss.cap if caps else None, min(due, max(shown - received, NOTHING)))


def _caps(matter: Matter, loss: ClaimantLoss) -> Iterator[CapPleaded]:
    for contract in loss.claimant.agreements:
        terms, amount = matter.case.terms_of(contract), matter.case.cap_of(contract)
        if terms.cap is not None and amount is not None:
            yield CapPleaded(matter.title_of(contract), terms.cap.months_of_fees or 0, contract.monthly_fees, amount,
                             pinned(matter, CAP, terms_exhibits(matter, contract), matter.claims))


def reasons(matter: Matter, sections: Sequence[SectionPleaded]) -> tuple[ReasonPleaded, ...]:
    """Return the reasons against the heads of loss: of law first, then the proof, then what counts twice."""
    barred, found = _barred(sections), dict[str, list[tuple[DetailPleaded, HeadLoss | None]]]()
    for number, loss in enumerate(matter.losses, start=1):
        for head in loss.heads:
            for code, amount in _of_head(head, barred(number, head)):
                detail = DetailPleaded(number, head.title.in_language(matter.language), amount=amount)
                found.setdefault(code, []).append((detail, head))
        for objection in objections_to(matter.case, loss, matter.assessment.worlds):
            if objection.code in PLEADED and objection.values.get("month") != objection.values.get("to", ""):
                found.setdefault(objection.code, []).append((_detail(matter, number, objection), None))
    order = (*BARS, "no_proof", "part_proved", *dict.fromkeys(BY_KIND.values()), "fees_saved",
             *PLEADED)
    return tuple(ReasonPleaded(code, tuple(dict.fromkeys(detail for detail, _ in found[code])),
                               _texts(matter, sections, code, [head for _, head in found[code] if head is not None]))
                 for code in order if code in found)


def _of_head(head: HeadLoss, barred: str) -> Iterator[tuple[str, Decimal | None]]:
    """Yield the codes of the reasons against one head, each with the sum that is shown, where it says one."""
    if barred:
        yield barred, None
    if head.claimed and not head.documented:
        yield "no_proof", None
    elif head.documented < head.claimed:
        yield "part_proved", head.documented
    if head.head.kind in BY_KIND:
        yield BY_KIND[head.head.kind], None
    if isinstance(head.head, Rehosting) and not head.head.fees_saved:
        yield "fees_saved", None


def _detail(matter: Matter, number: int, objection: Objection) -> DetailPleaded:
    said = objection.values

    def text(name: str) -> str:
        value = said.get(name, "")
        return value.in_language(matter.language) if isinstance(value, Bilingual) else str(value)

    return DetailPleaded(number, text("head"), text("other"), None, text("month"), text("to"))


def _texts(matter: Matter, sections: Sequence[SectionPleaded], code: str, heads: Sequence[HeadLoss]
           ) -> tuple[SourceSaid, ...]:
    """Return the texts of a reason: those of the plea that bars the head, else those on such heads of loss.

    Decisions on a head are left out: most of them grant it.
    """
    issue = {"excluded": "heads_excluded", "unforeseeable": "foreseeable_loss"}.get(code)
    if issue is not None:
        return next((one.sources for one in sections if one.id == issue), ())
    kinds = [head.kind for head in heads] or [head.kind for loss in matter.losses for head in loss.heads]
    named = dict.fromkeys(source for kind in kinds for source in kind.sources)
    return tuple(one for one in matter.sources(tuple(named)) if one.statute)[:2]
