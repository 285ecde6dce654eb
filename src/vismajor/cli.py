"""The commands: each reads a case, calls one public function, and shows the result for people or as JSON."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

import vismajor

if TYPE_CHECKING:
    from vismajor.case.models import Case
    from vismajor.law.models import Law
    from vismajor.reading.problems import InvalidInput

F = TypeVar("F", bound=Callable[..., Any])

FINDINGS, WRONG_INPUT = 1, 2


class _Day(click.ParamType[dt.date]):
    """A date of an option or an argument, written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        from vismajor.reading.problems import problem  # noqa: PLC0415
        from vismajor.reading.scalars import as_date  # noqa: PLC0415

        day = as_date(value)
        if day is None:
            language = ctx.find_root().obj if ctx else "en"
            self.fail(problem("", (1, 1), "option_not_a_date", read=value).explain(language), param, ctx)
        return day


_DATE = _Day()
_pack = click.option("--pack", default="fr", show_default=True, help="Which law pack (an id, or a folder).")


def _options(*names: str) -> Callable[[F], F]:
    """Add the options that commands share, by name."""
    known = {
        "json": click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables."),
        "seed": click.option("--seed", help="Name from which all draws follow (default: the case folder's name)."),
        "worlds": click.option("--worlds", type=click.IntRange(100, 10_000_000), default=20_000, show_default=True,
                               help="Number of worlds drawn."),
        "as_of": click.option("--as-of", type=_DATE, metavar="YYYY-MM-DD",
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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(vismajor.__version__, prog_name="vismajor")
@click.option("--lang", type=click.Choice(["fr", "en"]), default=None, envvar="VISMAJOR_LANG",
              help="Language of all that is printed (default: the case's; for messages the system's).")
@click.pass_context
def main(context: click.Context, lang: str | None) -> None:
    """The workbench of lawyers who argue about force majeure.

    A CASE is a folder that holds case.yaml. Nothing leaves your machine.
    """
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    context.obj = lang or ("fr" if system.lower().startswith("fr") else "en")


@main.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@_options("as_of", "json")
@click.pass_context
def check(context: click.Context, case_path: Path, as_of: dt.date | None, as_json: bool) -> None:
    """Tell whether CASE is valid, or all that is wrong with it.

    Exit code: 0 valid, 1 valid but something to look into, 2 wrong input.
    """
    from vismajor.check_report import findings_of, tell_check  # noqa: PLC0415 — imports wait until a command needs it

    with _telling(context.obj, as_json):
        case, law = _load(case_path, as_of)
        found = findings_of(case, law, context.obj)
        click.echo(_json({"valid": True, "findings": found}) if as_json else tell_check(case, law, found, context.obj))
    sys.exit(FINDINGS if found else 0)


@main.command(name="import-accounts")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@_options("json")
@click.pass_context
def import_accounts(context: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Show what is understood of a claimant's FILEs before anything is computed.

    A FEC (one file a financial year), a monthly table of revenue (CSV, XLSX), a customers list.
    Exit code: 0 nothing to look into, 1 findings, 2 wrong input.
    """
    from vismajor.accounts_report import findings_of_imports, imports_json, tell_imports  # noqa: PLC0415
    from vismajor.case.imports import read_imports  # noqa: PLC0415

    with _telling(context.obj, as_json):
        readings = read_imports(paths)
        click.echo(_json(imports_json(readings, context.obj)) if as_json else tell_imports(readings, context.obj))
    sys.exit(FINDINGS if findings_of_imports(readings) else 0)


@main.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@_options("as_of", "seed", "worlds", "json", "out")
@click.pass_context
def assess(context: click.Context, case_path: Path, as_of: dt.date | None, seed: str | None, worlds: int,
           as_json: bool, out: Path | None) -> None:
    """Assess every issue of CASE: probability, answer, arguments for and against.

    With --out FILE the result is written there instead of printed.
    """
    from vismajor.report import assessment_json, tell_assessment  # noqa: PLC0415

    with _telling(context.obj, as_json):
        case, law = _load(case_path, as_of)
        case = _spoken(context, case)
        with _progress(len(case.file.claimants), context.obj, quiet=as_json) as step:
            assessment = vismajor.assess(case, law, worlds=worlds, seed=seed, progress=step)
        text = _json(assessment_json(assessment)) if as_json else tell_assessment(assessment)
        _deliver(text, out)
    sys.exit(FINDINGS if assessment.conflicts else 0)


@main.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--xlsx", "workbook", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.xlsx",
              help="Write a workbook with every computation as formulas (internal).")
@click.option("--for-expert", is_flag=True,
              help="The workbook for the other side's expert: without what we think a court may accept.")
@click.option("--charts", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Draw actual and expected revenue of each lost margin (SVG, PNG).")
@_options("claimant", "as_of", "seed", "worlds", "json", "out")
@click.pass_context
def losses(context: click.Context, case_path: Path, workbook: Path | None, for_expert: bool, charts: Path | None,
           claimant: str | None, as_of: dt.date | None, seed: str | None, worlds: int, as_json: bool,
           out: Path | None) -> None:
    """Compute what each claimant of CASE lost, head by head.

    With --out FILE the result is written there instead of printed.
    """
    from vismajor.losses_report import losses_json, losses_of, tell_losses  # noqa: PLC0415
    from vismajor.reasoning.worlds import Worlds  # noqa: PLC0415

    if workbook and workbook.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{workbook}: expected a name that ends in .xlsx", param_hint="--xlsx")
    if for_expert and not workbook:
        raise click.UsageError("--for-expert goes with --xlsx FILE.xlsx")
    with _telling(context.obj, as_json):
        case, law = _load(case_path, as_of)
        case, drawn = _spoken(context, case), Worlds(seed or case.seed, worlds)
        with _progress(len(case.file.claimants), context.obj, quiet=as_json) as step:
            found = losses_of(case, law, drawn, claimant, step)
        if workbook or charts:
            from vismajor.drafting.loss_files import place_charts, place_workbook  # noqa: PLC0415 — slow to import

            files = place_charts(case, found.claimants, charts) if charts else []
            if workbook:
                files += place_workbook(case, law, found.claimants, drawn, workbook, for_expert)
            for file in files:
                click.echo(file, err=True)
        _deliver(_json(losses_json(found)) if as_json else tell_losses(found), out)


@main.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@_options("as_of", "seed", "worlds", "json", "out")
@click.option("--format", "formats", default="docx,pdf,html", show_default=True, help="Which files to write.")
@click.pass_context
def brief(context: click.Context, case_path: Path, as_of: dt.date | None, seed: str | None, worlds: int,
          as_json: bool, out: Path | None, formats: str) -> None:
    """Do the whole way: assess CASE, count, value, and write the negotiation note.

    Writes Word, PDF and HTML into --out (default: out/NAME-OF-THE-CASE), in the language of the case.
    """
    from vismajor.report import tell_value, value_json  # noqa: PLC0415

    chosen = tuple(part.strip() for part in formats.split(","))
    if not chosen or set(chosen) - {"docx", "pdf", "html"}:
        raise click.BadParameter(f"{formats}: expected docx, pdf, html or some of them", param_hint="--format")
    with _telling(context.obj, as_json):
        case, law = _load(case_path, as_of)
        steps = 2 * len(case.file.claimants) + len(chosen)
        with _progress(steps, context.obj, quiet=as_json) as step:
            valuation = vismajor.value(vismajor.assess(case, law, worlds=worlds, seed=seed, progress=step), step)
            target = out or Path("out") / case.seed
            files = vismajor.draft(valuation, target, chosen, step)
        told = replace(valuation, assessment=replace(valuation.assessment, case=_spoken(context, case)))
        click.echo(_json(value_json(valuation, files)) if as_json else tell_value(told, files))
    sys.exit(FINDINGS if valuation.assessment.conflicts else 0)


@main.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("issue", required=False)
@click.option("--long", "whole", is_flag=True, help="Also facts, exhibits, and what each fact would change.")
@click.option("--map", "map_path", type=click.Path(path_type=Path), metavar="FILE.svg",
              help="Draw the argument map on A4 pages (FILE-1.svg, FILE-2.svg …).")
@click.option("--aif", "aif_path", type=click.Path(path_type=Path), metavar="FILE.json",
              help="Write the arguments in the Argument Interchange Format.")
@_options("as_of", "seed", "worlds", "json")
@click.pass_context
def explain(context: click.Context, case_path: Path, issue: str | None, whole: bool, map_path: Path | None,
            aif_path: Path | None, as_of: dt.date | None, seed: str | None, worlds: int, as_json: bool) -> None:
    """Explain the answer to each issue of CASE, or to one ISSUE: why, why not, and what would change it.

    --map and --aif hold the ISSUE with all that it is made of, or else every issue.
    """
    from vismajor.explanation_report import explanation_json, tell_explanation  # noqa: PLC0415
    from vismajor.law_book import find_issue  # noqa: PLC0415

    if map_path and map_path.suffix.lower() != ".svg":
        raise click.BadParameter(f"{map_path}: expected a name that ends in .svg", param_hint="--map")
    with _telling(context.obj, as_json):
        case, law = _load(case_path, as_of)
        case = _spoken(context, case)
        wanted = [find_issue(law, issue, case.as_of).id] if issue else []
        with _progress(len(case.file.claimants), context.obj, quiet=as_json) as step:
            assessment = vismajor.assess(case, law, worlds=worlds, seed=seed, progress=step)
        wanted = wanted or [name for name in assessment.views if law.issues[name].weigh]
        if map_path or aif_path:
            from vismajor.drafting.map_files import write_maps  # noqa: PLC0415 — typst is slow to import

            for file in write_maps(assessment, wanted if issue else None, svg=map_path, aif=aif_path):
                click.echo(file, err=True)
        click.echo(_json(explanation_json(assessment, wanted)) if as_json
                   else tell_explanation(assessment, wanted, whole))


@main.command()
@click.argument("case_paths", metavar="[CASE]...", nargs=-1, type=click.Path(path_type=Path))
@_options("worlds", "json")
@click.pass_context
def backtest(context: click.Context, case_paths: tuple[Path, ...], worlds: int, as_json: bool) -> None:
    """Set what was foreseen on the eve of each decision beside what the court decided.

    Each CASE holds an outcome.yaml (default: the cases that come with vismajor and have one).
    """
    from vismajor.backtest import backtest as test  # noqa: PLC0415
    from vismajor.backtest import decided_cases, load_decided  # noqa: PLC0415
    from vismajor.backtest_report import backtest_json, tell_backtest  # noqa: PLC0415

    with _telling(context.obj, as_json):
        decided = load_decided(case_paths or decided_cases())
        with _progress(sum(len(one.outcome.decisions) for one in decided), context.obj, quiet=as_json) as step:
            tests = test(decided, worlds, step)
        click.echo(_json(backtest_json(tests)) if as_json else tell_backtest(tests, context.obj, worlds))


@main.command()
@click.argument("decisions_path", metavar="DECISIONS", type=click.Path(path_type=Path))
@_pack
@_options("json")
@click.pass_context
def validate(context: click.Context, decisions_path: Path, pack: str, as_json: bool) -> None:
    """Tell how often the law pack is right on real DECISIONS (a YAML file, or a folder of them).

    Decisions that its weights have seen are held out: everything is refitted without their dispute
    (two to four minutes).
    """
    from vismajor.decisions import validate as judge  # noqa: PLC0415
    from vismajor.decisions_report import tell_validation, validation_json  # noqa: PLC0415

    with _telling(context.obj, as_json):
        read = vismajor.load_law(pack)
        with _progress(None, context.obj, quiet=as_json) as step:
            validation = judge(decisions_path, read, step)
        click.echo(_json(validation_json(validation)) if as_json else tell_validation(read, validation, context.obj))


@main.command()
@click.argument("decisions_path", metavar="DECISIONS", type=click.Path(path_type=Path))
@_pack
@click.option("--on", "day", type=_DATE, metavar="YYYY-MM-DD", help="Date to write into the file (default: today).")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="The weights.yaml to write.")
@click.pass_context
def calibrate(context: click.Context, decisions_path: Path, pack: str, day: dt.date | None, out: Path) -> None:
    """Fit the weights of the law pack to real DECISIONS, around the words of its rules (two to five minutes)."""
    from vismajor.decisions import calibrate as fit  # noqa: PLC0415
    from vismajor.decisions import weights_file  # noqa: PLC0415
    from vismajor.decisions_report import tell_calibration  # noqa: PLC0415
    from vismajor.drafting.drafts import place  # noqa: PLC0415

    with _telling(context.obj, as_json=False):
        read = vismajor.load_law(pack)
        named = f"vismajor calibrate {decisions_path} --out {out}" + (f" --pack {pack}" if pack != "fr" else "")
        place({}, out.parent)  # told before, not after, two minutes of fitting
        with _progress(None, context.obj, quiet=False) as step:
            fitted = fit(decisions_path, read, command=named, made_on=day, progress=step)
        place({out.name: weights_file(fitted).encode()}, out.parent)
        click.echo(tell_calibration(read, fitted, out, context.obj))


@main.command()
@click.argument("graph_path", metavar="GRAPH", type=click.Path(path_type=Path))
@_options("json")
@click.pass_context
def argue(context: click.Context, graph_path: Path, as_json: bool) -> None:
    """Label the statements of an argument GRAPH (YAML of Carneades 4): in, out or undecided.

    Exit code 1 when the file states the labels it expects and they differ.
    """
    from vismajor.report import labels_json, tell_labels  # noqa: PLC0415
    from vismajor.workbench import argue as label  # noqa: PLC0415

    with _telling(context.obj, as_json):
        labelled = label(graph_path)
    click.echo(_json(labels_json(labelled)) if as_json else tell_labels(labelled, context.obj))
    sys.exit(FINDINGS if labelled.surprises else 0)


@main.group()
def law() -> None:
    """Read the law pack: its issues, its rules, what counted at a date."""




@law.command(name="list")
@_pack
@_options("json")
@click.pass_context
def list_issues(context: click.Context, pack: str, as_json: bool) -> None:
    """List the issues in the order in which a court meets them, with their rules."""
    from vismajor.law_book import issues_asked, pack_json, tell_pack  # noqa: PLC0415

    with _telling(context.obj, as_json):
        read = vismajor.load_law(pack)
        click.echo(_json(pack_json(read, issues_asked(read), list(read.rules.values()))) if as_json
                   else tell_pack(read, context.obj))


@law.command()
@click.argument("issue")
@click.option("--at", "day", type=_DATE, metavar="YYYY-MM-DD", help="Only what counted on this day.")
@_pack
@_options("json")
@click.pass_context
def show(context: click.Context, issue: str, day: dt.date | None, pack: str, as_json: bool) -> None:
    """Show one ISSUE whole: its question, its burden, its rules with reasons, dates and sources."""
    from vismajor.law_book import find_issue, pack_json, rules_of, tell_issue  # noqa: PLC0415

    with _telling(context.obj, as_json):
        read = vismajor.load_law(pack)
        found = find_issue(read, issue, day)
        chosen = rules_of(read, found, day)
        click.echo(_json(pack_json(read, [found], chosen, day)) if as_json
                   else tell_issue(read, found, chosen, context.obj))


@law.command()
@click.argument("day", metavar="DATE", type=_DATE)
@_pack
@_options("json")
@click.pass_context
def at(context: click.Context, day: dt.date, pack: str, as_json: bool) -> None:
    """Tell what counted on DATE, for a contract made that day: texts in force, decisions known."""
    from vismajor.law.coverage import rules_at  # noqa: PLC0415
    from vismajor.law_book import issues_asked, pack_json, tell_pack  # noqa: PLC0415

    with _telling(context.obj, as_json):
        read = vismajor.load_law(pack)
        rules = rules_at(read, day)
        click.echo(_json(pack_json(read, issues_asked(read, day), rules, day)) if as_json
                   else tell_pack(read, context.obj, day))


@law.command(name="check")
@click.argument("pack", default="fr")
@click.option("--until", type=_DATE, metavar="YYYY-MM-DD", help="Last month looked at (default: this month).")
@click.pass_context
def check_pack(context: click.Context, pack: str, until: dt.date | None) -> None:
    """Check PACK: every name, source and reason; each month since 2010, both sides of every issue; no contradiction.

    Exit code: 0 good, 1 a gap or a contradiction, 2 a pack that cannot be read.
    """
    from vismajor.law.clashes import clashes  # noqa: PLC0415
    from vismajor.law.coverage import FIRST, gaps  # noqa: PLC0415
    from vismajor.law_book import tell_coverage  # noqa: PLC0415

    with _telling(context.obj, as_json=False):
        read = vismajor.load_law(pack)
        last = until or dt.date.today()
        found, contradictions = gaps(read, last), clashes(read)
        click.echo(tell_coverage(read, found, contradictions, FIRST, last, context.obj))
    sys.exit(FINDINGS if found or contradictions else 0)


def _load(path: Path, as_of: dt.date | None) -> tuple[Case, Law]:
    from vismajor.workbench import load_both  # noqa: PLC0415

    return load_both(path, as_of)


def _spoken(context: click.Context, case: Case) -> Case:
    """Return the case as it is told: in the language of --lang where the command line gives one, else in its own."""
    given = context.find_root().get_parameter_source("lang")
    return case.said_in(context.obj) if given is ParameterSource.COMMANDLINE else case


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def _deliver(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text)
        return
    from vismajor.drafting.drafts import place  # noqa: PLC0415

    place({out.name: (click.unstyle(text) + "\n").encode()}, out.parent)


@contextmanager
def _telling(language: str, as_json: bool) -> Iterator[None]:
    """Turn wrong input into messages and exit code 2; nothing else is caught but what a lawyer can act on."""
    from vismajor.reading.problems import InvalidInput  # noqa: PLC0415

    try:
        yield
    except InvalidInput as error:
        if as_json:
            click.echo(_json({"valid": False, "problems": _problems_json(error, language)}))
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
def _progress(total: int | None, language: str, quiet: bool) -> Iterator[Callable[[str], None]]:
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
