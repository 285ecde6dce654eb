"""The things of which a claimant has several (servers, backups): their ids by kind, and which belongs to which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vismajor.case.models import Claimant
from vismajor.law.conditions import of_item
from vismajor.law.models import Law


@dataclass(frozen=True)
class Things:
    """Ids by kind (`""` for the only, unnamed one), the kind that each fact describes, and what belongs to what.

    `belongs` holds (kind, id, id of the thing that it belongs to).
    """

    by_kind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    belongs: frozenset[tuple[str, str, str]] = frozenset()

    @classmethod
    def unnamed(cls, law: Law) -> Things:
        """Return one unnamed thing of each kind: a claimant that lists none."""
        return _things(law, {})

    @classmethod
    def of_claimant(cls, law: Law, claimant: Claimant) -> Things:
        """Return the things that a claimant lists; of a kind that it does not list, one unnamed."""
        listed: dict[str, tuple[str, ...]] = {}
        for item in claimant.items:
            listed[item.kind] = (*listed.get(item.kind, ()), item.id)
        return _things(law, listed, {(item.kind, item.id): item.of for item in claimant.items if item.of})

    def of_fact(self, fact: str) -> tuple[str, ...]:
        """Return the ids of the things that a fact may describe: none where it is nobody's in particular."""
        return self.by_kind.get(self.kinds.get(fact, ""), ())

    def beside(self, fact: str, items: Mapping[str, str]) -> tuple[str, ...]:
        """Return the ids at which any or every look in a rule about `items` (kind to id).

        Where the rule names a thing of the kind, those that belong where it belongs (the copies of the same server);
        where it names the thing to which they belong, those of that thing; else all of them.
        """
        kind, ids = self.kinds.get(fact, ""), self.of_fact(fact)
        owners = {owner for k, item, owner in self.belongs if k == kind and item == items.get(kind)}
        owners |= {owner for k, _, owner in self.belongs if k == kind and owner in items.values()}
        if not owners:
            return ids
        return tuple(i for i in ids if any((kind, i, owner) in self.belongs for owner in owners))

    def names(self, fact: str) -> Iterator[str]:
        """Yield the names under which a fact may be stated."""
        if fact in self.kinds:
            yield from (of_item(fact, item) for item in self.of_fact(fact))
        else:
            yield fact

    def bind(self, fact: str, items: Mapping[str, str]) -> str:
        """Return the name of a fact for given items (kind to id)."""
        return of_item(fact, items.get(self.kinds.get(fact, ""), ""))

    def __hash__(self) -> int:
        return hash((tuple(self.by_kind.items()), self.belongs))


def _things(law: Law, listed: Mapping[str, tuple[str, ...]],
            owners: Mapping[tuple[str, str], tuple[str, ...]] | None = None) -> Things:
    kinds = law.vocabulary.kinds
    by_kind = {kind: listed.get(kind, ("",)) for kind in kinds}
    belongs = {
        (kind, item, owner) for kind, thing in kinds.items() if thing.of for item in by_kind[kind]
        for owner in (owners or {}).get((kind, item), by_kind[thing.of])  # nothing said: it serves them all
    }
    described = {name: fact.scope for name, fact in law.vocabulary.facts.items() if fact.scope in kinds}
    return Things(by_kind, described, frozenset(belongs))


NOTHING_NAMED = Things()
