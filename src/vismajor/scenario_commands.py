"""The commands on versions of a case: scenarios side by side, one made on the spot, what moves the result most."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from vismajor.console import as_text, deliver, load, progress, shared_options, spoken, telling

CASE = click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))


@click.command()
@CASE
@click.option("--scenario", "scenarios", multiple=True, metavar="NAME",
              help="Only this scenario of the case; may be repeated (default: all of them).")
@shared_options("claimant", "as_of", "seed", "worlds", "json", "out")
@click.pass_context
def compare(context: click.Context, case_path: Path, scenarios: tuple[str, ...], claimant: str | None,
            as_of: dt.date | None, seed: str | None, worlds: int, as_json: bool, out: Path | None) -> None:
    """Set the scenarios of CASE beside the case as it is: what each supposes, the award, the answers that change.

    The same draws serve for all, so that each difference has a small standard error of its own.
    With --out FILE the result is written there instead of printed.
    """
    from vismajor.case_versions import compare_scenarios  # noqa: PLC0415 — imports wait
    from vismajor.scenario_report import comparison_json, tell_comparison  # noqa: PLC0415

    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        case = spoken(context, case)
        with progress(len(scenarios) or len(case.file.scenarios), context.obj, quiet=as_json) as step:
            found = compare_scenarios(case, law, scenarios, claimant, worlds=worlds, seed=seed, progress=step)
        data = comparison_json(found, law, case.file.language) if as_json else None
        deliver(as_text(data) if data else tell_comparison(found, law), out)


@click.command(name="what-if")
@CASE
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE",
              help="Suppose a fact, an answer, a chance or a figure; may be repeated.")
@click.option("--unset", multiple=True, metavar="NAME", help="Take a fact as not stated; may be repeated.")
@click.option("--scenario", metavar="NAME", help="Start from this scenario of the case.")
@shared_options("claimant", "as_of", "seed", "worlds", "json", "out")
@click.pass_context
def what_if(context: click.Context, case_path: Path, settings: tuple[str, ...], unset: tuple[str, ...],
            scenario: str | None, claimant: str | None, as_of: dt.date | None, seed: str | None, worlds: int,
            as_json: bool, out: Path | None) -> None:
    r"""Try a change of CASE on the spot, beside the case as it is.

    \b
    --set service.own_copy=true              a fact, certain, of all whom it concerns
    --set performance.effect@backup=impossible     a fact for one duty
    --set site.fire_detection~0.4            a fact as stated, with another chance
    --set 'event.kind={value: fire, likelihood: 0.7, otherwise: theft}'
    --set liability_cap=not_established      an issue, taken as given
    --set cap-1171=0.7                       an open question of law
    --set as_of=2025-05-01                   the date of knowledge
    --set claimants.ID.heads.ID.amount=1000  any other entry, by its path
    --unset site.fire_detection              a fact taken as not stated
    """
    from vismajor.case.on_the_spot import typed_scenario  # noqa: PLC0415
    from vismajor.case_versions import compare_what_if  # noqa: PLC0415
    from vismajor.drafting.words import words  # noqa: PLC0415
    from vismajor.scenario_report import comparison_json, tell_comparison  # noqa: PLC0415
    from vismajor.workbench import names_of  # noqa: PLC0415

    if not settings and not unset:
        raise click.UsageError("expected at least one --set NAME=VALUE or --unset NAME")
    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        case = spoken(context, case)
        title = {language: words(language)["scenario_what_if"] for language in ("fr", "en")}
        change = typed_scenario(settings, unset, case, names_of(law), title)
        with progress(1, context.obj, quiet=as_json) as step:
            found = compare_what_if(case, law, change, scenario, claimant, worlds=worlds, seed=seed, progress=step)
        data = comparison_json(found, law, case.file.language) if as_json else None
        deliver(as_text(data) if data else tell_comparison(found, law), out)
