"""Grounding: durable-rules finds every rule of a pack that applies in at least one world of a case.

durable-rules 2.0.28 is fast but unforgiving: some inputs end the process, and errors in consequents are swallowed.
This wrapper gives it only what it handles well (see patterns.py): no background thread, one live session per pack, a
boot rule that always fires (deleting a session in which nothing fired crashes), and every swallowed exception raised
again. Grounding is monotone: exceptions are undercutters of the argument graph; any and every are asked of the worlds.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple, Self

from vismajor.law.conditions import fact_of
from vismajor.law.models import Law, Rule
from vismajor.reasoning.patterns import (
    BOOT,
    GroundingError,
    Matching,
    item_named,
    matchings,
    message,
    messages,
    names_in,
    refuse_collisions,
)
from vismajor.reasoning.possibilities import Possibilities
from vismajor.reasoning.things import Things

try:
    import durable_rules_engine
    from durable import engine
except ImportError as error:  # built without a C compiler, or on Python 3.13 without the compiler flag
    raise ImportError(
        "durable-rules is not usable here: it is compiled when it is installed and needs a C compiler "
        "(Debian: apt install gcc; macOS: xcode-select --install). Install one, then reinstall: uv sync --reinstall"
    ) from error

__all__ = ["Firing", "Grounder", "GroundingError"]

MAX_CONDITIONS = 15  # 17 conditions in one rule are refused by the engine, one is kept for the boot fact
MAX_SAME_CONDITION = 60  # one message may match 64 conditions at one level
MAX_FIRINGS = 50_000

_session_numbers = itertools.count(1)


class Firing(NamedTuple):
    """A rule that applies in some world, and to which items (kind, id)."""

    rule: str
    items: tuple[tuple[str, str], ...] = ()


class _QuietHost(engine.Host):  # type: ignore[misc]
    def _run(self) -> None:
        """Start no thread: the stock host runs actions behind one's back and loses some."""


class Grounder:
    """A pack compiled once. `firings` may be asked of any number of cases; leave it to free the engine's memory.

    Use it as `with Grounder(law) as grounder`.
    """

    def __init__(self, law: Law) -> None:
        """Compile the rules of `law`. Raises GroundingError when the pack exceeds what the engine handles."""
        self._rules = law.rules
        self._order = {rule: number for number, rule in enumerate(law.rules)}
        self._kinds = {name: fact.scope for name, fact in law.vocabulary.facts.items()
                       if fact.scope in law.vocabulary.kinds}
        self._owners = {kind: thing.of for kind, thing in law.vocabulary.kinds.items() if thing.of}
        self._unnamed = Things.unnamed(law)  # of a claimant that lists nothing
        self._name = f"pack{next(_session_numbers)}"
        self._lock = threading.Lock()
        self._asked = {name for rule in law.rules.values() for c in rule.if_ for name in c.names}
        self._known: dict[object, list[Firing]] = {}
        self._conclude: Callable[[Rule, Firing], None] | None = None
        definitions = self._compile()
        self._host = _QuietHost()
        try:
            self._host.set_rulesets({self._name: definitions})
        except Exception as error:
            raise GroundingError(f"the rule engine refused the pack {law.id}: {error}") from error
        self._ruleset = self._host.get_ruleset(self._name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Free the compiled pack."""
        durable_rules_engine.delete_ruleset(self._ruleset._handle)

    def ground(self, possibilities: Possibilities, counting: Collection[str] | None = None) -> list[str]:
        """Return the ids of the rules that apply in some world, in the order of the pack (see `firings`)."""
        return list(dict.fromkeys(firing.rule for firing in self.firings(possibilities, None, counting)))

    def firings(self, possibilities: Possibilities, things: Things | None = None,
                counting: Collection[str] | None = None) -> list[Firing]:
        """Return the rules that apply in some world, once for each set of items, in the order of the pack.

        `counting` holds the ids of the rules that count at all (their dates, their duty); None: all of them. The same
        question is put to the engine once. Raises GroundingError.
        """
        things = things or self._unnamed
        asked = {name: possibilities[name] for name in sorted(possibilities) if fact_of(name) in self._asked}
        key = (tuple(asked.items()), things, None if counting is None else tuple(counting))
        with self._lock:
            if key not in self._known:
                self._known[key] = self._ground(asked, self._rules if counting is None else counting, things)
            return list(self._known[key])

    def _ground(self, possibilities: Possibilities, counting: Collection[str], things: Things | None = None
                ) -> list[Firing]:
        things = things or self._unnamed
        session = f"s{next(_session_numbers)}"
        first = list(messages(possibilities, things))
        known = {one["id"] for one in first}
        fired: dict[Firing, None] = {}
        firings = itertools.count()

        def conclude(rule: Rule, firing: Firing) -> None:
            if next(firings) >= MAX_FIRINGS:
                raise GroundingError("the rules fire without end")
            if rule.id not in counting:
                return
            fired[firing] = None
            if rule.issue is None:
                name, value = rule.concludes
                concluded = message(things.bind(name, dict(firing.items)), value, things)
                if concluded["id"] not in known:
                    known.add(concluded["id"])
                    self._assert({**concluded, "sid": session})

        self._conclude = conclude
        try:
            for one in first:
                self._assert({**one, "sid": session})
            state = self._host.assert_fact(self._name, {**BOOT, "sid": session})
            if state is None or "exception" in state:
                raise GroundingError(f"the rule engine failed: {(state or {}).get('exception', 'no state')}")
        finally:
            self._conclude = None
            self._host.delete_state(self._name, session)
        return sorted(fired, key=lambda firing: (self._order[firing.rule], firing.items))

    def _assert(self, fact: dict[str, Any]) -> None:
        with contextlib.suppress(engine.MessageNotHandledException):  # a fact that no rule of the pack asks about
            self._ruleset.assert_fact(fact)

    def _compile(self) -> dict[str, Any]:
        boot = {"$and": [{"f": "boot"}, {"v": "boot"}]}
        definitions: dict[str, Any] = {"boot": {"all": [{"c": boot}], "run": lambda _c: None}}
        matched: Counter[str] = Counter()
        names: set[str] = {"f", "v", "i", "a", "b", "lo", "hi", "id", "sid", "boot"}
        for name, rule, matching in self._matchings():
            matched.update({str(pattern) for pattern in matching.patterns})
            names.update(text for pattern in matching.patterns for text in names_in(pattern))
            patterns = [{f"c{i}": pattern} for i, pattern in enumerate(matching.patterns)]
            definitions[name] = {"all": patterns, "run": self._action(rule, matching)}
        for pattern_text, count in matched.items():
            if count > MAX_SAME_CONDITION:
                raise GroundingError(f"{count} rules share the condition {pattern_text}: the engine allows "
                                     f"{MAX_SAME_CONDITION}")
        refuse_collisions(names)
        return definitions

    def _matchings(self) -> Iterator[tuple[str, Rule, Matching]]:
        for rule in self._rules.values():
            for number, matching in enumerate(matchings(rule, self._kinds, self._owners)):
                if len(matching.patterns) > MAX_CONDITIONS:
                    raise GroundingError(f"rule {rule.id}: more than {MAX_CONDITIONS} conditions")
                yield f"{rule.id}#{number}", rule, matching

    def _action(self, rule: Rule, matching: Matching) -> Callable[[Any], None]:
        def run(closure: Any) -> None:
            if self._conclude is not None:
                items = sorted((kind, item_named(getattr(closure, f"c{position}").i))
                               for kind, position in matching.items.items())
                self._conclude(rule, Firing(rule.id, tuple(items)))
        return run
