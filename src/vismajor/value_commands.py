"""The commands `vismajor value` and `vismajor group`: both sides of a negotiation, and several claimants together."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import click

from vismajor.console import EUROS, FINDINGS, as_text, deliver, load, progress, shared_options, spoken, telling

F = TypeVar("F", bound=Callable[..., object])


def _tried(function: F) -> F:
    """Add the options that both commands share: scenarios, and an offer to try."""
    for option in (
        click.option("--global-offer", "whole", type=EUROS, metavar="AMOUNT",
                     help="Try a sum for all claimants together."),
        click.option("--offer", type=EUROS, metavar="AMOUNT", help="Try an offer of the respondent to each claimant."),
        click.option("--scenario", "scenarios", multiple=True, metavar="NAME",
                     help="A scenario of the case (several: one on top of the other)."),
    ):
        function = option(function)
    return function


@click.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@_tried
@shared_options("claimant", "as_of", "seed", "worlds", "json", "out")
@click.pass_context
def value(context: click.Context, case_path: Path, scenarios: tuple[str, ...], offer: Decimal | None,
          whole: Decimal | None, claimant: str | None, as_of: dt.date | None, seed: str | None, worlds: int,
          as_json: bool, out: Path | None) -> None:
    """Tell what each side of CASE gains by settling: reservation values, zone, offers, what to say next.

    Internal figures: nothing of this is for the other side. With --claimant ID: for that one, while the others go on.
    With --out FILE the result is written there instead of printed.
    """
    from vismajor.talks import talks_of, valued, with_offer  # noqa: PLC0415 — imports wait
    from vismajor.value_data import option_form, talks_json  # noqa: PLC0415
    from vismajor.value_report import tell_talks  # noqa: PLC0415

    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        with progress(4 * len(case.file.claimants), context.obj, quiet=as_json) as step:
            found = valued(case, law, claimant, scenarios, worlds=worlds, seed=seed, progress=step)
            if offer is not None:
                found = with_offer(found, offer, option_form(offer), claimant)
            talks = talks_of(found, claimant, whole, step)
        assessment = replace(talks.valuation.assessment, case=spoken(context, talks.valuation.assessment.case))
        talks = replace(talks, valuation=replace(talks.valuation, assessment=assessment))
        deliver(as_text(talks_json(talks, scenarios)) if as_json else tell_talks(talks, scenarios), out)
    sys.exit(FINDINGS if assessment.conflicts else 0)


@click.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@_tried
@shared_options("claimant", "as_of", "seed", "worlds", "json", "out")
@click.pass_context
def group(context: click.Context, case_path: Path, scenarios: tuple[str, ...], offer: Decimal | None,
          whole: Decimal | None, claimant: str | None, as_of: dt.date | None, seed: str | None, worlds: int,
          as_json: bool, out: Path | None) -> None:
    """Tell the claimants of CASE together: what company is worth, who accepts an offer, how to share one for all.

    Internal figures: nothing of this is for the other side. With --claimant ID: the answer to that one alone. With
    --out FILE the result is written there instead of printed.
    """
    from vismajor.group_data import group_json  # noqa: PLC0415 — imports wait
    from vismajor.group_report import answers_of, tell_group  # noqa: PLC0415
    from vismajor.joint_action import joint_action  # noqa: PLC0415
    from vismajor.talks import valued, with_offer  # noqa: PLC0415
    from vismajor.value_data import option_form  # noqa: PLC0415

    if offer is not None and whole is not None:
        raise click.UsageError("--offer or --global-offer, not both")
    with telling(context.obj, as_json):
        case, law = load(case_path, as_of)
        with progress(2 * len(case.file.claimants), context.obj, quiet=as_json) as step:
            found = valued(case, law, claimant, scenarios, worlds=worlds, seed=seed, progress=step)
            if offer is not None:
                found = with_offer(found, offer, option_form(offer))
            joint = joint_action(found, whole, step)
        assessment = replace(found.assessment, case=spoken(context, found.assessment.case))
        joint = replace(joint, valuation=replace(found, assessment=assessment))
        deliver(as_text(group_json(joint, scenarios, answers_of(joint, claimant))) if as_json
                else tell_group(joint, scenarios, claimant), out)
    sys.exit(FINDINGS if assessment.conflicts else 0)
