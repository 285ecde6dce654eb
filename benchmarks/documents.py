"""Measures the writing of documents, once the case is assessed: each act in three formats, the set of each stage.

    uv run python benchmarks/documents.py

Each stands beside its limit and, for one act, beside pandoc and typst as they come, on the same Markdown: the same
three formats one after the other, without our layouts.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pypandoc
import typst

import vismajor
from timing import median_seconds, tell
from vismajor.drafting.acts.drafting import draft_act
from vismajor.drafting.acts.kinds import KINDS, kind_of
from vismajor.drafting.acts.rendering import render
from vismajor.settlement.valuation import Valuation
from vismajor.workbench import draft_documents, matter

ROOT = Path(__file__).parents[1]
ONE, ALL = 3.0, 60.0  # seconds: one document in all three formats, the whole set for twenty claimants
STAGES = ("demand", "negotiation", "suit", "pleadings")


def plain(text: str, folder: Path) -> None:
    """Write Markdown as Word, HTML and PDF with pandoc and typst as they come."""
    command = [pypandoc.get_pandoc_path(), "--standalone", "--from=markdown"]
    for form in ("docx", "html", "typ"):
        subprocess.run([*command, f"--output={folder}/plain.{form}"], input=text.encode(), check=True,
                       capture_output=True)
    typst.compile(folder / "plain.typ", root=folder)


def one_act(valuation: Valuation, folder: Path) -> None:
    """Measure one letter in three formats, for all claimants and for one of them."""
    kind, assessment = kind_of("formal-notice"), valuation.assessment
    for who, name in ((None, "20 claimants"), ("demanderesse-03", "1 claimant")):
        told = matter(assessment, who)
        ours = median_seconds(lambda told=told, who=who: draft_act(kind, told, folder, claimant=who))
        text = render(kind, told).markdown
        peer = median_seconds(lambda text=text: plain(text, folder))
        tell(f"formal-notice, {name}, docx, pdf, html", ours, "s", f"share of the limit, {ONE} s", ours / ONE)
        tell("the same Markdown by pandoc and typst alone", peer, "s", "our time to theirs, a ratio", ours / peer)


def each_act(valuation: Valuation, folder: Path) -> None:
    """Measure every other document that our side sends, in three formats, for all claimants and for one of them."""
    side = valuation.assessment.case.file.acting_for
    for kind in (one for one in KINDS if side in one.sides and one.id != "formal-notice"):
        for who, name in ((None, "20 claimants"), ("demanderesse-03", "1 claimant")):
            told = matter(valuation.assessment, who)
            seconds = median_seconds(lambda kind=kind, told=told, who=who: draft_act(kind, told, folder, claimant=who))
            tell(f"{kind.id}, {name}", seconds, "s", f"share of the limit, {ONE} s", seconds / ONE)


def whole_sets(valuation: Valuation, folder: Path) -> None:
    """Measure the documents of each stage together, all in three formats."""
    for stage in STAGES:
        seconds = median_seconds(lambda stage=stage: draft_documents(valuation, folder / stage, stage=stage), 1)
        count = len(list((folder / stage).glob("*.pdf")))
        tell(f"the set of “{stage}”, {count} documents", seconds, "s", f"share of the limit, {ALL} s", seconds / ALL)


def main() -> None:
    """Print one line a figure."""
    case = vismajor.load_case(ROOT / "cases" / "ovh-strasbourg")
    valuation = vismajor.value(vismajor.assess(case))
    with tempfile.TemporaryDirectory() as name:
        one_act(valuation, Path(name))
        each_act(valuation, Path(name))
        whole_sets(valuation, Path(name))


if __name__ == "__main__":
    main()
