"""What the claimants of a table ask of the court: as their model does, but for what the table changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from vismajor.case.costs import CostsClaim
from vismajor.case.heads import HeadOfLoss, LostCustomers, LostMargin, StaffHours
from vismajor.case.models import Case, Claim, Claimant
from vismajor.case.portfolio_rows import Row, claimant_of, with_amount
from vismajor.damages.accessories import InterestTerms
from vismajor.damages.amounts import Measure, stated_amount
from vismajor.damages.heads import HeadLoss, compute_losses
from vismajor.damages.hearing import Demand, demands_of
from vismajor.damages.money import NOTHING, euros
from vismajor.law.models import Law
from vismajor.reasoning.worlds import Worlds


@dataclass(frozen=True)
class Model:
    """A claimant of the case that others are like: its losses by head, what it asks on top."""

    claimant: Claimant
    heads: Mapping[str, HeadLoss]
    interest: InterestTerms | None
    costs: CostsClaim | None


@dataclass(frozen=True)
class Models:
    """The models of a table, by id, in the order of the case; `case` has these claimants alone, without accounts."""

    case: Case
    of: Mapping[str, Model]

    def demand(self, row: Row) -> Demand:
        """Return what the claimant of a row asks."""
        model, amounts = self.of[row.model], dict(row.amounts)
        claimant = claimant_of(row, model.claimant)
        claims = [Claim(claimant, contract) for contract in claimant.agreements]
        claim_of = {head.id: claim.id for claim in claims for head in claim.heads}
        heads = tuple(
            replace(model.heads[head.id], claim=claim_of[head.id], head=head,
                    measure=_measure(model.heads[head.id], head, claimant, amounts.get(head.id)))
            for head in claimant.heads)
        caps = {claim.id: self.case.cap_of(claim.contract) for claim in claims}
        return Demand(claimant, heads, caps, model.interest, model.costs)

    def claimed(self, row: Row) -> Mapping[str, Decimal]:
        """Return what a row claims under each contract of its model, in euros."""
        model, amounts = self.of[row.model], dict(row.amounts)
        found = dict.fromkeys((Claim(model.claimant, one).id for one in model.claimant.agreements), NOTHING)
        for name, head in model.heads.items():
            amount = amounts.get(name)
            if amount is not None or name not in amounts:
                found[head.claim] += _claimed(head, with_amount(head.head, amount), model.claimant, amount)
        return found


def models_of(case: Case, law: Law, used: Collection[str], worlds: Worlds) -> Models:
    """Measure the losses of the claimants of a case that serve as models (their ids)."""
    claimants = tuple(claimant for claimant in case.file.claimants if claimant.id in used)
    file = case.file.model_copy(update={"claimants": claimants})
    whole = case.model_copy(update={"file": file})
    demands = demands_of(whole, law, compute_losses(whole, law, worlds))
    # What was read and compared month by month stays here: the court needs the sums alone.
    bare = case.model_copy(update={"file": file, "books": {}, "customers": {}})
    return Models(bare, {
        one.claimant.id: Model(
            one.claimant, {head.head.id: replace(head, counterfactual=None, margin=None, customers=None)
                           for head in one.heads}, one.interest, one.costs) for one in demands})


def _measure(of_model: HeadLoss, head: HeadOfLoss, claimant: Claimant, amount: Decimal | None) -> Measure:
    """Return what a head comes to: as the model's, or the amount of the row.

    What the model measured keeps its uncertainty in proportion. A head that counts with its evidence alone counts for
    nothing where the model's does.
    """
    measure, claimed = of_model.measure, _claimed(of_model, head, claimant, amount)
    if amount is None or (of_model.kind.needs_evidence and not measure.claimed):
        return measure
    if measure.simulated is not None and measure.claimed:
        ratio = amount / measure.claimed
        return Measure(claimed, euros(measure.low * ratio), euros(measure.high * ratio),
                       measure.simulated * float(ratio))
    return Measure(claimed, claimed, claimed)


def _claimed(of_model: HeadLoss, head: HeadOfLoss, claimant: Claimant, amount: Decimal | None) -> Decimal:
    """Return the sum claimed under a head, in euros."""
    if amount is None or (of_model.kind.needs_evidence and not of_model.measure.claimed):
        return of_model.measure.claimed
    return amount if isinstance(head, StaffHours | LostMargin | LostCustomers) else stated_amount(head, claimant)
