"""The advice on the offer in the words of the internal note, its amounts rounded for a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_UP

from vismajor.drafting import typography
from vismajor.drafting.issue_said import IssueSaid
from vismajor.drafting.note_context import AdviceSaid
from vismajor.drafting.standings import short_names
from vismajor.settlement.advice import Advice
from vismajor.settlement.bargaining import Bargain
from vismajor.settlement.valuation import Valuation


def advice_said(advice: Advice, valuation: Valuation, issues: Sequence[IssueSaid], language: str,
                bargain: Bargain | None) -> AdviceSaid:
    """Return the advice with its issues in words and its figures to three significant digits."""
    case = valuation.assessment.case
    by_id = {issue.id: issue for issue in issues}
    named = {claimant.id: claimant.name for claimant in case.file.claimants}
    names = [named[claimant] for claimant in advice.otherwise]
    claimed = (valuation.standing.value if valuation.standing else valuation.together).claimed
    ours = case.file.acting_for == "claimants"
    # A first figure is rounded upwards, lest it fall below the one it is drawn from.
    opening = min(typography.about(advice.opening, ROUND_UP), max(claimed, advice.opening)) if (
        ours) else typography.about(advice.opening)
    target = None if advice.target is None else typography.about(advice.target)
    return AdviceSaid(
        advice.position, opening, advice.opening_on, typography.about(advice.limit), typography.about(advice.floor),
        advice.worse, tuple(by_id[name] for name in advice.deciding),
        short_names(names, language) if names else "", len(names),
        target if target is None or not ours else min(target, opening), advice.place,
        typography.about(bargain.together.value) if bargain else None,
        typography.about(bargain.respondent.value) if bargain else None,
    )
