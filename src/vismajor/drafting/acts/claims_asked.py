"""What each claimant asks the court for, as principal and in the alternative, to the cent.

Damages and what is to be given back are asked apart: no cap limits the latter, and it is due whether the
non-performance is excused or not. In the alternative: heads pleaded so as a chance lost; damages within the cap of the
contract.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from vismajor.damages.accessories import interest_of
from vismajor.damages.heads import ClaimantLoss, HeadLoss
from vismajor.damages.money import NOTHING
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.claims_said import claimants_pleaded
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.naming import Naming
from vismajor.drafting.acts.outgoing import ClaimantPleaded, ExhibitSaid, SourceSaid
from vismajor.drafting.acts.parties_said import COMPANY, PERSON
from vismajor.drafting.acts.register import in_ranges
from vismajor.drafting.acts.sides import sides, views_of
from vismajor.drafting.hearing import grounds
from vismajor.drafting.words import words

# Kinds of loss whose principle rests on decisions. Those on the others grant less than is asked, or apply a cap.
RESTS_ON_DECISIONS = frozenset({"staff_hours", "lost_margin", "lost_chance", "image", "claimed_loss"})


@dataclass(frozen=True)
class ClaimantAsked:
    """One claimant before the court, sums in euros.

    `damages` and `restitution` make up `claim.due`. `chance`: the damages where the heads pleaded so count as a chance
    lost, None where none is; `excluded`: those that a clause on loss of business would leave, None where the other side
    has none to plead; `capped`: the damages within the cap, None where no cap would lower them. `costs`: what is
    asked under CPC 700.
    """

    claim: ClaimantPleaded
    damages: Decimal
    restitution: Decimal
    chance: Decimal | None
    excluded: Decimal | None
    capped: Decimal | None
    costs: Decimal | Blank


@dataclass(frozen=True)
class LossAsked:
    """One kind of loss: its kind (an id of the law pack), title, duties, claimants (empty: all), exhibits, sources."""

    kind: str
    title: str
    duties: tuple[str, ...]
    those: str
    exhibits: tuple[ExhibitSaid, ...]
    sources: tuple[SourceSaid, ...]


@dataclass(frozen=True)
class InterestFrom:
    """The day from which interest is asked, that of the notice, and for which claimants (`those`; empty: all).

    `exhibits` prove the notice; `unproved` stands where none does.
    """

    day: dt.date
    those: str
    exhibits: tuple[ExhibitSaid, ...]
    unproved: Blank | None


def claimants_asked(matter: Matter) -> tuple[ClaimantAsked, ...]:
    """Return the claimants of the act with all that CPC 54 says of them, and what each asks for."""
    pleaded = claimants_pleaded(matter, COMPANY + PERSON)
    return tuple(_claimant(matter, loss, claim) for loss, claim in zip(matter.losses, pleaded, strict=True))


def _claimant(matter: Matter, loss: ClaimantLoss, claim: ClaimantPleaded) -> ClaimantAsked:
    day, file = matter.case.as_of, matter.case.file
    restitution = min(loss.restitution, claim.due)
    claim = replace(claim, heads=tuple(replace(said, title=_title(matter, head))
                                       for said, head in zip(claim.heads, loss.heads, strict=True)))
    chance = None
    if claim.alternative is not None:
        reduced = _as_chances(loss)
        due = reduced.due(day)
        chance = due - min(reduced.restitution, due)
    excluded = _without_business(matter, loss)
    within = loss.due_within_caps(day)
    capped = within - min(loss.restitution, within)
    costs = loss.claimant.costs or file.costs
    path = f"claimants.{matter.position(loss.claimant)}.costs" if loss.claimant.costs else "costs"
    asked = costs.irrecoverable.asked if costs and costs.irrecoverable else None
    damages = claim.due - restitution
    return ClaimantAsked(claim, damages, restitution, chance,
                         excluded if excluded is not None and NOTHING < excluded < damages else None,
                         capped if capped < damages else None,
                         matter.blank("costs_asked", f"{path}.irrecoverable") if asked is None else asked)


def _without_business(matter: Matter, loss: ClaimantLoss) -> Decimal | None:
    """Return the damages that a clause which excludes loss of business leaves, None where no such clause is pleaded."""
    issue = matter.law.issues.get("heads_excluded")
    if issue is None or issue.id not in matter.assessment.views:
        return None
    _, theirs = sides(matter, issue, views_of(matter, issue))
    reached = {claim for one in theirs if all(ground.as_stated for ground in grounds(one.argument))
               for claim in one.claims}
    heads = tuple(head for head in loss.heads if not (head.consequential and head.claim in reached))
    due = replace(loss, heads=heads).due(matter.case.as_of)
    return due - min(loss.restitution, due)


def _as_chances(loss: ClaimantLoss) -> ClaimantLoss:
    """Return a loss in which each head that counsel pleads so counts as a chance lost."""
    return replace(loss, heads=tuple(_as_chance(head) for head in loss.heads))


def _as_chance(head: HeadLoss) -> HeadLoss:
    chance = head.as_a_chance
    if head.head.chance is None or chance is None:  # never the pack's own prior
        return head
    return replace(head, measure=replace(head.measure, claimed=chance))


def losses_asked(matter: Matter, naming: Naming) -> tuple[LossAsked, ...]:
    """Return the kinds of loss that are claimed, in order of first use, each with its claimants and exhibits."""
    gathered: dict[tuple[str, str], list[tuple[int, HeadLoss]]] = {}
    for number, loss in enumerate(matter.losses, start=1):
        for head in loss.heads:
            title = _title(matter, head)
            gathered.setdefault((head.head.kind, title), []).append((number, head))
    return tuple(_loss(matter, naming, kind, title, found) for (kind, title), found in gathered.items())


def _loss(matter: Matter, naming: Naming, kind: str, title: str, found: Sequence[tuple[int, HeadLoss]]) -> LossAsked:
    heads = [head for _, head in found]
    named = matter.law.vocabulary.duties
    duties = dict.fromkeys(duty for head in heads for duty in head.head.duties)
    return LossAsked(
        kind, title, tuple(named[duty].title.in_language(matter.language) for duty in duties),
        those(matter, naming, [number for number, _ in found]),
        matter.exhibits(exhibit for head in heads for exhibit in head.head.exhibits),
        tuple(one for one in matter.sources(heads[0].kind.sources) if one.statute or kind in RESTS_ON_DECISIONS))


def _title(matter: Matter, head: HeadLoss) -> str:
    """Return what a head is called; an advantage asked for whole is not called a chance, which is never the whole."""
    if head.head.kind == "lost_chance":
        return words(matter.language)["court_advantage"]
    return head.title.in_language(matter.language)


def those(matter: Matter, naming: Naming, numbers: Collection[int]) -> str:
    """Return how some claimants are called by their numbers; empty where they are all those of the act."""
    whom = tuple(sorted(set(numbers)))
    return "" if len(whom) == len(matter.losses) else naming.numbered(whom, in_ranges(whom, matter.language))


def interest_from(matter: Matter, naming: Naming) -> tuple[InterestFrom, ...]:
    """Return from which day each claimant asks interest, those of one day together; nothing where none is asked."""
    days: dict[dt.date, list[int]] = {}
    exhibits: dict[dt.date, list[str]] = {}
    paths: dict[dt.date, str] = {}
    for number, loss in enumerate(matter.losses, start=1):
        asked = interest_of(matter.case, loss.claimant)
        if asked is not None:
            days.setdefault(asked.notice, []).append(number)
            exhibits.setdefault(asked.notice, []).extend(asked.exhibits)
            own = f"claimants.{matter.position(loss.claimant)}.interest" if loss.claimant.interest else "interest"
            paths.setdefault(asked.notice, f"{own}.exhibits")
    return tuple(InterestFrom(
        day, those(matter, naming, numbers), matter.exhibits(exhibits[day]),
        None if matter.exhibits(exhibits[day]) else matter.blank("notice_proof", paths[day]))
        for day, numbers in sorted(days.items()))


def total(sums: Collection[Decimal]) -> Decimal:
    """Return several sums together, in euros."""
    return sum(sums, NOTHING)
