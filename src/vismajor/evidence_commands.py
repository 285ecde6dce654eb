"""The command `evidence`: what knowing a fact is worth, what to obtain first, what to ask next."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import click

from vismajor.console import EUROS, FINDINGS, as_text, deliver, load, progress, shared_options, spoken, telling


@click.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--scenario", "scenarios", multiple=True, metavar="NAME",
              help="A scenario of the case (several: one on top of the other).")
@click.option("--offer", type=EUROS, metavar="AMOUNT",
              help="A sum for all claimants together (for one, with --claimant), instead of the offers made.")
@click.option("--top", type=click.IntRange(1, 1000), default=6, show_default=True, help="How many facts to tell.")
@shared_options("claimant", "as_of", "seed", "worlds", "json", "out")
@click.pass_context
def evidence(context: click.Context, case_path: Path, scenarios: tuple[str, ...], offer: Decimal | None, top: int,
             claimant: str | None, as_of: dt.date | None, seed: str | None, worlds: int, as_json: bool,
             out: Path | None) -> None:
    """Tell what knowing the disputed and unknown facts of CASE is worth: what to obtain first, what to ask next.

    With --out FILE the result is written there instead of printed.
    """
    from vismajor.evidence_report import evidence_for, evidence_json, tell_evidence  # noqa: PLC0415 — imports wait

    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        with progress(None, context.obj, quiet=as_json) as step:
            found = evidence_for(case, law, claimant, scenarios, offer, worlds=worlds, seed=seed, progress=step)
        assessment = replace(found.valuation.assessment, case=spoken(context, found.valuation.assessment.case))
        found = replace(found, valuation=replace(found.valuation, assessment=assessment))
        deliver(as_text(evidence_json(found, scenarios)) if as_json else tell_evidence(found, scenarios, top), out)
    sys.exit(FINDINGS if assessment.conflicts else 0)
