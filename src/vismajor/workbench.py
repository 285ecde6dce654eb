"""The public functions: read a case and a law pack, assess, value, draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vismajor.case.models import Case
from vismajor.case.names import Names
from vismajor.case.reader import named_law, open_case, read_case
from vismajor.case.versions import vary
from vismajor.damages.heads import ClaimantLoss, compute_losses
from vismajor.damages.money import euros
from vismajor.damages.same_losses import losses_of_version
from vismajor.law.models import Law
from vismajor.law.reader import law_names, read_law
from vismajor.reading.problems import InvalidInput, nearest, problem
from vismajor.reading.yaml_source import YamlSource
from vismajor.reasoning.assessment import Assessment, Progress, assess_case
from vismajor.reasoning.carneades import ArgumentGraph, Label, label_statements
from vismajor.reasoning.findings import CLAIMED, Given, catalog
from vismajor.reasoning.graph_file import read_graph
from vismajor.reasoning.grounding import Grounder
from vismajor.reasoning.worlds import DEFAULT_WORLDS, Worlds
from vismajor.settlement.advice import concerned
from vismajor.settlement.bargaining import Bargain, Beliefs, Offered
from vismajor.settlement.bargaining import bargain as bargain_between
from vismajor.settlement.prospects import Prospects, apart
from vismajor.settlement.scenarios import Version, compare
from vismajor.settlement.suit import prospects_of
from vismajor.settlement.valuation import Valuation, value_case
from vismajor.settlement.valuation import among as among_claimants

if TYPE_CHECKING:
    from vismajor.case.acts import Stage
    from vismajor.case.portfolio_rows import Portfolio
    from vismajor.drafting.acts.document_set import DocumentSet
    from vismajor.drafting.acts.matter import Matter
    from vismajor.drafting.codes import Codes
    from vismajor.drafting.studies_said import Compared
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
    case = read_case(source, names_of(law))
    if as_of is None:
        return case
    if as_of < case.file.incident.date:
        raise InvalidInput([problem("--as-of", (1, 1), "date_before", read=as_of, other=case.file.incident.date,
                                    what="incident.date")])
    return case.at(as_of)


def names_of(law: Law) -> Names:
    """Return what a pack lets a case name."""
    questions = tuple(dict.fromkeys(rule.question_id for rule in law.rules.values() if rule.open is not None))
    return Names(catalog(law), frozenset(law.vocabulary.duties), frozenset(law.heads),
                 {name: kind.of for name, kind in law.vocabulary.kinds.items()}, tuple(law.issues), questions,
                 frozenset(law.sources))


def _law_of(source: YamlSource) -> Law:
    """Read the pack that a case names; that there is none is told at the line of the case that names it."""
    name = named_law(source)
    if name not in law_names():
        raise InvalidInput([source.problem(("law",), "unknown_law", read=name, nearest=nearest(name, law_names()))])
    return read_law(name)


def assess(case: Case, law: Law | None = None, *, worlds: int = DEFAULT_WORLDS, seed: str | None = None,
           progress: Progress | None = None) -> Assessment:
    """Assess every issue for every claimant over `worlds` draws. The seed is the case folder's name where left out."""
    law = (law or load_law(case.file.law)).on(case.as_of).supposing(case.given, case.chances)
    draws = Worlds(seed or case.seed, worlds)
    claimed = _claimed(law, compute_losses(case, law, draws)) if CLAIMED in law.vocabulary.facts else {}
    return assess_case(case, law, draws, progress, claimed)


def value_version(case: Case, law: Law, like: Valuation, grounder: Grounder, progress: Progress | None = None
                  ) -> Valuation:
    """Value another version of a valued case on the same draws; what it leaves alone is not computed again.

    `law` is the pack as it was read, `grounder` one of its rules.
    """
    law, draws = law.on(case.as_of).supposing(case.given, case.chances), like.assessment.worlds
    losses = losses_of_version(case, law, draws, like.assessment.case, like.losses)
    return value_case(assess_case(case, law, draws, progress, _claimed(law, losses), grounder), losses=losses)


def _claimed(law: Law, losses: Sequence[ClaimantLoss]) -> dict[str, Given]:
    """Return what is claimed under each contract, as a fact of the case where the pack asks for it."""
    if CLAIMED not in law.vocabulary.facts:
        return {}
    return {claim: {CLAIMED: amount} for loss in losses for claim, amount in loss.claimed_by_claim.items()}


def vary_case(case: Case, law: Law, scenarios: Sequence[str] = ()) -> Case:
    """Return the case as the scenarios of its file, one on top of the other, would have it. Raises InvalidInput."""
    return vary(case, names_of(law), scenarios)


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


def bargain(valuation: Valuation, among: Sequence[str] | None = None, progress: Progress | None = None
            ) -> Bargain | None:
    """Return both sides' reservation values and what lies between them, each under its own beliefs.

    `among`: the claimants with whom to settle, by id, while the others go on; those `concerned` by the standing offers
    where left out. None where the case does not say what the suit costs (`proceedings`). Raises InvalidInput where a
    scenario that a side believes in cannot be applied.
    """
    case, worlds = valuation.assessment.case, valuation.assessment.worlds
    if case.file.proceedings is None:
        return None
    who, stances = among or concerned(valuation), case.file.bargaining
    views = dict[str | None, Prospects]()
    for believes in (None, stances.claimants.believes, stances.respondent.believes):
        if believes not in views:
            seen = valuation if believes is None else as_seen(valuation, believes, progress)
            views[believes] = _prospects(seen, who)
    beliefs = Beliefs(views[stances.claimants.believes], views[stances.respondent.believes])
    asked = sum((float(loss.due(case.as_of)) for loss in valuation.losses if loss.claimant.id in who), 0.0)
    most = max(asked, float(np.max(sum(views[None].awarded.values()))))  # interest and costs come on top
    return bargain_between(beliefs, stances, worlds, euros(most), offered_to(valuation, who))


def offered_to(valuation: Valuation, who: Sequence[str]) -> Offered:
    """Return the offers of the respondent that stand for some claimants, which they can take whatever is agreed."""
    standing = valuation.standing
    if standing is None:
        return Offered()
    return Offered({name: worth for name, worth in standing.worths.items() if name in who}, standing.at_least)


def _prospects(valuation: Valuation, who: Sequence[str]) -> Prospects:
    """Return what the suit of all brings some of them."""
    others = [name for name in valuation.awards if name not in who]
    everyone = prospects_of(valuation)
    return apart(everyone, prospects_of(among_claimants(valuation, others))) if others else everyone


def as_seen(valuation: Valuation, scenario: str, progress: Progress | None = None) -> Valuation:
    """Return the value of the case as the side sees it that believes in a scenario: over the same worlds."""
    assessment = valuation.assessment
    law, worlds = assessment.law, assessment.worlds
    varied = vary_case(assessment.case, law, [scenario])
    return value(assess(varied, law, worlds=worlds.count, seed=worlds.seed, progress=progress), progress)


def scenarios_compared(valuation: Valuation, progress: Progress | None = None) -> Compared:
    """Return some scenarios of a valued case beside the case as it is, over the same worlds, for the note.

    A note does not wait for all of them: those that take an answer as given come first, then in the order of the case.
    Raises InvalidInput where a scenario cannot be applied.
    """
    # Whoever only assesses need not wait for what is drafted with.
    from vismajor.drafting.studies_said import MOST_COMPARED, NOTHING_COMPARED, Compared  # noqa: PLC0415

    case, law = valuation.assessment.case, valuation.assessment.law
    varied = [(one, vary_case(case, law, [one.id])) for one in case.file.scenarios]
    # What is known only later has no place in a note of this day: neither has a scenario that supposes it.
    stated = [(one, version) for one, version in varied if version.as_of <= case.as_of]
    first = [one.id for one, _ in sorted(stated, key=lambda pair: not pair[0].issues)[:MOST_COMPARED]]
    if not first:
        return NOTHING_COMPARED
    versions = [Version(version, one, vary_case(case, law, [one.from_] if one.from_ else []))
                for one, version in stated if one.id in first]

    def valued(grounder: Grounder) -> Iterator[tuple[Version, Valuation]]:
        yield Version(case), valuation
        for version in versions:
            yield version, value_version(version.case, law, valuation, grounder)
            if progress:
                progress(version.id)

    with Grounder(law) as grounder:
        return Compared(compare(valuation, valued(grounder)), tuple(one for one, _ in stated if one.id not in first))


def draft(valuation: Valuation, out: str | Path = "out", formats: tuple[str, ...] = ("docx", "pdf", "html"),
          progress: Progress | None = None, *, final: bool = False, reference: Path | None = None,
          templates: Path | None = None) -> list[Path]:
    """Write the internal negotiation note (Word, PDF, HTML) and its receipt into `out`; return the files written.

    In the case's language. Raises InvalidInput when a template is wrong, when the folder cannot be written, and, for a
    `final` note, with everything on which it rests that nobody read in full.
    """
    # pandoc, typst and matplotlib are slow to import: only drafting waits for them.
    from vismajor.drafting.drafts import Own, draft_note  # noqa: PLC0415

    return draft_note(valuation, Path(out), formats, progress, bargain(valuation),
                      compared=scenarios_compared(valuation, progress), own=Own(final, reference, templates))


def matter(assessment: Assessment, claimant: str | None = None) -> Matter:
    """Return the matter of the acts: the case as the side for which we act tells it. Raises InvalidInput."""
    from vismajor.drafting.acts.matter import matter_of  # noqa: PLC0415

    losses = compute_losses(assessment.case, assessment.law, assessment.worlds)
    return matter_of(assessment, losses, claimant)


def check_document(document: str, claimant: str | None, case: Case, formats: tuple[str, ...] = ()) -> None:
    """Check that there is such a document, that our side drafts it, for whom, in which formats. Raises InvalidInput."""
    from vismajor.drafting.acts.kinds import check_asked, check_formats, document_of  # noqa: PLC0415

    kind = document_of(document, case.file.acting_for)
    check_asked(kind, case, claimant)
    check_formats(kind, formats)


def draft_document(assessment: Assessment, document: str, out: str | Path = "out", *, claimant: str | None = None,
                   final: bool = False, formats: tuple[str, ...] = (),
                   reference: Path | None = None, templates: Path | None = None, codes: Path | None = None,
                   progress: Progress | None = None) -> list[Path]:
    """Write one document (an act by its id, or `note`) and its receipt into `out`; return the files written.

    `formats`: docx, pdf, html, and xlsx for a document that has a workbook; all that it has where left out. `codes`: a
    folder of local copies of the codes, from which the articles cited are quoted. Raises InvalidInput with every
    problem: of the request, of a template, and of a final act that is not finished.
    """
    from vismajor.drafting.acts.drafting import Asked, check_files, draft_act  # noqa: PLC0415
    from vismajor.drafting.acts.kinds import FORMATS, NOTE, kind_of  # noqa: PLC0415

    check_document(document, claimant, assessment.case, formats)
    asked = Asked(final, formats, reference, templates, _codes(codes))
    if document == NOTE:
        check_files(asked)
        return draft(value(assessment), out, formats or FORMATS, progress, final=final, reference=reference,
                     templates=templates)
    kind = kind_of(document, assessment.case.file.acting_for)
    return draft_act(kind, matter(assessment, claimant), Path(out), asked, claimant, progress)


def draft_documents(valuation: Valuation, out: str | Path = "out", *, stage: Stage | None = None, final: bool = False,
                    formats: tuple[str, ...] = (), reference: Path | None = None,
                    templates: Path | None = None, codes: Path | None = None, progress: Progress | None = None
                    ) -> DocumentSet:
    """Write the documents of the stage in which the case stands: the note, the acts, a receipt each, and a manifest.

    `stage` chooses another one; the rest is that of `draft_document`. Raises InvalidInput with every problem.
    """
    from vismajor.drafting.acts.document_set import draft_set  # noqa: PLC0415
    from vismajor.drafting.acts.drafting import Asked  # noqa: PLC0415

    asked = Asked(final, formats, reference, templates, _codes(codes))
    return draft_set(valuation, Path(out), asked, stage, bargain(valuation),
                     scenarios_compared(valuation, progress), progress)


def _codes(folder: Path | None) -> Codes | None:
    from vismajor.drafting.codes import read_codes  # noqa: PLC0415

    return None if folder is None else read_codes(folder)
