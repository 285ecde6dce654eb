"""The public functions: read a case and a law pack, assess, value, draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vismajor.case.models import Case
from vismajor.case.reader import named_law, open_case, read_case
from vismajor.damages.heads import compute_losses
from vismajor.law.models import Law
from vismajor.law.reader import law_names, read_law
from vismajor.reading.problems import InvalidInput, nearest, problem
from vismajor.reading.yaml_source import YamlSource
from vismajor.reasoning.assessment import Assessment, Progress, assess_case
from vismajor.reasoning.carneades import ArgumentGraph, Label, label_statements
from vismajor.reasoning.findings import CLAIMED, catalog
from vismajor.reasoning.graph_file import read_graph
from vismajor.reasoning.worlds import DEFAULT_WORLDS, Worlds
from vismajor.settlement.valuation import Valuation, value_case

if TYPE_CHECKING:
    from vismajor.case.portfolio_rows import Portfolio
    from vismajor.settlement.portfolio import PortfolioValue
    from vismajor.settlement.portfolio_court import Line
    from vismajor.settlement.workers import Workers


def load_law(name: str) -> Law:
    """Read the law pack `name` (an id such as "fr", or a folder). Raises InvalidInput with every problem found."""
    return read_law(name)


def load_both(path: str | Path, as_of: dt.date | None = None) -> tuple[Case, Law]:
    """Read a case and the law pack that it names, each once. Raises InvalidInput with every problem found."""
    source = open_case(Path(path))
    law = _law_of(source)
    return _read(source, law, as_of), law


def load_case(path: str | Path, law: Law | None = None, as_of: dt.date | None = None) -> Case:
    """Read the case in the folder (or file) `path`, checked against the law pack that it names.

    `as_of` replaces the case's own date of knowledge. Raises InvalidInput with every problem found.
    """
    source = open_case(Path(path))
    return _read(source, law or _law_of(source), as_of)


def _read(source: YamlSource, law: Law, as_of: dt.date | None) -> Case:
    case = read_case(source, catalog(law), frozenset(law.vocabulary.duties), frozenset(law.heads),
                     {name: kind.of for name, kind in law.vocabulary.kinds.items()})
    if as_of is None:
        return case
    if as_of < case.file.incident.date:
        raise InvalidInput([problem("--as-of", (1, 1), "date_before", read=as_of, other=case.file.incident.date,
                                    what="incident.date")])
    return case.at(as_of)


def _law_of(source: YamlSource) -> Law:
    """Read the pack that a case names; that there is none is told at the line of the case that names it."""
    name = named_law(source)
    if name not in law_names():
        raise InvalidInput([source.problem(("law",), "unknown_law", read=name, nearest=nearest(name, law_names()))])
    return read_law(name)


def assess(case: Case, law: Law | None = None, *, worlds: int = DEFAULT_WORLDS, seed: str | None = None,
           progress: Progress | None = None) -> Assessment:
    """Assess every issue for every claimant over `worlds` draws. The seed is the case folder's name where left out."""
    law = (law or load_law(case.file.law)).on(case.as_of)
    draws = Worlds(seed or case.seed, worlds)
    asked = CLAIMED in law.vocabulary.facts
    claimed = {claim: {CLAIMED: amount} for loss in compute_losses(case, law, draws)
               for claim, amount in loss.claimed_by_claim.items()} if asked else {}
    return assess_case(case, law, draws, progress, claimed)


@dataclass(frozen=True)
class Labelled:
    """An argument graph with the label of each statement, and those that differ from what its file expects."""

    graph: ArgumentGraph
    labels: Mapping[str, Label]
    surprises: Mapping[str, Label]


def argue(path: str | Path) -> Labelled:
    """Label the statements of an argument graph in the YAML of Carneades 4. Raises InvalidInput."""
    file = read_graph(Path(path))
    labels = label_statements(file.graph)
    return Labelled(file.graph, labels, {name: label for name, label in file.expected.items() if labels[name] != label})


def value(assessment: Assessment, progress: Progress | None = None) -> Valuation:
    """Compute the losses and value the case, for each claimant and for the group."""
    return value_case(assessment, progress)


def load_portfolio(path: str | Path, case: Case, law: Law | None = None) -> Portfolio:
    """Read a table (CSV) of claimants who are each like one of `case`. Raises InvalidInput with every problem found."""
    from vismajor.case.portfolio import read_portfolio  # noqa: PLC0415 — only who has a table waits for it

    return read_portfolio(Path(path), case, catalog(law or load_law(case.file.law)))


def value_all(case: Case, portfolio: Portfolio, law: Law | None = None, *, worlds: int = DEFAULT_WORLDS,
              seed: str | None = None, workers: Workers | None = None, write: Callable[[Line], None] | None = None,
              progress: Progress | None = None) -> PortfolioValue:
    """Value each claimant of a table, and all of them before one court; `write` is handed each one's line in order.

    `workers` share the work (`Processes(4)`, `Cluster("tcp://host:8786")`; this process alone where left out): the
    figures are the same, to the last byte. Raises InvalidInput where a cluster cannot be reached.
    """
    from vismajor.settlement.portfolio import value_portfolio  # noqa: PLC0415
    from vismajor.settlement.workers import Processes  # noqa: PLC0415

    return value_portfolio(case, law or load_law(case.file.law), portfolio, Worlds(seed or case.seed, worlds),
                           workers or Processes(), write or (lambda line: None), progress)


def draft(valuation: Valuation, out: str | Path = "out", formats: tuple[str, ...] = ("docx", "pdf", "html"),
          progress: Progress | None = None) -> list[Path]:
    """Write the negotiation note (Word, PDF, HTML) and its receipt into `out`; return the files written.

    Raises InvalidInput when the case's language has no template or the folder cannot be written.
    """
    # pandoc, typst and matplotlib are slow to import: only drafting waits for them.
    from vismajor.drafting.drafts import draft_note  # noqa: PLC0415

    return draft_note(valuation, Path(out), formats, progress)
