"""A rule and a fact in the language of durable-rules: patterns to match, messages to match them with.

Only what the engine handles well is written: no `any`, `none`, `$nex` or `$div`, values as short texts or plain
numbers, names without hash collisions. Facts of one item carry its id (`i`); patterns on one kind of thing join on it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vismajor.law.conditions import Condition, OtherFact, fact_of, item_of
from vismajor.law.models import Rule
from vismajor.reasoning.possibilities import Possibilities, Possible, as_number
from vismajor.reasoning.things import Things

MAX_TEXT = 200
BOOT = {"f": "boot", "v": "boot", "id": "boot"}

Pattern = dict[str, Any]
Message = dict[str, Any]


class GroundingError(RuntimeError):
    """The rule engine refused a pack or a message, or failed while it ran."""


@dataclass(frozen=True)
class Matching:
    """One way to match a rule: its patterns, and the position of the pattern that names the item of each kind."""

    patterns: tuple[Pattern, ...]
    items: Mapping[str, int]


@dataclass
class _Slot:
    """One message that a rule looks for: the fact, the conditions on it, the kind of thing when the rule names one."""

    fact: str
    kind: str | None = None
    conditions: list[Condition] = field(default_factory=list)
    joins: list[Pattern] = field(default_factory=list)


def matchings(rule: Rule, kinds: Mapping[str, str], owners: Mapping[str, str]) -> Iterator[Matching]:
    """Yield one way to match per combination of alternatives: the engine's own `any` fires 2^n - 1 times.

    `kinds` maps the facts of items to their kind, `owners` a kind to the kind that it belongs to. Conditions on one
    fact become one pattern: the engine never matches one message with two patterns of a rule.
    """
    slots = _slots(rule, kinds)
    if not slots:
        yield Matching((_all_of({"f": "boot"}, {"v": "boot"}),), {})
        return
    first: dict[str, int] = {}
    for position, slot in enumerate(slots):
        if slot.kind is not None and first.setdefault(slot.kind, position) != position:
            slot.joins.append({"i": {f"c{first[slot.kind]}": "i"}})
    _join_compared(slots)
    links = tuple(
        _all_of({"f": _link(kind)}, {"a": {f"c{first[kind]}": "i"}}, {"b": {f"c{first[owner]}": "i"}})
        for kind, owner in owners.items() if kind in first and owner in first
    )
    choices = [[tuple(itertools.chain.from_iterable(tests)) for tests in
                itertools.product(*(_tests(condition) for condition in slot.conditions))] for slot in slots]
    for combination in itertools.product(*choices):
        patterns = tuple(_all_of({"f": slot.fact}, *tests, *slot.joins)
                         for slot, tests in zip(slots, combination, strict=True))
        yield Matching((*patterns, *links), first)


def _slots(rule: Rule, kinds: Mapping[str, str]) -> list[_Slot]:
    slots: dict[str, _Slot] = {}
    for condition in rule.if_:
        if condition.on_issue or condition.quantifier:
            continue  # the worlds decide: the engine could not match one message with `any` and with another pattern
        for name in condition.names:
            slots.setdefault(name, _Slot(name, kinds.get(name)))
        slots[condition.name].conditions.append(condition)
    return list(slots.values())


def _join_compared(slots: list[_Slot]) -> None:
    """Join the patterns of two facts that are compared; numbers are compared in each world, not here."""
    at = {slot.fact: position for position, slot in enumerate(slots)}
    for slot in slots:
        for condition in slot.conditions:
            if condition.other is None or condition.numeric:
                continue
            early, late = sorted((at[condition.name], at[condition.other]))
            same: Pattern = {"v": {f"c{early}": "v"}}
            slots[late].joins.append(same if condition.operator == "=" else {"$neq": same})


def _tests(condition: Condition) -> list[list[Pattern]]:
    """Return the alternatives of one condition, each a list of tests on one message."""
    if condition.other is not None:
        return [[]]
    plain = [value for value in condition.values if not isinstance(value, OtherFact)]
    if condition.numeric:
        name = "lo" if condition.operator in ("<", "<=") else "hi"
        operator = {"<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}[condition.operator]
        return [[{operator: {name: finite(as_number(plain[0]))}}]]
    if condition.operator == "!=":
        return [[{"$neq": {"v": encode(value)}} for value in plain]]
    return [[{"v": encode(value)}] for value in plain]


def _all_of(*parts: Pattern) -> Pattern:
    return {"$and": list(parts)}


def _link(kind: str) -> str:
    return f"belongs:{kind}"


def messages(possibilities: Possibilities, things: Things) -> Iterator[Message]:
    """Yield every possible value of every fact as a message, and what belongs to what."""
    for name, possible in possibilities.items():
        yield from _of_fact(name, possible, things)
    for kind, item, owner in sorted(things.belongs):
        yield {"id": f"{_link(kind)}={item}:{owner}", "f": _link(kind), "a": _item(item), "b": _item(owner)}


def _of_fact(name: str, possible: Possible, things: Things) -> Iterator[Message]:
    if possible.low is not None and possible.high is not None:
        bounds = {"lo": finite(possible.low), "hi": finite(possible.high)}
        yield {"id": f"{name}=range", "f": fact_of(name), **bounds, **_described(name, things)}
    for value in sorted(possible.values, key=str):
        yield message(name, value, things)


def message(name: str, value: object, things: Things) -> Message:
    """Return one possible value of a fact as a message."""
    text = encode(value)
    return {"id": f"{name}={text}", "f": fact_of(name), "v": text, **_described(name, things)}


def _described(name: str, things: Things) -> Message:
    return {"i": _item(item_of(name))} if fact_of(name) in things.kinds else {}


def _item(item: str) -> str:
    return f"i:{item}"


def item_named(text: str) -> str:
    """Return the id of an item from its text in a message."""
    return text.removeprefix("i:")


def encode(value: object) -> str:
    """Say a value as a text that carries its type: the engine itself takes True, 1 and 1.0 for the same."""
    text = f"b:{str(value).lower()}" if isinstance(value, bool) else f"s:{value}"
    if len(text.encode()) > MAX_TEXT:
        raise GroundingError(f"a value longer than {MAX_TEXT} bytes: {text[:40]}…")
    return text


def finite(number: float) -> float | int:
    """Refuse what the engine reads wrongly: infinities, NaN, exponents, integers beyond 2**53."""
    plain: float | int = int(number) if math.isfinite(number) and number == int(number) else number
    if not math.isfinite(number) or abs(number) >= 2**53 or "e" in repr(plain):
        raise GroundingError(f"the number {number!r} is outside what the rule engine reads exactly")
    return plain


def names_in(pattern: Pattern) -> Iterator[str]:
    """Yield every name and text that a pattern holds."""
    for part in pattern["$and"]:
        for key, value in part.items():
            yield from (str(item) for item in (value.values() if isinstance(value, dict) else (value,)))
            if not key.startswith("$"):
                yield key


def refuse_collisions(names: set[str]) -> None:
    """Refuse two names that the engine would take for one: it compares 32-bit FNV-1a hashes. Raises GroundingError."""
    seen: dict[int, str] = {}
    for name in sorted(names):
        digest = 0x811C9DC5
        for byte in name.encode():
            digest = ((digest ^ byte) * 0x01000193) & 0xFFFFFFFF
        if digest in seen:
            raise GroundingError(f"the rule engine cannot tell “{name}” from “{seen[digest]}”: rename one")
        seen[digest] = name
