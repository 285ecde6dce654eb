"""The command `vismajor sweep`: every combination of contested facts, ranked by what judgment would bring."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

import vismajor
from vismajor.console import as_text, load, progress, shared_options, spoken, telling


@click.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--facts", metavar="NAME,NAME...",
              help="The facts to combine: disputed, alleged or unknown; NAME@DUTY, NAME@CLAIMANT or NAME#ITEM for one "
                   "alone (default: the contested ones that move the award most, at most 20).")
@click.option("--top", type=click.IntRange(1, 100), default=10, show_default=True,
              help="How many combinations to print at each end.")
@click.option("--worlds-per-combination", "worlds_each", type=click.IntRange(64, 4_096), default=1_024,
              show_default=True, help="Worlds on which all combinations are ranked.")
@click.option("--per-group", is_flag=True,
              help="In the file, probabilities for each set of claims that plead alike, not a mean for each duty.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv|FILE.parquet",
              help="Write all combinations (CSV: comma, decimal point, UTF-8; Parquet: extra vismajor[parquet]).")
@shared_options("claimant", "as_of", "seed", "worlds", "json")
@click.pass_context
def sweep(context: click.Context, case_path: Path, facts: str | None, top: int, worlds_each: int, per_group: bool,
          out: Path | None, claimant: str | None, as_of: dt.date | None, seed: str | None, worlds: int,
          as_json: bool) -> None:
    """Combine up to 20 contested or unknown facts of CASE in every way: likelihood, answers, euros.

    All combinations, 1,048,576 at most, see the same draws. A fact varies at once for all for whom it is open.
    The combinations printed are computed again on --worlds.
    """
    from vismajor.settlement.sweep import names_of, sweep_case  # noqa: PLC0415 — imports wait
    from vismajor.sweep_export import check_export, write_sweep  # noqa: PLC0415
    from vismajor.sweep_report import sweep_json, tell_sweep  # noqa: PLC0415

    with telling(context.obj, as_json):
        if out:
            check_export(out)
        named = None if facts is None else names_of(facts)
        case, law = load(case_path, as_of)
        case = spoken(context, case)
        with progress(len(case.file.claimants), context.obj, quiet=as_json) as step:
            assessment = vismajor.assess(case, law, worlds=worlds, seed=seed, progress=step)
            found = sweep_case(assessment, named, claimant=claimant, worlds_each=worlds_each, top=top)
        file = write_sweep(found, out, per_group=per_group) if out else None
        click.echo(as_text(sweep_json(found, file)) if as_json else tell_sweep(found, file))
