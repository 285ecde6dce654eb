"""The command `vismajor dates`: the calendar of a dispute, on screen and as a file for an agenda."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from vismajor.console import FINDINGS, as_text, load, shared_options, spoken, telling


@click.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--ics", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.ics",
              help="Write what lies ahead as a calendar that any agenda imports.")
@click.option("--all", "every", is_flag=True, help="Write the dates already past and the limits kept as well.")
@shared_options("as_of", "json")
@click.pass_context
def dates(context: click.Context, case_path: Path, ics: Path | None, every: bool, as_of: dt.date | None,
          as_json: bool) -> None:
    """Tell the dates of CASE in order: time limits, hearings, offers that lapse, what is expected.

    Exit code: 0, 1 where a time limit is near its end or past, 2 wrong input.
    """
    from vismajor.dates_report import dates_json, exported, tell_dates  # noqa: PLC0415 — imports wait
    from vismajor.drafting.dates import dates_of  # noqa: PLC0415

    if ics and ics.suffix.lower() != ".ics":
        raise click.BadParameter(f"{ics}: expected a name that ends in .ics", param_hint="--ics")
    if every and not ics:
        raise click.UsageError("--all goes with --ics FILE.ics (the screen always shows every date)")
    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        case = spoken(context, case)
        language = case.file.language
        found = dates_of(case, law, language)
        kept = exported(found, every)
        if ics and kept:
            from vismajor.drafting.calendar import write_calendar  # noqa: PLC0415
            from vismajor.drafting.drafts import place  # noqa: PLC0415

            place({ics.name: write_calendar(case, law, kept, language)}, ics.parent)
            click.echo(ics, err=True)
        elif ics:
            from vismajor.drafting.words import words  # noqa: PLC0415

            click.echo(words(language)["dates_nothing_to_export"], err=True)
        written = str(ics) if ics and kept else None
        click.echo(as_text(dates_json(case, law, found, every, written)) if as_json
                   else tell_dates(case, law, found))
    sys.exit(FINDINGS if any(date.pressing for date in found) else 0)
