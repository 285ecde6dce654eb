"""The commands: each reads a case, calls one public function, and shows the result for people or as JSON."""

from __future__ import annotations

import datetime as dt
import os
import sys
from decimal import Decimal
from pathlib import Path

import click

import vismajor
from vismajor.brief_commands import brief
from vismajor.console import (
    DATE,
    EUROS,
    FINDINGS,
    as_text,
    deliver,
    load,
    pack_option,
    progress,
    shared_options,
    spoken,
    telling,
)
from vismajor.dates_commands import dates
from vismajor.draft_commands import draft, templates
from vismajor.evidence_commands import evidence
from vismajor.exposure_commands import exposure
from vismajor.law_commands import law
from vismajor.portfolio_commands import portfolio
from vismajor.scenario_commands import compare, sensitivity, what_if
from vismajor.sweep_commands import sweep
from vismajor.value_commands import group, value


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
@shared_options("as_of", "json")
@click.pass_context
def check(context: click.Context, case_path: Path, as_of: dt.date | None, as_json: bool) -> None:
    """Tell whether CASE is valid, or all that is wrong with it.

    Exit code: 0 valid, 1 valid but something to look into, 2 wrong input.
    """
    from vismajor.check_report import findings_of, tell_check  # noqa: PLC0415 — imports wait

    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        found = findings_of(case, law, context.obj)
        click.echo(as_text({"valid": True, "findings": found}) if as_json
                   else tell_check(case, law, found, context.obj))
    sys.exit(FINDINGS if found else 0)


@main.command(name="import-accounts")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@shared_options("json")
@click.pass_context
def import_accounts(context: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Show what is understood of a claimant's FILEs before anything is computed.

    A FEC (one file a financial year), a monthly table of revenue (CSV, XLSX), a customers list.
    Exit code: 0 nothing to look into, 1 findings, 2 wrong input.
    """
    from vismajor.accounts_report import findings_of_imports, imports_json, tell_imports  # noqa: PLC0415
    from vismajor.case.imports import read_imports  # noqa: PLC0415

    with telling(context.obj, as_json):
        readings = read_imports(paths)
        click.echo(as_text(imports_json(readings, context.obj)) if as_json else tell_imports(readings, context.obj))
    sys.exit(FINDINGS if findings_of_imports(readings) else 0)


@main.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@shared_options("as_of", "seed", "worlds", "json", "out")
@click.pass_context
def assess(context: click.Context, case_path: Path, as_of: dt.date | None, seed: str | None, worlds: int,
           as_json: bool, out: Path | None) -> None:
    """Assess every issue of CASE: probability, answer, arguments for and against.

    With --out FILE the result is written there instead of printed.
    """
    from vismajor.report import assessment_json, tell_assessment  # noqa: PLC0415

    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        case = spoken(context, case)
        with progress(len(case.file.claimants), context.obj, quiet=as_json) as step:
            assessment = vismajor.assess(case, law, worlds=worlds, seed=seed, progress=step)
        text = as_text(assessment_json(assessment)) if as_json else tell_assessment(assessment)
        deliver(text, out)
    sys.exit(FINDINGS if assessment.conflicts else 0)


@main.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--xlsx", "workbook", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.xlsx",
              help="Write a workbook with every computation as formulas (internal).")
@click.option("--for-expert", is_flag=True,
              help="The workbook for the other side's expert: nothing of what we think of the claim.")
@click.option("--with-intervals", is_flag=True, help="Show the 90% intervals to the other side's expert as well.")
@click.option("--charts", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Draw actual and expected revenue of each lost margin (SVG, PNG).")
@click.option("--second-opinion", is_flag=True,
              help="Set statsmodels' airline model beside each lost margin (needs the extra: vismajor[stats]).")
@shared_options("claimant", "as_of", "seed", "worlds", "json", "out")
@click.pass_context
def losses(context: click.Context, case_path: Path, workbook: Path | None, for_expert: bool,
           with_intervals: bool, charts: Path | None, second_opinion: bool, claimant: str | None,
           as_of: dt.date | None, seed: str | None, worlds: int, as_json: bool, out: Path | None) -> None:
    """Compute what each claimant of CASE lost, head by head.

    With --out FILE the result is written there instead of printed.
    """
    from vismajor.losses_report import losses_json, losses_of, tell_losses  # noqa: PLC0415
    from vismajor.reasoning.worlds import Worlds  # noqa: PLC0415

    if workbook and workbook.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{workbook}: expected a name that ends in .xlsx", param_hint="--xlsx")
    if for_expert and not workbook:
        raise click.UsageError("--for-expert goes with --xlsx FILE.xlsx")
    if with_intervals and not for_expert:
        raise click.UsageError("--with-intervals goes with --for-expert (our own workbook always has them)")
    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        case, drawn = spoken(context, case), Worlds(seed or case.seed, worlds)
        with progress(len(case.file.claimants), context.obj, quiet=as_json) as step:
            found = losses_of(case, law, drawn, claimant, step, second_opinion=second_opinion)
        if workbook or charts:
            from vismajor.drafting.loss_files import place_charts, place_workbook  # noqa: PLC0415 — slow to import

            files = place_charts(case, found.claimants, charts) if charts else []
            if workbook:
                files += place_workbook(case, law, found.claimants, drawn, workbook, for_expert, with_intervals)
            for file in files:
                click.echo(file, err=True)
        deliver(as_text(losses_json(found)) if as_json else tell_losses(found), out)


@main.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("issue", required=False)
@click.option("--long", "whole", is_flag=True, help="Also facts, exhibits, and what each fact would change.")
@click.option("--map", "map_path", type=click.Path(path_type=Path), metavar="FILE.svg",
              help="Draw the argument map on A4 pages (FILE-1.svg, FILE-2.svg …).")
@click.option("--aif", "aif_path", type=click.Path(path_type=Path), metavar="FILE.json",
              help="Write the arguments in the Argument Interchange Format.")
@shared_options("as_of", "seed", "worlds", "json")
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
    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        case = spoken(context, case)
        wanted = [find_issue(law, issue, case.as_of).id] if issue else []
        with progress(len(case.file.claimants), context.obj, quiet=as_json) as step:
            assessment = vismajor.assess(case, law, worlds=worlds, seed=seed, progress=step)
        wanted = wanted or [name for name in assessment.views if law.issues[name].weigh]
        if map_path or aif_path:
            from vismajor.drafting.map_files import write_maps  # noqa: PLC0415 — typst is slow to import

            for file in write_maps(assessment, wanted if issue else None, svg=map_path, aif=aif_path):
                click.echo(file, err=True)
        click.echo(as_text(explanation_json(assessment, wanted)) if as_json
                   else tell_explanation(assessment, wanted, whole))


@main.command()
@click.argument("case_paths", metavar="[CASE]...", nargs=-1, type=click.Path(path_type=Path))
@shared_options("worlds", "json")
@click.pass_context
def backtest(context: click.Context, case_paths: tuple[Path, ...], worlds: int, as_json: bool) -> None:
    """Set what was foreseen on the eve of each decision beside what the court decided.

    Each CASE holds an outcome.yaml (default: the cases that come with vismajor and have one).
    """
    from vismajor.backtest import backtest as test  # noqa: PLC0415
    from vismajor.backtest import decided_cases, load_decided  # noqa: PLC0415
    from vismajor.backtest_report import backtest_json, tell_backtest  # noqa: PLC0415

    with telling(context.obj, as_json):
        decided = load_decided(case_paths or decided_cases())
        with progress(sum(len(one.outcome.decisions) for one in decided), context.obj, quiet=as_json) as step:
            tests = test(decided, worlds, step)
        click.echo(as_text(backtest_json(tests)) if as_json else tell_backtest(tests, context.obj, worlds))


@main.command()
@click.argument("decisions_path", metavar="DECISIONS", type=click.Path(path_type=Path))
@pack_option
@shared_options("json")
@click.pass_context
def validate(context: click.Context, decisions_path: Path, pack: str, as_json: bool) -> None:
    """Tell how often the law pack is right on real DECISIONS (a YAML file, or a folder of them).

    Decisions that its weights have seen are held out: everything is refitted without their dispute
    (two to four minutes).
    """
    from vismajor.decisions import validate as judge  # noqa: PLC0415
    from vismajor.decisions_report import tell_validation, validation_json  # noqa: PLC0415

    with telling(context.obj, as_json):
        read = vismajor.load_law(pack)
        with progress(None, context.obj, quiet=as_json) as step:
            validation = judge(decisions_path, read, step)
        click.echo(as_text(validation_json(validation)) if as_json else tell_validation(read, validation, context.obj))


@main.command()
@click.argument("decisions_path", metavar="DECISIONS", type=click.Path(path_type=Path))
@pack_option
@click.option("--on", "day", type=DATE, metavar="YYYY-MM-DD", help="Date to write into the file (default: today).")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="The weights.yaml to write.")
@click.pass_context
def calibrate(context: click.Context, decisions_path: Path, pack: str, day: dt.date | None, out: Path) -> None:
    """Fit the weights of the law pack to real DECISIONS, around the words of its rules (two to five minutes)."""
    from vismajor.decisions import calibrate as fit  # noqa: PLC0415
    from vismajor.decisions import weights_file  # noqa: PLC0415
    from vismajor.decisions_report import tell_calibration  # noqa: PLC0415
    from vismajor.drafting.drafts import place  # noqa: PLC0415

    with telling(context.obj, as_json=False):
        read = vismajor.load_law(pack)
        named = f"vismajor calibrate {decisions_path} --out {out}" + (f" --pack {pack}" if pack != "fr" else "")
        place({}, out.parent)  # told before, not after, two minutes of fitting
        with progress(None, context.obj, quiet=False) as step:
            fitted = fit(decisions_path, read, command=named, made_on=day, progress=step)
        place({out.name: weights_file(fitted).encode()}, out.parent)
        click.echo(tell_calibration(read, fitted, out, context.obj))


@main.command()
@click.argument("graph_path", metavar="GRAPH", type=click.Path(path_type=Path))
@shared_options("json")
@click.pass_context
def argue(context: click.Context, graph_path: Path, as_json: bool) -> None:
    """Label the statements of an argument GRAPH (YAML of Carneades 4): in, out or undecided.

    Exit code 1 when the file states the labels it expects and they differ.
    """
    from vismajor.report import labels_json, tell_labels  # noqa: PLC0415
    from vismajor.workbench import argue as label  # noqa: PLC0415

    with telling(context.obj, as_json):
        labelled = label(graph_path)
    click.echo(as_text(labels_json(labelled)) if as_json else tell_labels(labelled, context.obj))
    sys.exit(FINDINGS if labelled.surprises else 0)


@main.command()
@click.argument("principal", type=EUROS)
@click.option("--from", "first", type=DATE, required=True, metavar="YYYY-MM-DD", help="First day that bears interest.")
@click.option("--until", type=DATE, required=True, metavar="YYYY-MM-DD", help="Day of payment (not counted).")
@click.option("--person", is_flag=True, help="Owed to a natural person who does not act for business needs.")
@click.option("--capitalised", is_flag=True, help="Interest of each whole year bears interest (if asked for).")
@click.option("--capitalised-from", type=DATE, metavar="YYYY-MM-DD", help="Day on which that was asked for.")
@click.option("--enforceable-on", type=DATE, metavar="YYYY-MM-DD",
              help="Day on which the judgment became enforceable: the rate rises later.")
@click.option("--late-payment", is_flag=True, help="Late payment of an invoice, not the legal rate.")
@pack_option
@shared_options("json")
@click.pass_context
def interest(context: click.Context, principal: Decimal, first: dt.date, until: dt.date, person: bool,
             capitalised: bool, capitalised_from: dt.date | None, enforceable_on: dt.date | None, late_payment: bool,
             pack: str, as_json: bool) -> None:
    """Count the interest on PRINCIPAL euros, line by line, at the legal rate or for late payment."""
    from vismajor.interest_report import interest_on, tell_interest  # noqa: PLC0415
    from vismajor.report import interest_json  # noqa: PLC0415

    if late_payment and (person or capitalised or capitalised_from or enforceable_on):
        raise click.UsageError("--late-payment goes without the options of the legal rate")
    with telling(context.obj, as_json):
        read = vismajor.load_law(pack)
        found = interest_on(read, principal, first, until, "person" if person else "business",
                            capitalised=capitalised or capitalised_from is not None,
                            capitalised_from=capitalised_from, enforceable_on=enforceable_on,
                            late_payment=late_payment)
        click.echo(as_text(interest_json(found)) if as_json
                   else tell_interest(read, found, context.obj, late_payment, raised=enforceable_on is not None,
                                      capitalised=capitalised or capitalised_from is not None))


main.add_command(law)
main.add_command(dates)
main.add_command(sweep)
main.add_command(portfolio)
main.add_command(exposure)
main.add_command(evidence)
main.add_command(exposure)
main.add_command(value)
main.add_command(group)
main.add_command(compare)
main.add_command(what_if)
main.add_command(sensitivity)
main.add_command(brief)
main.add_command(draft)
main.add_command(templates)
