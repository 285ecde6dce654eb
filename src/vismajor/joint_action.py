"""Several claimants of one case: what company is worth to each, how they answer an offer, how to share one for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from vismajor.case.offers import months_later
from vismajor.damages.money import NOTHING, euros
from vismajor.reasoning.assessment import Assessment, Progress
from vismajor.reasoning.deadlines import deadlines
from vismajor.settlement.allocation import Allocation, allocate
from vismajor.settlement.group import InCompany, JointRisk, in_company, joint_risk
from vismajor.settlement.lead_case import LeadCase, Plan, still_open, too_late
from vismajor.settlement.pool import Pool, Response, decide, pool_of, respond
from vismajor.settlement.suit import prospects_of
from vismajor.settlement.valuation import Spread, Valuation, spread_of
from vismajor.workbench import as_seen, offered_to


@dataclass(frozen=True)
class JointAction:
    """The claimants of a case, as they see it themselves; sums in euros of the date of knowledge.

    `left`: what the suit leaves each if all sue. `without`: who would sue without an agreement. `together`: those who
    could sue to advantage if they shared the costs otherwise, with what they would have (`together_worth`).

    `offers`: the offer to each, on the table or tried, with `response`; `made`: what each has without any further
    agreement, the offers that stand included, which together is the claimants' floor; `allocations` of the offer as one
    sum, `key` the one by which a sum tried for all was shared. `leads`: one case first, the best plan first; `late`:
    those who could no longer sue after the best one is judged, with their last day, which a clause may bring forward
    (`late_reserved`).
    """

    valuation: Valuation
    pool: Pool
    risk: JointRisk
    left: Mapping[str, Spread]
    company: Mapping[str, InCompany]
    without: Response
    made: Response
    together: tuple[str, ...]
    together_worth: Decimal
    offers: Mapping[str, Decimal]
    response: Response | None
    allocations: tuple[Allocation, ...]
    key: str | None
    leads: tuple[LeadCase, ...]
    late: Mapping[str, dt.date]
    late_reserved: bool = False

    def chance_of_more(self, claimant: str) -> float:
        """Return the chance that the suit leaves a claimant more than the offer, if all sue."""
        return float((self.pool.net(claimant, list(self.pool.own)) > float(self.offers[claimant])).mean())

    def chance_of_loss(self, claimant: str) -> float:
        """Return the chance that the suit costs a claimant more than it brings, if all sue."""
        return float((self.pool.net(claimant, list(self.pool.own)) < 0).mean())

    @property
    def smallest(self) -> str:
        """The claimant who claims least."""
        return min(self.valuation.losses, key=lambda loss: loss.claimed).claimant.id


def joint_action(valuation: Valuation, whole: Decimal | None = None, progress: Progress | None = None) -> JointAction:
    """Return the claimants of a case together, facing the offers that stand, or a sum for all (`whole`, euros)."""
    stances = valuation.assessment.case.file.bargaining.claimants
    seen = valuation if stances.believes is None else as_seen(valuation, stances.believes, progress)
    prospects = prospects_of(seen)
    pool = pool_of(prospects, stances.risk_tolerance)
    offered = offered_to(valuation, list(pool.own))
    offers, at_least = dict(offered.worths), offered.at_least
    made = decide(pool, offers, at_least)
    total = whole if whole is not None else sum(offers.values(), NOTHING) if set(offers) == set(pool.own) else None
    allocations = _allocations(seen, pool, total, made)
    best = min(allocations, key=lambda one: len(one.short), default=None)
    if whole is not None:  # who is given nothing is offered nothing: there is no settlement without a concession
        offers, at_least = {name: part for name, part in (best.amounts if best else {}).items() if part > 0}, None
    leads, late = _leads(seen, pool, offers, at_least, tried=whole is not None)
    own = {name: pool.before_sharing(name) for name in pool.own}
    return JointAction(
        valuation, pool, joint_risk(prospects.claimants),
        {name: spread_of(column) for name, column in prospects.claimants.items()}, in_company(pool), respond(pool, {}),
        made, tuple(name for name, worth in own.items() if worth > 0),
        max(euros(sum(max(worth, 0.0) for worth in own.values()) - pool.spent_for_all), NOTHING),
        offers, respond(pool, offers, at_least) if offers else None, allocations,
        best.key if best and whole is not None else None, leads, late,
        any(one.reserved for one in deadlines(valuation.assessment.case, valuation.assessment.law)) if late else False)


def _allocations(valuation: Valuation, pool: Pool, total: Decimal | None, made: Response) -> tuple[Allocation, ...]:
    if not total:
        return ()
    awards = {name: value.award.mean for name, value in valuation.claimants.items()}
    claimed = {loss.claimant.id: loss.due(valuation.assessment.case.as_of) for loss in valuation.losses}
    return allocate(total, pool, awards, claimed, valuation.assessment.worlds, made)


def _leads(valuation: Valuation, pool: Pool, offers: Mapping[str, Decimal], at_least: int | None, *, tried: bool
           ) -> tuple[tuple[LeadCase, ...], dict[str, dt.date]]:
    """Return the plans that run one case first, and for whom the best of them comes too late."""
    case, standing = valuation.assessment.case, valuation.standing
    if case.file.proceedings is None or len(pool.own) == 1:
        return (), {}
    months = float(case.file.proceedings.first_instance.months.likely)
    held = {name: standing.offer_to(name) for name in standing.claimants} if standing and not tried else {}
    open_for = valuation.assessment.law.offers_open_for
    last = {name: offer.last_day(case.as_of, open_for) for name, offer in held.items()}
    if tried and open_for:  # a sum tried for all has no term, and is taken as offered today
        last = dict.fromkeys(offers, months_later(case.as_of, open_for))
    plan = Plan(pool, valuation.awards, offers, still_open(offers, last, case.as_of, months), months,
                float(case.file.proceedings.discount_rate.claimants),
                frozenset(name for name, offer in held.items() if offer.until is not None), at_least)
    leads = plan.leads()
    return leads, too_late(_last_days(valuation.assessment), leads[0].claimant, case.as_of, months)


def _last_days(assessment: Assessment) -> dict[str, dt.date]:
    """Return the last day to sue of each claimant for whom a time limit still runs, the first of its claims."""
    found: dict[str, dt.date] = {}
    for deadline in deadlines(assessment.case, assessment.law):
        if deadline.state in ("open", "near"):
            for claim in deadline.claimants:
                name = assessment.case.claim(claim).claimant.id
                found[name] = min(found.get(name, deadline.last_day), deadline.last_day)
    return found
