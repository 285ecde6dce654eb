"""The clauses of the contracts on which an act relies: cited by their numbers, quoted once in their own words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from vismajor.case.contracts import Clause, Terms
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import ClauseSaid, ExhibitSaid

CAP = "contract.cap_exists"  # the fact that a clause limits liability


def pinned(matter: Matter, fact: str, exhibits: Iterable[ExhibitSaid], claims: Collection[str]
           ) -> tuple[ExhibitSaid, ...]:
    """Return the exhibits of a fact, those that hold a clause which shows it with the number of that clause.

    `fact` may be stated for one duty (`name@duty`); `claims` are those for which it is stated. A clause is cited
    although the fact names no exhibit, where it is known which one holds it.
    """
    places: dict[str, list[str]] = {}
    held: list[str] = []
    for terms, clause in _clauses(matter, {fact.partition("@")[0]}, claims):
        holding = clause.exhibits or terms.exhibits
        for exhibit in holding if clause.number else ():
            if clause.number and clause.number not in places.setdefault(exhibit, []):
                places[exhibit].append(clause.number)
        held += holding if clause.number and len(holding) == 1 else ()
    stated = tuple(exhibits)
    named = {one.id for one in stated}
    further = matter.exhibits(one for one in held if one not in named and any(matter.proves(one, c) for c in claims))
    return tuple(place for one in (*stated, *further) for place in (
        [replace(one, at=number) for number in places[one.id]] if places.get(one.id) else [one]))


def quoted(matter: Matter, facts: Collection[str], claims: Iterable[str]) -> tuple[ClauseSaid, ...]:
    """Return the clauses in their own words that show one of these facts, each once, in the order of the terms."""
    shown = {fact.partition("@")[0] for fact in facts}
    found: dict[tuple[str, str], ClauseSaid] = {}
    for terms, clause in _clauses(matter, shown, claims):
        if clause.text is None:
            continue
        key, title = (clause.number or "", clause.text), terms.title.in_language(matter.language)
        exhibits = matter.exhibits(clause.exhibits or terms.exhibits)
        before = found.get(key)
        found[key] = ClauseSaid(
            *key, tuple(dict.fromkeys((*(before.terms if before else ()), title))),
            tuple(dict.fromkeys((*(before.exhibits if before else ()), *exhibits))))
    return tuple(found.values())


def _clauses(matter: Matter, facts: AbstractSet[str], claims: Iterable[str]) -> Iterator[tuple[Terms, Clause]]:
    """Yield the clauses that show one of some facts, with their terms, over the contracts of some claims."""
    contracts = [matter.case.claim(claim).contract.terms for claim in claims]
    for terms in matter.case.file.contracts:
        if terms.id in contracts:
            yield from ((terms, clause) for clause in terms.clauses if not facts.isdisjoint(clause.shows))
