"""Checks of what counsel states of the suit against what is asked beside the principal."""

from __future__ import annotations

from collections.abc import Iterator

from vismajor.case.costs import CostsClaim
from vismajor.case.models import CaseFile
from vismajor.reading.problems import Problem
from vismajor.reading.yaml_source import Path_, YamlSource


def check_proceedings(source: YamlSource, file: CaseFile) -> Iterator[Problem]:
    """Check that no cost is stated both for each claimant (`costs`) and for a stage of the suit.

    The court expert's fee is advanced by each or by all together; what is granted for other costs at first instance
    stands under one of the two.
    """
    if file.proceedings is None:
        return
    first, appeal = file.proceedings.first_instance, file.proceedings.appeal
    fees = [name for name, stage in (("first_instance", first), ("appeal", appeal))
            if stage is not None and stage.expert_fee.high > 0]
    asked: list[tuple[Path_, CostsClaim | None]] = [((), file.costs)]
    asked += [(("claimants", index), claimant.costs) for index, claimant in enumerate(file.claimants)]
    for at, costs in asked:
        if costs is not None and costs.taxable.expert_fee.high > 0 and fees:
            yield source.problem((*at, "costs", "taxable", "expert_fee"), "cost_stated_twice",
                                 other=f"proceedings.{fees[0]}.expert_fee")
        if costs is not None and costs.irrecoverable is not None and first.granted_to_each.high > 0:
            yield source.problem((*at, "costs", "irrecoverable"), "cost_stated_twice",
                                 other="proceedings.first_instance.granted_to_each")
