"""What knowing a fact is worth to each side, and what each piece of evidence that can be had is worth beyond its price.

Three measures, never mixed: what knowing a fact is worth to a *decision* (see `information`), by how much the fact
*moves* what going to court is worth, and what it would bring our side to *prove* it rather than leave it contested or
unknown. For a contested fact the worlds are those of the case with the draw of this fact alone held at each value; an
unknown fact is stated at each value on the same draws, each with the chance that the case expects, else all alike. Both
are then found so by every court that hears the case.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from vismajor.case.proceedings import Inquiry
from vismajor.damages.money import NOTHING, euros
from vismajor.law.conditions import fact_of
from vismajor.law.models import Declaration
from vismajor.reading.scalars import Status
from vismajor.reasoning.assessment import CONTESTED, Progress
from vismajor.reasoning.doubts import ChanceFrom, Doubt, Strand, doubts_of, strands_of
from vismajor.reasoning.inquiry import SMALLEST_CHANGE
from vismajor.settlement.choices import Choices, choices_of
from vismajor.settlement.studies import SIDES, Side, Studies, Study, Worth
from vismajor.settlement.suit import prospects_of
from vismajor.settlement.supposed_suit import SupposedSuit
from vismajor.settlement.valuation import Valuation

WORLDS = 2_000  # of each supposition: differences on the same draws need few
MOST_SUPPOSED = 32  # ways of finding the facts of one inquiry that are gone through together
MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class FoundSo:
    """A value that a fact may have for all for whom it is open: its chance, and what going to court brings then.

    `claimants`: what it brings them; `respondent`: what it costs it, in euros. `liable`, `excused`, `capped`:
    the mean, over the claimants, of the chances that they are awarded something, that the respondent is excused, and
    that the cap applies.
    """

    value: object
    chance: float
    claimants: Decimal
    respondent: Decimal
    liable: float
    excused: float
    capped: float


@dataclass(frozen=True)
class FactWorth:
    """What knowing a fact is worth to each side.

    `status` is None where it is unknown; `claimants` are those on whose claims it bears.

    `found` has an entry a value; `best` is the one that suits our side, and `proving` what it brings us to have it so
    found rather than contested or unknown; `by_claimant`: for each claimant, by value, how far
    what going to court leaves it is moved from where the fact stands now, in euros; `moves_each`: the mean of that
    distance; `inquiries`: the ids of those that bear on it.
    """

    name: str
    declaration: Declaration
    status: Status | None
    chance_from: ChanceFrom
    claimants: tuple[str, ...]
    found: tuple[FoundSo, ...]
    worth: Mapping[Side, Worth]
    best: object
    proving: Decimal
    swing: Mapping[Side, Decimal]
    swing_error: Decimal
    by_claimant: Mapping[str, Mapping[object, Decimal]]
    moves_each: Mapping[str, Decimal]
    inquiries: tuple[str, ...]

    @property
    def fact(self) -> str:
        """The fact as the pack declares it, whatever the duty or the item for which it is asked."""
        return fact_of(self.name.partition("@")[0])


@dataclass(frozen=True)
class InquiryWorth:
    """What a piece of evidence is worth: if it told everything (`perfect`), and at its reliability (`sample`).

    Its price counts whole, whoever bears it. `delay`: what the months until it is there cost our side; `net`: what it
    is worth to our decision, less price and delay. `producing`: what it brings our side to lay it before the court
    where it serves, and keep it where it does not, before the price. `without_bearing` and `left_aside`: those of its
    facts that move nothing, and those that move too little to be gone through with the rest.
    """

    inquiry: Inquiry
    perfect: Mapping[Side, Worth]
    sample: Mapping[Side, Worth]
    delay: Decimal
    net: Decimal
    producing: Decimal
    without_bearing: tuple[str, ...]
    left_aside: tuple[str, ...]

    @property
    def as_proof(self) -> Decimal:
        """What producing it brings our side beyond its price and the delay, in euros."""
        return self.producing - self.inquiry.price - self.delay

    @property
    def per_euro(self) -> float:
        """By how many euros it moves what going to court is worth, for each euro of its price."""
        moves = float(self.sample["claimants"].moves)
        return moves / float(self.inquiry.price) if self.inquiry.price else math.inf if moves else 0.0


@dataclass(frozen=True)
class Evidence:
    """Facts and inquiries, what is worth most first; `idle`: how many facts were tried that move nothing.

    Every fact was supposed found on the first `worlds` worlds; the value of going to court rests on all of them.
    """

    valuation: Valuation
    choices: Choices
    facts: tuple[FactWorth, ...]
    inquiries: tuple[InquiryWorth, ...]
    idle: int
    worlds: int

    @property
    def ours(self) -> Side:
        """The side that the case is argued for."""
        return self.valuation.assessment.case.file.acting_for


def evidence_of(valuation: Valuation, claimant: str | None = None, offer: Decimal | None = None,
                progress: Progress | None = None) -> Evidence:
    """Return what knowing each contested or unknown fact is worth, and each inquiry that the case lists.

    `claimant`: for this one alone; `offer`: a sum for all claimants looked at, in euros, instead of the offers made.
    """
    prospects = prospects_of(valuation)
    choices = choices_of(valuation, prospects, claimant, offer)
    doubts = doubts_of(valuation.assessment)
    suit = SupposedSuit(valuation, doubts, min(valuation.assessment.worlds.count, WORLDS))
    strands = [strand for strand in strands_of(doubts.by_key.values())
               if any(strand.of(name) for name in choices.members)]
    weighing = _Weighing(valuation, Studies(suit, prospects, choices), strands)
    return weighing.evidence(progress or (lambda _: None))


class _Weighing:
    """The facts and inquiries of one case, weighed one after the other."""

    def __init__(self, valuation: Valuation, studies: Studies, strands: Sequence[Strand]) -> None:
        self.valuation, self.studies = valuation, studies
        self.case, self.ours = valuation.assessment.case, valuation.assessment.case.file.acting_for
        self.named: dict[tuple[str, bool], list[Strand]] = {}
        for strand in strands:
            self.named.setdefault((strand.name, strand.unknown), []).append(strand)
        self.change = {id(strand): max(studies.suit.change(strand.found(value)) for value in strand.values)
                       for strand in strands}

    def evidence(self, progress: Progress) -> Evidence:
        """Return all, what is worth most first."""
        bearing = {at: self._bearing(strands) for at, strands in self.named.items()
                   if any(doubt.status in (None, *CONTESTED) for strand in strands for doubt in strand.doubts)}
        sets = [strands for strands in bearing.values() if strands]
        facts = []
        for strands, study in zip(sets, self.studies.of_each(_together(one) for one in sets), strict=True):
            facts.append(self._fact(strands, study))
            progress(strands[0].name)
        asked = [self._bearing(self._asked(one)) for one in self.case.file.evidence]
        inquiries = []
        for one, strands, study in zip(self.case.file.evidence, asked, self.studies.of_each(map(_together, asked)),
                                       strict=True):
            inquiries.append(self._inquiry(one, strands, study))
            progress(one.id)
        facts.sort(key=lambda fact: (-fact.worth[self.ours].decision, -fact.swing[self.ours], fact.name))
        inquiries.sort(key=lambda one: (-max(one.net, NOTHING), -one.per_euro, one.inquiry.id))
        return Evidence(self.valuation, self.studies.choices, tuple(facts), tuple(inquiries),
                        len(bearing) - len(facts), self.studies.suit.worlds.count)

    def _asked(self, inquiry: Inquiry) -> list[Strand]:
        return [strand for strands in self.named.values() for strand in strands
                if strand.doubts[0].fact in inquiry.facts]

    def _bearing(self, strands: Iterable[Strand]) -> list[Strand]:
        """Return those that move an answer, what moves most first."""
        found = [strand for strand in strands if self.change[id(strand)] >= SMALLEST_CHANGE]
        return sorted(found, key=lambda strand: -self.change[id(strand)])

    def _fact(self, strands: Sequence[Strand], study: Study) -> FactWorth:
        first = strands[0].doubts[0]
        doubts = [doubt for strand in strands for doubt in strand.doubts]
        values = dict.fromkeys(value for strand in strands for value in strand.values)
        found = tuple(self._found(study, doubts, value) for value in values)
        concerned = tuple(name for name in self.studies.choices.members if any(strand.of(name) for strand in strands))
        best, gain = study.proving(self.ours)
        return FactWorth(
            name=first.name, declaration=self.valuation.assessment.law.vocabulary.facts[first.fact],
            status=first.status, chance_from=first.chance_from, claimants=concerned, found=found,
            worth={side: study.worth(side, 1.0) for side in SIDES}, best=best, proving=euros(gain),
            swing={"claimants": _spread([one.claimants for one in found]),
                   "respondent": _spread([one.respondent for one in found])},
            swing_error=euros(study.swing_error(self.ours)),
            by_claimant={name: {value: euros(study.moved(name, value)) for value in values} for name in concerned},
            moves_each={name: euros(study.moves(name)) for name in concerned},
            inquiries=tuple(one.id for one in self.case.file.evidence if first.fact in one.facts))

    def _found(self, study: Study, doubts: Sequence[Doubt], value: object) -> FoundSo:
        prospect = study.found(value)
        members = [name for name in self.studies.choices.members if any(name in doubt.claimants for doubt in doubts)]
        chances = [doubt.chances[doubt.values.index(value)] if value in doubt.values else 0.0
                   for doubt in doubts for _ in doubt.claimants]
        return FoundSo(value, math.fsum(chances) / len(chances), euros(study.total("claimants", prospect)),
                       euros(study.total("respondent", prospect)),
                       *(float(np.mean([told[name].mean() for name in members]))
                         for told in (prospect.liable, prospect.excused, prospect.capped)))

    def _inquiry(self, inquiry: Inquiry, bearing: Sequence[Strand], study: Study) -> InquiryWorth:
        sample = {side: study.worth(side, inquiry.reliability) for side in SIDES}
        # Who is to be paid waits for all of it; who is to pay only for what it gains by knowing.
        waits = study.best("claimants", inquiry.reliability) if self.ours == "claimants" else float(
            sample[self.ours].decision)
        delay = euros(waits * (1 - self._kept(inquiry)))
        named = {strand.doubts[0].fact for strand in bearing}
        return InquiryWorth(
            inquiry, {side: study.worth(side, 1.0) for side in SIDES}, sample, delay,
            sample[self.ours].decision - delay - inquiry.price, euros(study.producing(self.ours, inquiry.reliability)),
            tuple(name for name in inquiry.facts if name not in named),
            tuple(dict.fromkeys(strand.name for strand in bearing if strand not in study.strands)))

    def _kept(self, inquiry: Inquiry) -> float:
        """Return what a euro is worth that comes later by the months until the evidence is there."""
        proceedings = self.case.file.proceedings
        rate = float(getattr(proceedings.discount_rate, self.ours)) if proceedings else 0.0
        return float((1 + rate) ** (-float(inquiry.months) / MONTHS_OF_YEAR))


def _together(strands: Sequence[Strand]) -> tuple[Strand, ...]:
    """Return as many of the strands, what moves most first, as can be gone through together."""
    taken: list[Strand] = []
    for strand in strands:
        if math.prod(len(one.values) for one in (*taken, strand)) <= MOST_SUPPOSED:
            taken.append(strand)
    return tuple(taken)


def _spread(amounts: Sequence[Decimal]) -> Decimal:
    return max(amounts) - min(amounts)
