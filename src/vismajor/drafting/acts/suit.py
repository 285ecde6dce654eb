"""A suit before the commercial court as the claimants' acts tell it: parties, facts, discussion, claims.

The writ counts as pleadings (CPC 56): both acts say the same facts, grounds and claims, and ask in the operative part
for neither more nor less than they discuss.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vismajor.case.costs import CostsClaim
from vismajor.drafting import typography
from vismajor.drafting.acts.arguments import discussion
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.claims_asked import (
    ClaimantAsked,
    InterestFrom,
    LossAsked,
    claimants_asked,
    interest_from,
    losses_asked,
    those,
    total,
)
from vismajor.drafting.acts.clauses import CAP, pinned
from vismajor.drafting.acts.dispute_said import offers_told, steps_told
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.naming import Naming, naming_of
from vismajor.drafting.acts.opening import Opening, opening_of
from vismajor.drafting.acts.outgoing import (
    CounselSaid,
    CourtSaid,
    ExhibitSaid,
    OfferSaid,
    PartySaid,
    SectionPleaded,
    SourceSaid,
    ToldSaid,
)
from vismajor.drafting.acts.parties_said import counsel_said, court_said, respondent_said
from vismajor.drafting.acts.suit_texts import SuitTexts, suit_texts
from vismajor.drafting.words import words

# All that the claimants argue on the merits; what the discussion has nothing on is left out. The claimant's own fault
# is not raised before the other side does. Formal notice has words of its own: the act itself is one.
MERITS = ("terms_bind", "obligation_kind", "breach", "causation", "control", "unforeseeable", "unavoidable",
          "prevented", "control_regime", "force_majeure_clause", "gross_fault")
TERMS = ("terms_bind", "liability_cap", "heads_excluded")
EXCUSES = ("force_majeure", "force_majeure_clause")
CLAUSES = ("force_majeure_clause", "liability_cap", "heads_excluded")
NOT_WRITTEN = ("cc-1170", "cc-1171", "cc-1171-2016")  # the texts by which a clause is deemed not written
LAST_BAILIFFS = dt.date(2022, 7, 1)  # from then on, commissaires de justice (ordinance no. 2016-728)
RESPONDENT_NEEDS = ("form", "seat", "registration", "domicile")


@dataclass(frozen=True)
class BreachAsked:
    """Duties whose breach is to be held, and towards which claimants (`those`: how they are called; empty: all)."""

    duties: tuple[str, ...]
    those: str


@dataclass(frozen=True)
class Suit:
    """Everything that the writ and the pleadings of the claimants have in common; sums in euros.

    `discussion` are the grounds, `fresh` those not argued before, which stand apart (CPC 446-2-1). `excused`: the
    excuses that the discussion refutes (`force_majeure`, `force_majeure_clause`); `struck`: the terms that it sets
    aside (`terms_bind`, `liability_cap`, `heads_excluded`); `gross` where gross fault is argued. `chance_of`,
    `capped_of`: the claimants who plead a chance, or the cap, in the alternative (empty: all); `excluded`, the damages
    that a clause on loss of business would leave, `excluded_of` those who plead it. `contribution`: one was paid to
    file. `breaches`: the duties broken, by claimants; `unargued`: a blank for each claimant whose heads rest on duties
    of which no breach is argued for it, `unlinked` where no link of cause is. `unwritten`: the clauses that the texts
    `unwritten_by` deem not written, as the discussion has it.
    """

    court: CourtSaid
    claimants: tuple[ClaimantAsked, ...]
    feminine: bool
    counsel: CounselSaid
    respondent: PartySaid
    incident: str
    incident_date: dt.date
    account: tuple[ToldSaid, ...]
    steps: tuple[ToldSaid, ...]
    offers: tuple[OfferSaid, ...]
    discussion: tuple[SectionPleaded, ...]
    fresh: tuple[SectionPleaded, ...]
    excused: tuple[str, ...]
    struck: tuple[str, ...]
    gross: bool
    breaches: tuple[BreachAsked, ...]
    unargued: tuple[Blank, ...]
    unlinked: tuple[Blank, ...]
    opening: Opening
    unwritten: tuple[str, ...]
    unwritten_by: tuple[SourceSaid, ...]
    losses: tuple[LossAsked, ...]
    damages: Decimal
    restitution: Decimal
    chance: Decimal
    chance_of: str
    excluded: Decimal
    excluded_of: str
    capped: Decimal
    capped_of: str
    capped_exhibits: tuple[ExhibitSaid, ...]
    interest: tuple[InterestFrom, ...]
    contribution: bool
    expert: bool
    texts: SuitTexts

    @property
    def one(self) -> bool:
        """Whether there is one claimant."""
        return len(self.claimants) == 1

    @property
    def namesakes(self) -> bool:
        """Whether two claimants bear one name: they are then told apart by their numbers."""
        names = [one.claim.party.name.strip().casefold() for one in self.claimants]
        return len(set(names)) < len(names)

    @property
    def alternatives(self) -> tuple[str, ...]:
        """What is asked in the alternative, in the order of the act: with the cap applied nobody needs an expert."""
        asked = {"chance": bool(self.chance), "excluded": bool(self.excluded), "expert": self.expert,
                 "capped": bool(self.capped)}
        return tuple(name for name, given in asked.items() if given)

    @property
    def cap_bites(self) -> Decimal:
        """The damages of those whose contracts have a cap, without it."""
        return total([one.damages for one in self.claimants if one.capped is not None])

    @property
    def due(self) -> Decimal:
        """What is asked for as principal, damages and what is to be given back."""
        return self.damages + self.restitution

    @property
    def received(self) -> bool:
        """Whether something was already paid on account."""
        return any(one.claim.received for one in self.claimants)


def suit_of(matter: Matter, further: Sequence[str] = (), fresh: Sequence[str] = (),
            bars: Sequence[SectionPleaded] = (), raised: Collection[str] = ()) -> Suit:
    """Build what the two acts share: `further` issues are argued beside the merits, the `fresh` ones stand apart.

    `bars` is what the act says beside, on exceptions and bars that were `raised`: its texts are among those that the
    court has seen.
    """
    opening = opening_of(matter, raised)
    file, naming, claimants = matter.case.file, naming_of(matter, "court"), claimants_asked(matter)
    wanted = [*MERITS, *_of_claims(matter), *further]
    argued = discussion(matter, [issue for issue in wanted if issue not in fresh])
    new = discussion(matter, [issue for issue in wanted if issue in fresh])
    sections, losses, incident = (*argued, *new), losses_asked(matter, naming), file.incident
    issues = {one.id for one in sections} | {issue.id for one in sections for issue in one.issues}
    capped = {one.claim.number: one.capped for one in claimants if one.capped is not None}
    excluded = {one.claim.number: one.excluded for one in claimants if one.excluded is not None}
    chances = {one.claim.number: one.chance for one in claimants if one.chance is not None}
    return Suit(
        court=court_said(matter), claimants=claimants,
        feminine=all(one.claim.party.feminine for one in claimants), counsel=counsel_said(matter),
        respondent=respondent_said(matter, RESPONDENT_NEEDS), incident=incident.title.in_language(matter.language),
        incident_date=incident.date, account=matter.account(), steps=steps_told(matter),
        offers=offers_told(matter), discussion=argued, fresh=new,
        excused=tuple(name for name in EXCUSES if name in issues),
        struck=tuple(name for name in TERMS if name in issues),
        gross=any(issue.id == "gross_fault" and issue.arguments for one in sections for issue in one.issues),
        breaches=tuple(_breaches(matter, naming)), unargued=unargued(matter, sections),
        unlinked=tuple(_unargued(matter, sections, "causation")), opening=opening,
        unwritten=tuple(one.id for one in sections if one.id in CLAUSES and _not_written(one)),
        unwritten_by=tuple(dict.fromkeys(source for one in sections if one.id in CLAUSES
                                         for source in _not_written(one))),
        losses=losses, damages=total([one.damages for one in claimants]),
        restitution=total([one.restitution for one in claimants]), chance=total(chances.values()),
        chance_of=those(matter, naming, chances), excluded=total(excluded.values()),
        excluded_of=those(matter, naming, excluded), capped=total(capped.values()),
        capped_of=those(matter, naming, capped), capped_exhibits=_terms_of(matter, claimants),
        interest=interest_from(matter, naming), contribution=any(map(_pays_to_file, _costs(matter))),
        expert=file.acts.pleadings.expert, texts=suit_texts(
            matter, (*opening.jurisdiction, *bars, *sections), losses, bool(capped or excluded),
            (*opening.in_time, *matter.sources(opening.texts))))


def _owed(matter: Matter) -> dict[int, tuple[str, ...]]:
    """Return, by claimant, the duties on whose breach its heads of damages rest, in the words of the act."""
    duties = matter.law.vocabulary.duties
    return {number: tuple(dict.fromkeys(
        duties[duty].title.in_language(matter.language) for head in loss.heads if head.head.kind != "restitution"
        for duty in head.head.duties)) for number, loss in enumerate(matter.losses, start=1)}


def _breaches(matter: Matter, naming: Naming) -> Iterator[BreachAsked]:
    """Yield the duties broken towards the same claimants together, in the order in which they are met."""
    by_duty: dict[str, list[int]] = {}
    for number, duties in _owed(matter).items():
        for duty in duties:
            by_duty.setdefault(duty, []).append(number)
    together: dict[tuple[int, ...], list[str]] = {}
    for duty, numbers in by_duty.items():
        together.setdefault(tuple(numbers), []).append(duty)
    for whom, broken in together.items():
        yield BreachAsked(tuple(broken), those(matter, naming, whom))


def unargued(matter: Matter, sections: Sequence[SectionPleaded]) -> tuple[Blank, ...]:
    """Return what counsel must still write: a ground of breach for claimants whose heads rest on none."""
    return tuple(_unargued(matter, sections, "breach"))


def _unargued(matter: Matter, sections: Sequence[SectionPleaded], about: str) -> Iterator[Blank]:
    arguments = [one for section in sections for issue in section.issues if issue.id == about
                 for one in issue.arguments]
    for number, duties in _owed(matter).items():
        lacking = [duty for duty in duties if not any(
            (not one.duties or duty in one.duties) and (not one.whom or number in one.whom) for one in arguments)]
        if lacking:
            claimant = matter.losses[number - 1].claimant
            yield Blank(words(matter.language)[f"blank_{about}_ground"].format(
                name=claimant.name, duties=typography.listing(lacking, matter.language)),
                f"claimants.{matter.position(claimant)}.facts")


def _not_written(section: SectionPleaded) -> tuple[SourceSaid, ...]:
    """Return the texts by which the discussion holds a clause to be deemed not written."""
    return tuple(dict.fromkeys(source for issue in section.issues for argument in issue.arguments
                               for source in argument.sources if source.id in NOT_WRITTEN))


def _terms_of(matter: Matter, claimants: Sequence[ClaimantAsked]) -> tuple[ExhibitSaid, ...]:
    """Return the exhibits that hold the terms with a cap, each once, with the number of its clause."""
    contracts = [contract for one in claimants if one.capped is not None for contract in one.claim.contracts]
    exhibits = dict.fromkeys(exhibit for contract in contracts for exhibit in contract.terms_exhibits)
    return pinned(matter, CAP, exhibits, matter.claims)


def _costs(matter: Matter) -> Iterator[CostsClaim]:
    for loss in matter.losses:
        costs = loss.claimant.costs or matter.case.file.costs
        if costs is not None:
            yield costs


def _pays_to_file(costs: CostsClaim) -> bool:
    return costs.taxable.contribution > 0


def _of_claims(matter: Matter) -> Iterator[str]:
    """Yield the issues that only some claims raise: what is given back, lost business, a cap."""
    heads = [head for loss in matter.losses for head in loss.heads]
    if any(head.head.kind == "restitution" for head in heads):
        yield "restitution"
    if any(head.consequential for head in heads):
        yield from ("foreseeable_loss", "heads_excluded")
    if any(cap is not None for loss in matter.losses for cap in loss.caps.values()):
        yield "liability_cap"
