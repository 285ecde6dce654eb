"""The command `exposure`: what going to court means for both sides."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import click

from vismajor.console import FINDINGS, as_text, deliver, load, progress, shared_options, spoken, telling


@click.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--scenario", "scenarios", multiple=True, metavar="NAME",
              help="A scenario of the case (several: one on top of the other).")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.svg",
              help="Draw the litigation tree on one A4 page.")
@shared_options("claimant", "as_of", "seed", "worlds", "json", "out")
@click.pass_context
def exposure(context: click.Context, case_path: Path, scenarios: tuple[str, ...], svg: Path | None,
             claimant: str | None, as_of: dt.date | None, seed: str | None, worlds: int, as_json: bool,
             out: Path | None) -> None:
    """Tell what going to court means in CASE: time, costs, what each side is left with, the litigation tree.

    With --claimant ID: for one of the group. With --out FILE the result is written there instead of printed.
    """
    from vismajor.exposure_report import exposure_json, exposure_of, tell_exposure  # noqa: PLC0415 — imports wait

    if svg and svg.suffix.lower() != ".svg":
        raise click.BadParameter(f"{svg}: expected a name that ends in .svg", param_hint="--svg")
    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        with progress(2 * len(case.file.claimants), context.obj, quiet=as_json) as step:
            found = exposure_of(case, law, claimant, scenarios, worlds=worlds, seed=seed, progress=step)
        assessment = replace(found.valuation.assessment, case=spoken(context, found.valuation.assessment.case))
        found = replace(found, valuation=replace(found.valuation, assessment=assessment))
        if svg:
            from vismajor.drafting.tree_chart import write_tree  # noqa: PLC0415 — typst is slow to import

            for file in write_tree(found, svg):
                click.echo(file, err=True)
        deliver(as_text(exposure_json(found, scenarios)) if as_json else tell_exposure(found, scenarios), out)
    sys.exit(FINDINGS if assessment.conflicts else 0)
