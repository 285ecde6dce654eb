"""Both sides of the negotiation in the words of the note: the respondent by its name, no word of the theory."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from vismajor.drafting import typography
from vismajor.drafting.bargain_said import BargainSaid, bargain_said, unravels
from vismajor.drafting.words import words
from vismajor.settlement.bargaining import Bargain


def sides_said(found: Bargain, respondent: str, language: str, *, apart: bool) -> BargainSaid:
    """Put what lies between the two sides into the words of the note; `apart`: other claimants go on in any case."""
    say = words(language)
    obstacle = say.get(f"note_obstacle_{found.obstacle}", say[f"value_obstacle_{found.obstacle}"]).format(
        respondent=respondent) if found.obstacle else ""
    return replace(
        bargain_said(found, language, apart=apart), suing=_suing(found, respondent, language),
        respondent=_respondent(found, respondent, language, apart=apart),
        zone=_zone(found, obstacle, respondent, language), no_zone=obstacle)


def _suing(found: Bargain, respondent: str, language: str) -> str:
    number, going, say = len(found.claimants), len(found.suing), words(language)
    if number == 1:
        form = "one" if going else "one_none"
    else:
        form = {number: "all", 0: "none", 1: "one_of"}.get(going, "some")
        form = "unravel" if form == "none" and unravels(found) else form
    return say[f"note_suing_{form}"].format(go_on=going, all=number, respondent=respondent)


def _respondent(found: Bargain, respondent: str, language: str, *, apart: bool) -> str:
    number, say = len(found.claimants), words(language)
    form = "apart" if apart else "one" if number == 1 else "all"
    said = say[f"note_most_{form}"].format(all=number, respondent=respondent)
    bound = found.claimed is not None and found.respondent.value >= found.claimed
    return f"{said} {say['note_most_claimed']}" if bound else said


def _zone(found: Bargain, obstacle: str, respondent: str, language: str) -> str:
    say, low, high = words(language), _whole(found.together.value), _whole(found.respondent.value)

    def money(amount: Decimal) -> str:
        return typography.money(amount, language)

    if found.split is not None:
        by = say[f"note_by_{found.split.by}"].format(share=typography.share(found.split.share, language))
        return say["note_zone"].format(low=money(low), high=money(high), split=money(found.split.amount), by=by)
    form = "note_no_zone_negative" if high < 0 else "note_no_zone"
    return say[form].format(low=money(low), high=money(high), gap=money(low - high), obstacle=obstacle,
                            respondent=respondent)


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)
