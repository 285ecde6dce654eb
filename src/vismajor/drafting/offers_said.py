"""Whether an offer may still be accepted, in words: its term, or the reasonable time that is assumed without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vismajor.case.models import Case
from vismajor.case.offers import Offer
from vismajor.drafting import typography
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import cite, counted, words
from vismajor.law.models import Law
from vismajor.settlement.insured import paid_by_insurer, perhaps_insured
from vismajor.settlement.valuation import TRIED, Valuation


def term_said(offer: Offer, case: Case, law: Law, language: str) -> str:
    """Say until when an offer may be accepted, or since when it no longer may, and what of that is assumed.

    Where its author fixed no term, the time after which it counts as lapsed is an assumption of the law pack, or of the
    case, which counsel can replace: the sentence says so.
    """
    say, months = words(language), law.offers_open_for
    last = offer.last_day(case.as_of, months)
    if offer.answered is not None and offer.answered.date <= case.as_of:
        return say[f"offer_{offer.answered.how}"].format(day=typography.date(offer.answered.date, language))
    if last is None:
        return say["offer_no_term"]
    form = "offer_until" if offer.until is not None else "offer_presumed"
    gone = "" if offer.open_on(case.as_of, months) else "_lapsed"
    since = offer.since(case.as_of)
    held = "offer_since_held" if since != offer.date else "offer_since_made"
    sources = [cite(law, source, language) for source in _sources(law)]
    return say[form + gone].format(
        day=typography.date(last, language), since=say[held].format(day=typography.date(since, language)),
        months=counted(offer.open_for_months or months or 0, "dates_months", language),
        sources=typography.listing(sources, language))


def standing_said(valuation: Valuation, language: str) -> Iterator[str]:
    """Yield, for each offer that stands, its day and until when it is taken to."""
    case, law = valuation.assessment.case, valuation.assessment.law
    for offer in valuation.standing.offers if valuation.standing else ():
        if offer.id != TRIED:
            yield words(language)["offer_of_day"].format(day=typography.date(offer.date, language),
                                                         what=term_said(offer, case, law, language))


def lapsed_said(case: Case, law: Law, language: str) -> Iterator[str]:
    """Yield, for each offer of the respondent that can no longer be accepted, its day and why."""
    for offer in sorted(case.file.offers, key=lambda one: one.date):
        known = offer.by == "respondent" and offer.date <= case.as_of
        if known and not offer.open_on(case.as_of, law.offers_open_for):
            yield words(language)["offer_of_day"].format(day=typography.date(offer.date, language),
                                                         what=term_said(offer, case, law, language))


def _sources(law: Law) -> Sequence[str]:
    return law.settlement.offers.sources if law.settlement.offers else ()


def insurer_said(case: Case, law: Law, language: str, among: Sequence[str] | None = None) -> Iterator[str]:
    """Yield what to mind before settling where an insurer paid a claimant, or where nobody says whether one did.

    A waiver may defeat the insurer's claim against the party liable, and so release it (C. assur. L. 121-12).
    `among`: the claimants who might settle, by id; all of them where left out.
    """
    rule, named = law.settlement.subrogation, {one.id: one.name for one in case.file.claimants}
    for key, found in (("offer_insurer_paid", paid_by_insurer(case, law)),
                       ("offer_insurer_unknown", perhaps_insured(case, law))):
        names = [named[name] for name in found if among is None or name in among]
        if names and rule is not None:
            cited = typography.listing([cite(law, source, language) for source in rule.sources], language)
            everyone = len(names) == len(case.file.claimants) > 1
            whom = words(language)["all_claimants"] if everyone else short_names(names, language)
            yield words(language)[key].format(names=whom, source=cited)
