"""A negotiation as it stands: both sides' values, each offer placed between them, then and now, and the next move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from vismajor.case.models import Case
from vismajor.case.offers import Offer
from vismajor.damages.money import euros
from vismajor.drafting.negotiation_said import aims_of
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput, nearest, problem
from vismajor.reasoning.assessment import Progress
from vismajor.settlement.advice import Advice, Place, advise, concerned, placed
from vismajor.settlement.bargaining import Bargain
from vismajor.settlement.negotiation import Negotiation, negotiation
from vismajor.settlement.proposal import Aims, Proposal, propose
from vismajor.settlement.valuation import TRIED, Valuation, among, value_case
from vismajor.workbench import assess, bargain, value, vary_case


@dataclass(frozen=True)
class Zone:
    """What an offer is placed in, as it was known on a day, between the respondent and those whom it concerns."""

    day: dt.date
    bargain: Bargain
    place: Place


@dataclass(frozen=True)
class OfferPlaced:
    """An offer, what it is worth to those whom it concerns together and what it costs, in euros.

    `now` and `then`: where it lies by what is known today, and by what was known on its day (None where that is today,
    and where the case does not say what the suit costs).
    """

    offer: Offer
    claimants: tuple[str, ...]
    worth: Decimal
    cost: Decimal
    now: Zone | None
    then: Zone | None


@dataclass(frozen=True)
class Talks:
    """The talks with the claimants `concerned`: advice, offers in order of date, the moves so far, what to say next.

    `whole`: a global sum tried, and where it lies.
    """

    valuation: Valuation
    concerned: tuple[str, ...]
    bargain: Bargain | None
    advice: Advice
    offers: tuple[OfferPlaced, ...]
    log: Negotiation
    proposal: Proposal | None
    whole: tuple[Decimal, Place] | None = None

    @property
    def aims(self) -> Aims:
        """The figures of our own side."""
        return aims_of(self.advice, self.valuation.assessment.case.file.acting_for)


def valued(case: Case, law: Law, claimant: str | None, scenarios: Sequence[str] = (), *, worlds: int,
           seed: str | None = None, progress: Progress | None = None) -> Valuation:
    """Return the value of a case as its scenarios would have it.

    Raises InvalidInput for a claimant or a scenario that the case does not have.
    """
    known = {"--claimant": [one.id for one in case.file.claimants], "--scenario": [s.id for s in case.file.scenarios]}
    asked = [("--claimant", "unknown_claimant", claimant)] if claimant is not None else []
    asked += [("--scenario", "unknown_scenario", name) for name in scenarios]
    wrong = [problem(option, (1, 1), code, read=name, nearest=nearest(name, known[option]))
             for option, code, name in asked if name not in known[option]]
    if wrong:
        raise InvalidInput(wrong)
    varied = vary_case(case, law, scenarios) if scenarios else case
    return value(assess(varied, law, worlds=worlds, seed=seed, progress=progress), progress)


def talks_of(valuation: Valuation, claimant: str | None = None, whole: Decimal | None = None,
             progress: Progress | None = None) -> Talks:
    """Return the talks as they stand, with all claimants or with one while the others go on.

    `whole`: a global sum to place. Raises InvalidInput for an unknown claimant.
    """
    case = valuation.assessment.case
    log = negotiation(case if whole is None else _offered(case, whole), claimant)
    seen = valuation if claimant is None else among(valuation, [claimant])
    who, placing = concerned(seen), _Placing(valuation, log.claimants, progress)
    found = placing.between(case.as_of, who)
    advice, offers = advise(seen, found), tuple(placing.offers())
    side = case.file.acting_for
    proposal = propose(log, side, aims_of(advice, side)) if set(who) == set(log.claimants) else None
    where = None if whole is None or found is None else (whole, placed(found, whole, whole))
    return Talks(valuation, who, found, advice, offers, log, proposal, where)


def _offered(case: Case, whole: Decimal) -> Case:
    """Return the case as if the respondent offered a global sum today, in equal parts."""
    each = euros(float(whole) / len(case.file.claimants))
    made = Offer(id=TRIED, date=case.as_of, by="respondent", amount=each, form=case.file.title)
    return case.model_copy(update={"file": case.file.model_copy(update={"offers": (*case.file.offers, made)})})


class _Placing:
    """Places offers to some claimants; each date is assessed once, each set of claimants valued once."""

    def __init__(self, valuation: Valuation, claimants: Sequence[str], progress: Progress | None) -> None:
        self.valuation, self.claimants, self.progress = valuation, claimants, progress
        self.dated = {valuation.assessment.case.as_of: valuation}
        self.bargains = dict[tuple[dt.date, tuple[str, ...]], Bargain | None]()

    def offers(self) -> list[OfferPlaced]:
        """Return the offers known, each where it lies."""
        case = self.valuation.assessment.case
        known = sorted((one for one in case.file.offers if one.date <= case.as_of), key=lambda one: one.date)
        return [self._placed(offer, who) for offer in known
                if (who := tuple(name for name in self.claimants if offer.concerns(name)))]

    def _placed(self, offer: Offer, who: tuple[str, ...]) -> OfferPlaced:
        worth, cost = offer.worth * len(who), offer.cost * len(who)
        today = self.valuation.assessment.case.as_of
        then = None if offer.date == today else self._zone(offer.date, who, worth, cost)
        return OfferPlaced(offer, who, worth, cost, self._zone(today, who, worth, cost), then)

    def between(self, day: dt.date, who: tuple[str, ...]) -> Bargain | None:
        """Return what lies between the respondent and some claimants, by what is known on a day."""
        if (day, who) not in self.bargains:
            self.bargains[day, who] = bargain(self._known_on(day), who, self.progress)
        return self.bargains[day, who]

    def _zone(self, day: dt.date, who: tuple[str, ...], worth: Decimal, cost: Decimal) -> Zone | None:
        found = self.between(day, who)
        return None if found is None else Zone(day, found, placed(found, worth, cost))

    def _known_on(self, day: dt.date) -> Valuation:
        if day not in self.dated and self.valuation.assessment.case.file.proceedings is None:
            return self.valuation  # nothing will be placed: no need to assess again
        if day not in self.dated:
            assessment = self.valuation.assessment
            again = assess(assessment.case.at(day), assessment.law, worlds=assessment.worlds.count,
                           seed=assessment.worlds.seed, progress=self.progress)
            self.dated[day] = value(again, self.progress)
        return self.dated[day]


def with_offer(valuation: Valuation, amount: Decimal, form: Any, claimant: str | None = None) -> Valuation:
    """Return the value of the case as if the respondent offered so much to each claimant (or to one) today.

    `form` is how the offer is called, in both languages.
    """
    case = valuation.assessment.case
    made = Offer(id=TRIED, date=case.as_of, by="respondent", to="all" if claimant is None else (claimant,),
                 amount=amount, form=form)
    file = case.file.model_copy(update={"offers": (*case.file.offers, made)})
    return value_case(replace(valuation.assessment, case=case.model_copy(update={"file": file})))
