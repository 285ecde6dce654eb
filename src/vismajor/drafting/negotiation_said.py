"""The negotiation in words: how a side concedes and where it is heading, what to say next and why."""

from __future__ import annotations

from decimal import Decimal

from vismajor.case.offers import Side
from vismajor.drafting import typography
from vismajor.drafting.words import words
from vismajor.settlement.advice import Advice
from vismajor.settlement.negotiation import Pattern
from vismajor.settlement.proposal import Aims, Proposal


def pattern_said(side: Side, pattern: Pattern, claimants: int, language: str, respondent: str = "") -> str:
    """Say how a side concedes; where its concessions shrink, the figure that it heads for, with its formula.

    `claimants` is how many there are: the side of one is in the singular. `respondent`: its name, where it is told.
    """
    say = words(language)
    of = say["negotiation_of_one" if side == "claimants" and claimants == 1 else f"negotiation_of_{side}"]
    if side == "respondent" and respondent:
        of = typography.of_name(say["note_of_name"].format(name=respondent), language)
    conceded = typography.listing([typography.money(amount, language) for amount in pattern.concessions], language)
    said = say[f"negotiation_{pattern.habit}"].format(of=of, conceded=conceded)
    if pattern.limit is None or pattern.ratio is None or pattern.last is None or pattern.last_concession is None:
        return said
    limit = typography.money(pattern.limit, language)
    if not pattern.last_concession:
        return f"{said} {say['negotiation_stopped'].format(limit=limit)}"
    if not pattern.limit:
        return f"{said} {say['negotiation_to_nothing']}"
    heading = say["negotiation_limit"].format(
        share=typography.share(float(pattern.ratio), language), limit=limit,
        ratio=typography.decimal(float(pattern.ratio), language, 3), last=typography.money(pattern.last, language),
        sign="−" if side == "claimants" else "+", conceded=typography.money(pattern.last_concession, language))
    return f"{said} {heading}"


def proposal_said(proposal: Proposal, aims: Aims, language: str) -> str:
    """Say what to propose next, and why: internal, it tells the target and the floor."""

    def euros(amount: Decimal | None) -> str:
        return "" if amount is None else typography.money(amount, language)

    return words(language)[f"negotiation_{proposal.because}"].format(
        amount=euros(proposal.amount), theirs=euros(proposal.their_last), midpoint=euros(proposal.midpoint),
        target=euros(aims.target), floor=euros(aims.floor))


def aims_of(advice: Advice, side: Side) -> Aims:
    """Return what a side wants: its opening, its target (its limit where no costs are stated), the most it concedes."""
    target = advice.limit if advice.target is None else advice.target
    if side == "claimants":
        target = min(target, advice.opening)  # with interest and costs, the mean may exceed what is claimed
        return Aims(advice.opening, target, min(advice.floor, target))
    target = max(target, advice.opening)
    return Aims(advice.opening, target, max(advice.limit, target))
