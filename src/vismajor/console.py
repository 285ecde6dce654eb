"""What the commands share: options, reading a case, telling wrong input, progress, where a result goes."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from vismajor.case.models import Case
    from vismajor.law.models import Law
    from vismajor.reading.problems import InvalidInput

F = TypeVar("F", bound=Callable[..., Any])

FINDINGS, WRONG_INPUT = 1, 2


class Day(click.ParamType[dt.date]):
    """A date of an option or an argument, written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Return the date; one that cannot be read is told with what was expected."""
        from vismajor.reading.problems import problem  # noqa: PLC0415
        from vismajor.reading.scalars import as_date  # noqa: PLC0415

        day = as_date(value)
        if day is None:
            language = ctx.find_root().obj if ctx else "en"
            self.fail(problem("", (1, 1), "option_not_a_date", read=value).explain(language), param, ctx)
        return day


class Euros(click.ParamType[Decimal]):
    """An amount of an option or an argument, in euros, not negative, at most two decimals."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Return the amount; one that cannot be read is told with what was expected."""
        from vismajor.reading.problems import problem  # noqa: PLC0415

        if isinstance(value, Decimal):
            return value
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", str(value)):
            language = ctx.find_root().obj if ctx else "en"
            self.fail(problem("", (1, 1), "option_not_money", read=value).explain(language), param, ctx)
        return Decimal(str(value))


DATE, EUROS = Day(), Euros()
pack_option = click.option("--pack", default="fr", show_default=True, help="Which law pack (an id, or a folder).")


def shared_options(*names: str) -> Callable[[F], F]:
    """Add the options that commands share, by name."""
    known = {
        "json": click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables."),
        "seed": click.option("--seed", help="Name from which all draws follow (default: the case folder's name)."),
        "worlds": click.option("--worlds", type=click.IntRange(100, 10_000_000), default=20_000, show_default=True,
                               help="Number of worlds drawn."),
        "as_of": click.option("--as-of", type=DATE, metavar="YYYY-MM-DD",
                              help="Date of knowledge (default: the case's own)."),
        "out": click.option("--out", type=click.Path(path_type=Path),
                            help="Where to write (default: see the command)."),
        "claimant": click.option("--claimant", metavar="ID", help="Only this claimant."),
    }

    def add(function: F) -> F:
        for name in reversed(names):
            function = known[name](function)
        return function

    return add


def load(path: Path, as_of: dt.date | None) -> tuple[Case, Law]:
    """Read a case and the law pack that it names. Raises InvalidInput."""
    from vismajor.workbench import load_both  # noqa: PLC0415

    return load_both(path, as_of)


def spoken(context: click.Context, case: Case) -> Case:
    """Return the case as it is told: in the language of --lang where the command line gives one, else in its own."""
    given = context.find_root().get_parameter_source("lang")
    return case.said_in(context.obj) if given is ParameterSource.COMMANDLINE else case


def as_text(data: object) -> str:
    """Return data as JSON, readable."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def deliver(text: str, out: Path | None) -> None:
    """Print a result, or write it to the file `out`."""
    if out is None:
        click.echo(text)
        return
    from vismajor.drafting.drafts import place  # noqa: PLC0415

    place({out.name: (click.unstyle(text) + "\n").encode()}, out.parent)


@contextmanager
def telling(language: str, as_json: bool) -> Iterator[None]:
    """Turn wrong input into messages and exit code 2; nothing else is caught but what a lawyer can act on."""
    from vismajor.reading.problems import InvalidInput  # noqa: PLC0415

    try:
        yield
    except InvalidInput as error:
        if as_json:
            click.echo(as_text({"valid": False, "problems": _problems_json(error, language)}))
        else:
            for item in error.problems:
                click.echo(item.tell(language), err=True)
            click.echo(f"{len(error.problems)} ✗", err=True)
        sys.exit(WRONG_INPUT)


def _problems_json(error: InvalidInput, language: str) -> list[dict[str, object]]:
    return [
        {"file": p.file, "line": p.line, "column": p.column, **({"cell": p.cell} if p.cell else {}), "code": p.code,
         "message": p.explain(language)}
        for p in error.problems
    ]


@contextmanager
def progress(total: int | None, language: str, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show a progress bar on the terminal's error stream; nothing when it is not a terminal or JSON is asked for."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("", total=total)

        def step(what: str) -> None:
            bar.update(task, advance=1, description=what)

        yield step
