"""Grounding: durable-rules finds every rule of a pack that applies in at least one world of a case.

durable-rules 2.0.28 is fast but unforgiving: some inputs end the process, and errors in consequents are swallowed.
This wrapper gives it only what it handles well: no background thread, one live session per pack, a boot rule that
always fires (deleting a session in which nothing fired crashes), no `any`, `none`, `$nex` or `$div` (grounding is
monotone: exceptions are undercutters of the argument graph), values as short texts or plain numbers, names without
hash collisions, and every swallowed exception raised again.
"""

from __future__ import annotations

import contextlib
import itertools
import math
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Any

from vismajor.law.conditions import Condition
from vismajor.law.models import Law, Rule
from vismajor.reasoning.possibilities import Possibilities, Possible, as_number

try:
    import durable_rules_engine
    from durable import engine
except ImportError as error:  # built without a C compiler, or on Python 3.13 without the compiler flag
    raise ImportError(
        "durable-rules is not usable here: it is compiled when it is installed and needs a C compiler "
        "(Debian: apt install gcc; macOS: xcode-select --install). Install one, then reinstall: uv sync --reinstall"
    ) from error

MAX_CONDITIONS = 15  # 17 conditions in one rule are refused by the engine, one is kept for the boot fact
MAX_SAME_CONDITION = 60  # one message may match 64 conditions at one level
MAX_FIRINGS = 50_000
MAX_TEXT = 200

_session_numbers = itertools.count(1)


class GroundingError(RuntimeError):
    """The rule engine refused a pack or a message, or failed while it ran."""


class _QuietHost(engine.Host):  # type: ignore[misc]
    def _run(self) -> None:
        """Start no thread: the stock host runs actions behind one's back and loses some."""


class Grounder:
    """A pack compiled once. `ground` may be called for any number of cases; close it to free the engine's memory."""

    def __init__(self, law: Law) -> None:
        """Compile the rules of `law`. Raises GroundingError when the pack exceeds what the engine handles."""
        self._rules = law.rules
        self._name = f"pack{next(_session_numbers)}"
        self._lock = threading.Lock()
        self._asked = {c.name for rule in law.rules.values() for c in rule.if_}
        self._known: dict[object, list[str]] = {}
        self._fired: list[str] = []
        self._conclude: Callable[[Rule], None] | None = None
        definitions = self._compile()
        self._host = _QuietHost()
        try:
            self._host.set_rulesets({self._name: definitions})
        except Exception as error:
            raise GroundingError(f"the rule engine refused the pack {law.id}: {error}") from error
        self._ruleset = self._host.get_ruleset(self._name)

    def close(self) -> None:
        """Free the compiled pack."""
        durable_rules_engine.delete_ruleset(self._ruleset._handle)

    def ground(self, possibilities: Possibilities, counting: Collection[str] | None = None) -> list[str]:
        """Return the ids of the rules that apply in some world, in the order of the pack.

        `counting` holds the ids of the rules that count at all (their dates, their duty); None: all of them. The same
        question is put to the engine once. Raises GroundingError.
        """
        asked = {name: possibilities[name] for name in sorted(possibilities) if name in self._asked}
        key = (tuple(asked.items()), None if counting is None else tuple(counting))
        with self._lock:
            if key not in self._known:
                self._known[key] = self._ground(asked, self._rules if counting is None else counting)
            return list(self._known[key])

    def _ground(self, possibilities: Possibilities, counting: Collection[str]) -> list[str]:
        session = f"s{next(_session_numbers)}"
        known = {message["id"] for message in _messages(possibilities)}
        self._fired = []

        def conclude(rule: Rule) -> None:
            if len(self._fired) >= MAX_FIRINGS:
                raise GroundingError("the rules fire without end")
            if rule.id not in counting:
                return
            self._fired.append(rule.id)
            if rule.issue is None:
                name, value = rule.concludes
                message = _message(name, value)
                if message["id"] not in known:
                    known.add(message["id"])
                    self._assert(lambda: self._ruleset.assert_fact({**message, "sid": session}))

        self._conclude = conclude
        messages = [{**message, "sid": session} for message in _messages(possibilities)]
        try:
            for message in messages:
                self._assert(lambda m=message: self._ruleset.assert_fact(m))  # type: ignore[misc]
            state = self._host.assert_fact(self._name, {"f": "boot", "v": "boot", "sid": session, "id": "boot"})
            if state is None or "exception" in state:
                raise GroundingError(f"the rule engine failed: {(state or {}).get('exception', 'no state')}")
        finally:
            self._conclude = None
            self._host.delete_state(self._name, session)
        fired = set(self._fired)
        return [rule_id for rule_id in self._rules if rule_id in fired]

    @staticmethod
    def _assert(act: Callable[[], Any]) -> None:
        with contextlib.suppress(engine.MessageNotHandledException):  # a fact that no rule of the pack asks about
            act()

    def _compile(self) -> dict[str, Any]:
        definitions: dict[str, Any] = {"boot": {"all": [{"c": _pattern("boot", "boot")}], "run": lambda _c: None}}
        matched: Counter[str] = Counter()
        names: set[str] = {"f", "v", "lo", "hi", "id", "sid", "boot"}
        for rule in self._rules.values():
            for number, conditions in enumerate(_alternatives(rule)):
                if len(conditions) > MAX_CONDITIONS:
                    raise GroundingError(f"rule {rule.id}: more than {MAX_CONDITIONS} conditions")
                matched.update({str(pattern) for pattern in conditions})
                names.update(name for pattern in conditions for name in _names_in(pattern))
                patterns = [{f"c{i}": pattern} for i, pattern in enumerate(conditions)]
                definitions[f"{rule.id}#{number}"] = {"all": patterns, "run": self._action(rule)}
        for pattern_text, count in matched.items():
            if count > MAX_SAME_CONDITION:
                raise GroundingError(f"{count} rules share the condition {pattern_text}: the engine allows "
                                     f"{MAX_SAME_CONDITION}")
        _refuse_collisions(names)
        return definitions

    def _action(self, rule: Rule) -> Callable[[Any], None]:
        def run(_closure: Any) -> None:
            if self._conclude is not None:
                self._conclude(rule)
        return run


def _alternatives(rule: Rule) -> Iterator[list[dict[str, Any]]]:
    """Yield one list of patterns per combination of alternatives: the engine's own `any` fires 2^n - 1 times.

    Conditions on one fact become one pattern: the engine never matches one message with two patterns of a rule.
    """
    by_fact: dict[str, list[Condition]] = {}
    for condition in rule.if_:
        if not condition.on_issue:
            by_fact.setdefault(condition.name, []).append(condition)
    if not by_fact:
        yield [_pattern("boot", "boot")]
        return
    choices = [
        [{"$and": [{"f": name}, *itertools.chain.from_iterable(tests)]}
         for tests in itertools.product(*(_tests(condition) for condition in conditions))]
        for name, conditions in by_fact.items()
    ]
    yield from (list(combination) for combination in itertools.product(*choices))


def _tests(condition: Condition) -> list[list[dict[str, Any]]]:
    """Return the alternatives of one condition, each a list of tests on one message."""
    if condition.numeric:
        field = "lo" if condition.operator in ("<", "<=") else "hi"
        operator = {"<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}[condition.operator]
        return [[{operator: {field: _finite(as_number(condition.values[0]))}}]]
    if condition.operator == "!=":
        return [[{"$neq": {"v": _encode(value)}} for value in condition.values]]
    return [[{"v": _encode(value)}] for value in condition.values]


def _pattern(name: str, value: str) -> dict[str, Any]:
    return {"$and": [{"f": name}, {"v": value}]}


def _messages(possibilities: Possibilities) -> Iterator[dict[str, Any]]:
    for name, possible in possibilities.items():
        yield from _of_fact(name, possible)


def _of_fact(name: str, possible: Possible) -> Iterator[dict[str, Any]]:
    if possible.low is not None and possible.high is not None:
        yield {"id": f"{name}=range", "f": name, "lo": _finite(possible.low), "hi": _finite(possible.high)}
    for value in sorted(possible.values, key=str):
        yield _message(name, value)


def _message(name: str, value: object) -> dict[str, Any]:
    text = _encode(value)
    return {"id": f"{name}={text}", "f": name, "v": text}


def _encode(value: object) -> str:
    """Say a value as a text that carries its type: the engine itself takes True, 1 and 1.0 for the same."""
    text = f"b:{str(value).lower()}" if isinstance(value, bool) else f"s:{value}"
    if len(text.encode()) > MAX_TEXT:
        raise GroundingError(f"a value longer than {MAX_TEXT} bytes: {text[:40]}…")
    return text


def _finite(number: float) -> float | int:
    """Refuse what the engine reads wrongly: infinities, NaN, exponents, integers beyond 2**53."""
    plain: float | int = int(number) if math.isfinite(number) and number == int(number) else number
    if not math.isfinite(number) or abs(number) >= 2**53 or "e" in repr(plain):
        raise GroundingError(f"the number {number!r} is outside what the rule engine reads exactly")
    return plain


def _names_in(pattern: dict[str, Any]) -> Iterator[str]:
    for part in pattern["$and"]:
        for key, value in part.items():
            yield from (str(item) for item in (value.values() if isinstance(value, dict) else (value,)))
            if not key.startswith("$"):
                yield key


def _refuse_collisions(names: set[str]) -> None:
    """Refuse two names that the engine would take for one: it compares 32-bit FNV-1a hashes."""
    seen: dict[int, str] = {}
    for name in sorted(names):
        digest = 0x811C9DC5
        for byte in name.encode():
            digest = ((digest ^ byte) * 0x01000193) & 0xFFFFFFFF
        if digest in seen:
            raise GroundingError(f"the rule engine cannot tell “{name}” from “{seen[digest]}”: rename one")
        seen[digest] = name
