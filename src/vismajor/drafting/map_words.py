"""Parts of an argument map put into words, the same on paper and on screen."""

from __future__ import annotations

from vismajor.drafting import typography
from vismajor.drafting.argument_map import ArgumentMap, MapIssue, MapPremise, MapSource
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import words


def say_about(told: ArgumentMap, issue: MapIssue, language: str) -> str:
    """Say who bears the burden, for which duty the answer is given, and for which claimants where not for all."""
    say = words(language)
    alone = issue.burden == "claimants" and len(issue.claimants) == 1
    parts = [f"{say['burden']}{say['colon']}{say['burden_claimant' if alone else f'burden_{issue.burden}']}"]
    if issue.duty_title:
        parts.append(f"{say['duty']}{say['colon']}{issue.duty_title.in_language(language)}")
    if len(issue.claimants) < len(told.claimants):
        names = [party.name for party in told.claimants if party.id in issue.claimants]
        parts.append(say["answer_for"].format(names=short_names(names, language)))
    return typography.capital(say["semicolon"].join(parts)) + "."


def say_standing(premise: MapPremise, language: str) -> str:
    """Say how a premise stands: its status and the exhibits it rests on; nothing where no fact is stated."""
    say = words(language)
    if premise.status is None:
        return ""
    standing = say[f"status_{premise.status}"]
    if premise.exhibits:
        exhibits, several = typography.listing(premise.exhibits, language), len(premise.exhibits) > 1
        if premise.status == "established":
            standing = say["established_bys" if several else "established_by"].format(exhibits=exhibits)
        else:
            standing += f", {say['exhibits' if several else 'exhibit']}{typography.NO_BREAK}{exhibits}"
    return standing if premise.as_stated else say["contrary"].format(standing=standing)


def say_sources(sources: tuple[MapSource, ...], language: str) -> str:
    """Cite sources, `Source : C. civ., art. 1218`; those not read in full are marked."""
    say = words(language)
    unread = f" [{say['to_verify']}]"
    cites = say["semicolon"].join(
        source.cite.in_language(language) + ("" if source.read == "full" else unread) for source in sources)
    return f"{typography.capital(say['source' if len(sources) == 1 else 'sources'])}{say['colon']}{cites}"
