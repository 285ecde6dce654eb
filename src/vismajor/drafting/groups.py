"""Gathers the claimants who plead the same under a letter, and tells together the groups that read alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vismajor.case.models import Case, Claim, Claimant
from vismajor.drafting import typography
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import say_value, words
from vismajor.reasoning.assessment import Assessment, duties_of
from vismajor.reasoning.possibilities import Plain


@dataclass(frozen=True)
class Group:
    """Claimants who plead the same on every issue: a letter, their names, their terms and since when, their traits."""

    letter: str
    names: str
    ids: tuple[str, ...]
    terms: str
    agreed: str
    traits: tuple[str, ...]


@dataclass(frozen=True)
class GroupsAlike:
    """Groups with the same terms and traits, told together; `apart` names the issues on which they differ."""

    groups: tuple[Group, ...]
    apart: tuple[str, ...]

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the groups."""
        return tuple(group.letter for group in self.groups)

    @property
    def terms(self) -> str:
        """The title of the terms that bind them all."""
        return self.groups[0].terms

    @property
    def traits(self) -> tuple[str, ...]:
        """What they all have, and not every claimant of the case."""
        return self.groups[0].traits


def groups_of(assessment: Assessment, language: str) -> Iterator[Group]:
    """Yield the groups of claimants who plead the same, in the order of the case."""
    case, facts = assessment.case, assessment.law.vocabulary.facts
    alike: dict[tuple[object, ...], list[Claim]] = {}
    for claim in case.claims:
        key = tuple((duty, issue, answer.pleading) for duty in duties_of(assessment.law, claim)
                    for issue, answer in assessment.answers[claim.id, duty].items())
        alike.setdefault(key, []).append(claim)
    own = [[_stated(case, claim.claimant) for claim in members] for members in alike.values()]
    everywhere = set.intersection(*(stated for group in own for stated in group))
    for index, (members, stated) in enumerate(zip(alike.values(), own, strict=True)):
        traits = sorted(set.intersection(*stated) - everywhere, key=lambda trait: list(facts).index(trait[0]))
        yield Group(
            chr(ord("A") + index) if index < 26 else f"Z{index - 25}",
            short_names([case.name_of(c.id) for c in members], language),
            tuple(c.id for c in members), case.terms_of(members[0].contract).title.in_language(language),
            _agreed([c.contract.renewed or c.contract.concluded for c in members], language),
            tuple(say_value(facts[name], value, language) for name, value in traits),
        )


def told_together(assessment: Assessment, groups: Sequence[Group], language: str) -> Iterator[GroupsAlike]:
    """Yield the groups with the same terms and traits as one entry, with the issues on which they plead differently."""
    alike: dict[tuple[str, tuple[str, ...]], list[Group]] = {}
    for group in groups:
        alike.setdefault((group.terms, group.traits), []).append(group)
    for members in alike.values():
        apart = _apart(assessment, [group.ids[0] for group in members])
        yield GroupsAlike(tuple(members), tuple(assessment.law.issues[i].title.in_language(language) for i in apart))


def _apart(assessment: Assessment, claims: Sequence[str]) -> list[str]:
    """Return the issues on which these claims do not raise the same rules, or do not rest on the same elements."""
    def asked(claim: str) -> dict[tuple[str, str], tuple[frozenset[str], int]]:
        return {(duty, issue): (frozenset(h.argument.rule.id for h in answer.heard if h.raised > 0), answer.pleading)
                for duty in duties_of(assessment.law, assessment.case.claim(claim))
                for issue, answer in assessment.answers[claim, duty].items()}

    first, *others = [asked(claim) for claim in claims]
    for part in (0, 1):  # the rules say more than the pleading, which a composite draws from its elements
        differ = {at[1] for other in others for at in first.keys() & other.keys() if first[at][part] != other[at][part]}
        if differ:
            return [issue for issue in assessment.law.issues if issue in differ]
    return []


def _agreed(days: Sequence[dt.date], language: str) -> str:
    """Say the day from which the terms bind (renewed or concluded), or the first and the last of them."""
    first, last = typography.date(min(days), language), typography.date(max(days), language)
    return words(language)["agreed_one" if first == last else "agreed_many"].format(first=first, last=last)


def _stated(case: Case, claimant: Claimant) -> set[tuple[str, Plain]]:
    return {(name.partition("@")[0], fact.value) for name, fact in case.known(claimant.facts).items()
            if isinstance(fact.value, bool | str)}
