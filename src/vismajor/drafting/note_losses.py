"""What the internal note says of the losses: the heads of all claimants, and the interest that they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vismajor.damages.accessories import interest_asked
from vismajor.damages.heads import ClaimantLoss, HeadLoss
from vismajor.damages.money import NOTHING
from vismajor.drafting.note_context import HeadSaid, InterestSaid
from vismajor.reasoning.assessment import Assessment
from vismajor.settlement.valuation import Valuation


def heads_said(valuation: Valuation, language: str) -> Iterator[HeadSaid]:
    """Yield the heads of all claimants, those of one kind together, in the order of the law pack."""
    order, gathered = list(valuation.assessment.law.heads), dict[str, list[HeadLoss]]()
    for head in sorted((head for loss in valuation.losses for head in loss.heads),
                       key=lambda head: order.index(head.head.kind)):
        gathered.setdefault(head.title.in_language(language), []).append(head)
    for title, heads in gathered.items():
        chances = [head.as_a_chance for head in heads if head.as_a_chance is not None]
        treatment = heads[0].kind.treatment
        yield HeadSaid(
            title=title, claimants=len({head.claim.partition("/")[0] for head in heads}),
            claimed=sum((head.claimed for head in heads), NOTHING),
            documented=sum((head.documented for head in heads), NOTHING),
            provable=sum((head.provable for head in heads), NOTHING),
            chance=sum(chances, NOTHING) if chances else None,
            treatment=treatment.in_language(language) if treatment else "")


def interest_said(assessment: Assessment, losses: Sequence[ClaimantLoss]) -> InterestSaid | None:
    """Return the interest that the claimants ask for together; None where nobody does."""
    case, law = assessment.case, assessment.law
    asked = [one for one in (interest_asked(case, law, loss) for loss in losses) if one]
    if not asked or law.rates is None:
        return None
    parts = [part for one in asked for part in (one.on_damages, one.on_restitution)]
    restitution = any(one.on_restitution.principal for one in asked)
    kinds = ("damages", "restitution") if restitution else ("damages",)
    cited = [name for kind in kinds for name in law.rates.runs_from[kind].sources]
    cited += law.rates.capitalisation.sources if any(one.asked.capitalisation for one in asked) else ()
    governing = {claim.contract.governing_date for claim in case.claims}
    known = {name for day in governing for name in law.sources_known(cited, case.as_of, day)}
    return InterestSaid(
        notice=min(one.asked.notice for one in asked), planned=any(one.asked.notice > case.as_of for one in asked),
        until=max(one.until for one in asked), amount=sum((part.amount for part in parts), NOTHING),
        capitalised=any(one.asked.capitalisation for one in asked),
        unconfirmed=any(part.unconfirmed for part in parts),
        earlier=max(one.asked.damages_from_notice for one in asked), restitution=restitution,
        sources=tuple(law.sources[name] for name in dict.fromkeys(cited) if name in known))
