"""Checks of what counsel states of the suit against what is asked beside the principal."""

from __future__ import annotations

from collections.abc import Iterator

from vismajor.case.costs import CostsClaim
from vismajor.case.models import CaseFile
from vismajor.reading.problems import Problem
from vismajor.reading.yaml_source import Path_, YamlSource


def check_proceedings(source: YamlSource, file: CaseFile) -> Iterator[Problem]:
    """Check that the court expert's fee is stated once: advanced by each claimant, or by all of them together."""
    stages = {} if file.proceedings is None else {"first_instance": file.proceedings.first_instance,
                                                  "appeal": file.proceedings.appeal}
    together = [name for name, stage in stages.items() if stage is not None and stage.expert_fee.high > 0]
    asked: list[tuple[Path_, CostsClaim | None]] = [((), file.costs)]
    asked += [(("claimants", index), claimant.costs) for index, claimant in enumerate(file.claimants)]
    for at, costs in asked:
        if together and costs is not None and costs.taxable.expert_fee.high > 0:
            yield source.problem((*at, "costs", "taxable", "expert_fee"), "expert_fee_twice",
                                 other=f"proceedings.{together[0]}.expert_fee")
