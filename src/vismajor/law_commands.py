"""The commands of `vismajor law`: the pack as a lawyer reads it, and its checks."""

from __future__ import annotations

import datetime as dt
import sys

import click

import vismajor
from vismajor.console import DATE, FINDINGS, as_text, pack_option, shared_options, telling


@click.group()
def law() -> None:
    """Read the law pack: its issues, its rules, what counted at a date."""


@law.command(name="list")
@pack_option
@shared_options("json")
@click.pass_context
def list_issues(context: click.Context, pack: str, as_json: bool) -> None:
    """List the issues in the order in which a court meets them, with their rules."""
    from vismajor.law_book import issues_asked, pack_json, tell_pack  # noqa: PLC0415

    with telling(context.obj, as_json):
        read = vismajor.load_law(pack)
        click.echo(as_text(pack_json(read, issues_asked(read), list(read.rules.values()))) if as_json
                   else tell_pack(read, context.obj))


@law.command()
@click.argument("issue")
@click.option("--at", "day", type=DATE, metavar="YYYY-MM-DD", help="Only what counted on this day.")
@pack_option
@shared_options("json")
@click.pass_context
def show(context: click.Context, issue: str, day: dt.date | None, pack: str, as_json: bool) -> None:
    """Show one ISSUE whole: its question, its burden, its rules with reasons, dates and sources."""
    from vismajor.law_book import find_issue, pack_json, rules_of, tell_issue  # noqa: PLC0415

    with telling(context.obj, as_json):
        read = vismajor.load_law(pack)
        found = find_issue(read, issue, day)
        chosen = rules_of(read, found, day)
        click.echo(as_text(pack_json(read, [found], chosen, day)) if as_json
                   else tell_issue(read, found, chosen, context.obj))


@law.command()
@click.argument("day", metavar="DATE", type=DATE)
@pack_option
@shared_options("json")
@click.pass_context
def at(context: click.Context, day: dt.date, pack: str, as_json: bool) -> None:
    """Tell what counted on DATE, for a contract made that day: texts in force, decisions known."""
    from vismajor.law.coverage import rules_at  # noqa: PLC0415
    from vismajor.law_book import issues_asked, pack_json, tell_pack  # noqa: PLC0415

    with telling(context.obj, as_json):
        read = vismajor.load_law(pack)
        rules = rules_at(read, day)
        click.echo(as_text(pack_json(read, issues_asked(read, day), rules, day)) if as_json
                   else tell_pack(read, context.obj, day))


@law.command(name="check")
@click.argument("pack", default="fr")
@click.option("--until", type=DATE, metavar="YYYY-MM-DD", help="Last month looked at (default: this month).")
@click.pass_context
def check_pack(context: click.Context, pack: str, until: dt.date | None) -> None:
    """Check PACK: every name, source and reason; each month since 2010, both sides of every issue; no contradiction.

    Exit code: 0 good, 1 a gap or a contradiction, 2 a pack that cannot be read.
    """
    from vismajor.law.clashes import clashes  # noqa: PLC0415
    from vismajor.law.coverage import FIRST, gaps  # noqa: PLC0415
    from vismajor.law_book import tell_coverage  # noqa: PLC0415

    with telling(context.obj, as_json=False):
        read = vismajor.load_law(pack)
        last = until or dt.date.today()
        found, contradictions = gaps(read, last), clashes(read)
        click.echo(tell_coverage(read, found, contradictions, FIRST, last, context.obj))
    sys.exit(FINDINGS if found or contradictions else 0)
