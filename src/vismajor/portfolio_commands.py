"""The command `portfolio`: a case, and a table of claimants too many for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from vismajor.console import as_text, load, progress, shared_options, spoken, telling


@click.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("table_path", metavar="CLAIMANTS.csv", type=click.Path(path_type=Path))
@click.option("--processes", type=click.IntRange(1, 1_000), help="Processes that share the work (default: the cores).")
@click.option("--dask", "address", metavar="ADDRESS",
              help="Address of a Dask cluster that does the work (needs the extra: vismajor[dask]).")
@shared_options("as_of", "seed", "worlds", "json", "out")
@click.pass_context
def portfolio(context: click.Context, case_path: Path, table_path: Path, processes: int | None, address: str | None,
              as_of: dt.date | None, seed: str | None, worlds: int, as_json: bool, out: Path | None) -> None:
    """Value a table of claimants, each like one of CASE, all before one court.

    CLAIMANTS.csv has one line a claimant: id, like (a claimant of CASE), and what changes: monthly_fees,
    terms, concluded, renewed, and columns named by heads of loss (amounts), payments received, or facts.
    With --out FILE.csv each claimant's line is written there.
    """
    from vismajor.portfolio_report import portfolio_csv, portfolio_json, tell_portfolio  # noqa: PLC0415 — imports wait
    from vismajor.reasoning.parallel import cores  # noqa: PLC0415
    from vismajor.settlement.portfolio import blocks_in  # noqa: PLC0415
    from vismajor.settlement.portfolio_court import Line  # noqa: PLC0415
    from vismajor.settlement.workers import Cluster, Processes  # noqa: PLC0415
    from vismajor.workbench import load_portfolio, value_all  # noqa: PLC0415

    if processes and address:
        raise click.UsageError("--processes and --dask exclude each other: the cluster has its own workers")
    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        case = spoken(context, case)
        table, lines = load_portfolio(table_path, case, law), list[Line]()
        workers = Cluster(address) if address else Processes(processes or cores())
        with progress(blocks_in(table), context.obj, quiet=as_json) as step:
            value = value_all(case, table, law, worlds=worlds, seed=seed, workers=workers, write=lines.append,
                              progress=step)
        if out is not None:
            from vismajor.drafting.drafts import place  # noqa: PLC0415

            place({out.name: portfolio_csv(lines, case.file.language)}, out.parent)
        click.echo(as_text(portfolio_json(value, lines, out)) if as_json else tell_portfolio(value, out))
