"""The main job: assess a case, value it, and write the documents of the stage in which it stands."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import vismajor
from vismajor.console import FINDINGS, as_text, load, progress, shared_options, spoken, telling
from vismajor.draft_commands import (
    codes_option,
    final_option,
    formats_of,
    formats_option,
    reference_option,
    templates_option,
)

if TYPE_CHECKING:
    from vismajor.case.acts import Stage

STAGES = ("demand", "negotiation", "suit", "pleadings")


@click.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--stage", type=click.Choice(STAGES),
              help="Which stage (default: the one that the case states, or that its dates tell).")
@final_option
@formats_option
@reference_option
@templates_option
@codes_option
@shared_options("as_of", "seed", "worlds", "json", "out")
@click.pass_context
def brief(context: click.Context, case_path: Path, stage: Stage | None, final: bool, formats: str | None,
          reference: Path | None, templates: Path | None, codes: Path | None, as_of: dt.date | None, seed: str | None,
          worlds: int, as_json: bool, out: Path | None) -> None:
    """Do the whole way: assess CASE, count, value, and write its documents.

    The internal note, and the acts of the stage that the case is in, in Word, PDF and HTML, each with a receipt,
    into --out (default: out/NAME-OF-THE-CASE), in the language of --lang or of the case.
    """
    chosen = formats_of(formats)
    with telling(context.obj, as_json):
        from vismajor import workbench  # noqa: PLC0415 — slow to import, as all that follows
        from vismajor.drafting.acts.document_set import planned  # noqa: PLC0415
        from vismajor.report import tell_value, value_json  # noqa: PLC0415
        from vismajor.set_report import set_json, tell_set  # noqa: PLC0415

        case, law = load(case_path, as_of)
        case = spoken(context, case)
        acts = 1 + len(planned(case, stage))
        steps = 2 * len(case.file.claimants) + len(case.file.scenarios) + (len(chosen) or 3) * acts
        with progress(steps, context.obj, quiet=as_json) as step:
            valuation = vismajor.value(vismajor.assess(case, law, worlds=worlds, seed=seed, progress=step), step)
            written = workbench.draft_documents(
                valuation, out or Path("out") / case.seed, stage=stage, final=final, formats=chosen,
                reference=reference, templates=templates, codes=codes, progress=step)
        language = case.file.language
        click.echo(as_text(value_json(valuation, written.files) | set_json(written)) if as_json
                   else f"{tell_value(valuation, [])}\n\n{tell_set(written, language)}")
    sys.exit(FINDINGS if valuation.assessment.conflicts else 0)
