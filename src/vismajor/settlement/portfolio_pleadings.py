"""How the claimants of a table plead: those whom no rule tells apart stand on one graph, built once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vismajor.case.models import Claim
from vismajor.case.portfolio_rows import Row, claimant_of
from vismajor.damages.award import ISSUES, OWN_SHARE
from vismajor.law.models import Law
from vismajor.reasoning.assessment import Place, duties_of
from vismajor.reasoning.findings import CLAIMED, GOVERNING_DATE, catalog, findings_for
from vismajor.reasoning.graph import Graph, build_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.pleadings import Pleadings, pleadings_of, side, turning_points
from vismajor.reasoning.things import Things
from vismajor.settlement.portfolio_demands import Models


class Placed(NamedTuple):
    """A row of the table and the number of its pleading."""

    row: Row
    pleading: int


def plead(models: Models, law: Law, rows: Sequence[Row]) -> tuple[Pleadings, list[Placed]]:
    """Tell the rows apart that a rule tells apart, and ground each kind once. Raises GroundingError."""
    kinds = _Kinds(models, law)
    placed = [Placed(row, kinds.number(row)) for row in rows]
    with Grounder(law) as grounder:
        graphs = [(row.model, dict(_graphs(models, law, grounder, row))) for row in kinds.first.values()]
    return pleadings_of(law, graphs, ISSUES, (OWN_SHARE,)), placed


@dataclass
class _Kinds:
    """Rows share a pleading that have the same model, terms and facts, and stand on the same side of each date and of
    each amount at which the pack changes.
    """

    models: Models
    law: Law
    first: dict[object, Row] = field(default_factory=dict)
    numbers: dict[object, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        law, case, declared = self.law, self.models.case, catalog(self.law)
        self.counts_claimed = CLAIMED in declared
        periods = [rule.in_force for rule in law.rules.values() if rule.in_force]
        in_force = [day for period in periods for day in (period.from_, period.to) if day]
        self.points: dict[str, tuple[list[float] | None, list[float] | None]] = {}
        for name, model in self.models.of.items():
            claims = [Claim(model.claimant, contract) for contract in model.claimant.agreements]
            stated = [finding for claim in claims for duty in law.vocabulary.duties
                      for finding in findings_for(case, law, claim, duty, declared).values()]
            self.points[name] = (turning_points(law, GOVERNING_DATE, stated, in_force),
                                 turning_points(law, CLAIMED, stated))

    def number(self, row: Row) -> int:
        """Return the number of the pleading of a row, a new one where it is the first of its kind."""
        kind = self._kind(row)
        if kind not in self.numbers:
            self.numbers[kind], self.first[kind] = len(self.numbers), row
        return self.numbers[kind]

    def _kind(self, row: Row) -> object:
        dates, amounts = self.points[row.model]
        claimed = tuple[object, ...]()
        if self.counts_claimed:
            claimed = tuple(side(one, amounts) for one in self.models.claimed(row).values())
        contract, changes = self.models.of[row.model].claimant.contract, dict(row.contract)
        if contract is None or not changes:
            return row.model, row.facts, claimed
        # As Contract.governing_date says, without making a contract of each of a hundred thousand lines.
        governing = changes.get("renewed", contract.renewed) or changes.get("concluded", contract.concluded)
        assert isinstance(governing, dt.date)
        return row.model, row.facts, claimed, changes.get("terms", contract.terms), side(governing, dates)


def _graphs(models: Models, law: Law, grounder: Grounder, row: Row) -> Mapping[Place, Graph]:
    """Ground the kind of a row under the name of its model: all the duties that the model's losses invoke."""
    row = row._replace(id=row.model)
    model, declared, found = models.of[row.model].claimant, catalog(law), dict[Place, Graph]()
    claimant, of_model = claimant_of(row, model), {Claim(model, one).id: Claim(model, one) for one in model.agreements}
    claimed = models.claimed(row) if CLAIMED in declared else {}
    for claim in (Claim(claimant, contract) for contract in claimant.agreements):
        given = {CLAIMED: claimed[claim.id]} if claimed else {}
        for duty in duties_of(law, of_model[claim.id]):
            findings = findings_for(models.case, law, claim, duty, declared, given)
            found[claim.id, duty] = build_graph(law, grounder, findings, duty, claim.contract.governing_date,
                                                models.case.as_of, Things.of_claimant(law, claimant))
    return found

