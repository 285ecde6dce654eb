"""The dates of a dispute, in order: time limits, steps, offers that lapse, exhibits and judgments expected."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from vismajor.case.models import Case
from vismajor.case.offers import Offer
from vismajor.damages.accessories import interest_of
from vismajor.damages.interest_lines import raised_from
from vismajor.drafting import typography
from vismajor.drafting.case_date import CaseDate, State
from vismajor.drafting.limit_dates import limit_dates
from vismajor.drafting.offers_said import term_said
from vismajor.drafting.words import counted, words
from vismajor.law.models import Law
from vismajor.reading.scalars import first_day, last_day


def dates_of(case: Case, law: Law, language: str) -> list[CaseDate]:
    """Return the dates of a dispute at its date of knowledge, the first first; what is past is among them."""
    found = [*limit_dates(case, law, language), *_steps(case, language), *_offers(case, law, language),
             *_exhibits(case, language), *_interest(case, law, language)]
    return sorted(found, key=lambda one: (one.day, one.time or dt.time.min, one.kind, one.id))


def _state(last: dt.date, case: Case) -> State:
    return "past" if last < case.as_of else "ahead"


def _steps(case: Case, language: str) -> Iterator[CaseDate]:
    """Yield the steps, past and to come; one whose day is not known on the first day that is still possible."""
    same: Counter[str] = Counter()
    for step in case.file.procedure:
        same[step.what.fr] += 1
        first, last = first_day(step.date), last_day(step.date)
        state = _state(last, case)
        day = max(first, case.as_of) if state == "ahead" else first
        open_day = words(language)["dates_day_open"].format(when=typography.partial_date(step.date, language))
        yield CaseDate(f"step/{same[step.what.fr]}/{step.what.fr}", step.kind, day, state,
                       step.what.in_language(language), detail=(open_day,) if first != last else (), time=step.time,
                       between=(first, last) if first != last else None)


def _offers(case: Case, law: Law, language: str) -> Iterator[CaseDate]:
    """Yield the last day on which each offer may be accepted, unless it was answered by the date of knowledge.

    That of an offer without a term is assumed: the end of a reasonable time.
    """
    say = words(language)
    for offer in case.file.offers:
        answered = offer.answered is not None and offer.answered.date <= case.as_of
        last = offer.last_day(case.as_of, law.offers_open_for)
        if last is None or offer.date > case.as_of or answered:
            continue
        concerned = tuple(claim.id for claim in case.claims if offer.concerns(claim.claimant.id))
        assumed = () if offer.until is not None else (say["offer_of_day"].format(
            day=typography.date(offer.date, language), what=term_said(offer, case, law, language)),)
        yield CaseDate(f"offer/{offer.id}", "offer", last, _state(last, case),
                       say["dates_offer_assumed" if assumed else "dates_offer"].format(
                           day=typography.date(offer.date, language), by=_side(case, offer, language)),
                       said=" ".join(assumed), detail=(*assumed, *_threshold(case, offer, language)),
                       claimants=concerned, sources=law.settlement.offers.sources if (
                           assumed and law.settlement.offers) else ())


def _side(case: Case, offer: Offer, language: str) -> str:
    say = words(language)
    if offer.by == "respondent":
        return say["side_respondent"]
    return say["claimant"] if len(case.file.claimants) == 1 else say["side_claimants"]


def _threshold(case: Case, offer: Offer, language: str) -> Iterator[str]:
    if offer.at_least:
        concerned = sum(offer.concerns(claimant.id) for claimant in case.file.claimants)
        yield words(language)["dates_threshold"].format(least=offer.at_least,
                                                        claimants=counted(concerned, "claimants", language))


def _exhibits(case: Case, language: str) -> Iterator[CaseDate]:
    """Yield the exhibits that are expected, on the last day that their date may mean.

    Of one that is later than the date of knowledge and that nobody said to be expected, nothing is known yet.
    """
    say = words(language)
    for exhibit in case.file.exhibits:
        if exhibit.available_from <= case.as_of or not exhibit.expected:
            continue
        days = first_day(exhibit.date), exhibit.available_from
        late = say["dates_day_late"].format(when=typography.partial_date(exhibit.date, language))
        yield CaseDate(f"exhibit/{exhibit.id}", "exhibit", exhibit.available_from, "ahead",
                       say["dates_exhibit"].format(exhibit=exhibit.id, title=exhibit.title),
                       detail=(late,) if days[0] != days[1] else (), between=days if days[0] != days[1] else None)


def _interest(case: Case, law: Law, language: str) -> Iterator[CaseDate]:
    """Yield the notice to be given, the judgment expected, and the day from which the legal rate is higher."""
    say, asked = words(language), dict[tuple[str, dt.date], list[str]]()
    for claim in case.claims:
        interest = interest_of(case, claim.claimant)
        if interest is not None and interest.notice > case.as_of:
            asked.setdefault(("notice", interest.notice), []).append(claim.id)
        if interest is not None and interest.judgment is not None:
            asked.setdefault(("judgment", interest.judgment), []).append(claim.id)
    for (act, day), claims in asked.items():
        names = tuple(claims)
        place = "/".join([act, *claims])
        yield CaseDate(place, "notice" if act == "notice" else "judgment", day, _state(day, case),
                       say[f"dates_{act}"], claimants=names)
        if act == "judgment" and law.rates is not None:
            rise, raised = law.rates.increase, raised_from(day, law.rates)
            points = typography.number(rise.points, language)
            said = say["dates_rise_detail"].format(
                day=typography.date(raised, language), points=points, judgment=typography.date(day, language),
                months=counted(rise.after_months, "dates_months", language))
            yield CaseDate(f"interest_rise/{place}", "interest_rise", raised, _state(raised, case),
                           say["dates_rise"].format(points=points), said=said, detail=(said,), claimants=names,
                           sources=rise.sources)
