"""The losses of another version of a case: those that it leaves alone are not measured again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vismajor.case.contracts import Contract
from vismajor.case.models import Case, Claimant
from vismajor.damages.heads import ClaimantLoss, compute_losses
from vismajor.law.models import Law
from vismajor.reasoning.worlds import Worlds


def losses_of_version(case: Case, law: Law, worlds: Worlds, before: Case, known: Sequence[ClaimantLoss]
                      ) -> tuple[ClaimantLoss, ...]:
    """Return the losses of `case`, another version of the case `before` whose losses are `known`, on the same draws.

    A claimant whose heads, accounts and contracts are the same has lost the same, whatever the facts are.
    """
    measured = {loss.claimant.id: loss for loss in known}
    held = {claimant.id: _without_facts(claimant) for claimant in before.file.claimants}
    same = _alike(case, before)
    again = tuple(claimant for claimant in case.file.claimants
                  if not same or claimant.id not in measured or held.get(claimant.id) != _without_facts(claimant))
    if again:
        part = case.model_copy(update={"file": case.file.model_copy(update={"claimants": again})})
        measured |= {loss.claimant.id: loss for loss in compute_losses(part, law, worlds)}
    return tuple(replace(measured[claimant.id], claimant=claimant) for claimant in case.file.claimants)


def _alike(case: Case, before: Case) -> bool:
    """Tell whether all that measures a loss beside the claimant is the same: days, exhibits, caps, the files read."""
    terms, terms_before = ([(one.id, one.cap) for one in version.file.contracts] for version in (case, before))
    return (case.as_of == before.as_of and case.file.incident.date == before.file.incident.date
            and case.file.exhibits == before.file.exhibits and terms == terms_before
            and case.hashes == before.hashes)


def _without_facts(claimant: Claimant) -> Claimant:
    def bare(contract: Contract) -> Contract:
        return contract.model_copy(update={"facts": {}})

    return claimant.model_copy(update={
        "facts": {}, "items": (), "contract": claimant.contract and bare(claimant.contract),
        "contracts": tuple(bare(contract) for contract in claimant.contracts)})
