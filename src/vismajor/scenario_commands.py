"""The commands on versions of a case: scenarios side by side, one made on the spot, what moves the result most."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vismajor.console import as_text, deliver, load, progress, shared_options, spoken, telling

if TYPE_CHECKING:
    from vismajor.settlement.factors import Kind

# What `--only` names, as the kinds of factors that it stands for.
KINDS: dict[str, tuple[Kind, ...]] = {
    "contested": ("fact", "quantity"), "unknown": ("unknown",), "law": ("question",), "weights": ("weight",),
    "losses": ("head",),
}
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
    """Try a change of CASE on the spot, beside the case as it is.

    \b
    --set service.own_copy=true              a fact, certain, of all concerned
    --set performance.effect@data=impossible a fact for one duty
    --set site.fire_detection~0.4            a fact as stated, another chance
    --set 'event.kind={value: fire, likelihood: 0.7, otherwise: theft}'
    --set liability_cap=not_established      an issue, taken as given
    --set cap-1171=0.7                       an open question of law
    --set as_of=2025-05-01                   the date of knowledge
    --set claimants.ID.heads.ID.amount=1000  any other entry, by its path
    --unset site.fire_detection              a fact taken as not stated
    """  # noqa: D301 — click takes the backspace as “leave these lines as they are”
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


@click.command()
@CASE
@click.option("--scenario", metavar="NAME", help="Start from this scenario of the case.")
@click.option("--only", "kinds", multiple=True, type=click.Choice(list(KINDS)),
              help="Only what is contested, unknown, open in law, the weights of rules, or losses; may be repeated.")
@click.option("--most", type=click.IntRange(1, 1000), default=15, show_default=True, help="How many are shown.")
@click.option("--pairs", is_flag=True, help="Also which of those that move most depend on each other.")
@click.option("--svg", "svg_path", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.svg",
              help="Draw the tornado.")
@shared_options("claimant", "as_of", "seed", "worlds", "json", "out")
@click.pass_context
def sensitivity(context: click.Context, case_path: Path, scenario: str | None, kinds: tuple[str, ...], most: int,
                pairs: bool, svg_path: Path | None, claimant: str | None, as_of: dt.date | None, seed: str | None,
                worlds: int, as_json: bool, out: Path | None) -> None:
    """Rank what moves the mean award of CASE most: facts, open questions of law, weights of rules, losses.

    Each is taken one way and then the other, all else being drawn as it was (about ten seconds for twenty claimants).
    """
    from vismajor.case_versions import sensitivity_of  # noqa: PLC0415
    from vismajor.sensitivity_report import sensitivity_json, tell_sensitivity  # noqa: PLC0415

    if svg_path and svg_path.suffix.lower() != ".svg":
        raise click.BadParameter(f"{svg_path}: expected a name that ends in .svg", param_hint="--svg")
    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        case = spoken(context, case)
        with progress(None, context.obj, quiet=as_json) as step:
            found = sensitivity_of(case, law, scenario, claimant, worlds=worlds, seed=seed, pairs=pairs,
                                   kinds=[kind for name in kinds for kind in KINDS[name]], progress=step)
        if svg_path:
            from vismajor.drafting.drafts import place  # noqa: PLC0415 — matplotlib is slow to import
            from vismajor.drafting.tornado_chart import tornado_chart  # noqa: PLC0415

            chart = tornado_chart(found, found.effects[:most], case.file.language)
            for file in place({svg_path.name: chart.svg}, svg_path.parent):
                click.echo(file, err=True)
        deliver(as_text(sensitivity_json(found, case.file.language)) if as_json else tell_sensitivity(found, most), out)
