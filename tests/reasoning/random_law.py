"""Random law packs and cases, built from the parts of `small_law`: acyclic, with arguments of every kind."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

from tests.reasoning.small_law import fact, issue, law, rule
from vismajor.law.models import Law

FACTS, ISSUES = 7, 6
NAMES = tuple(f"a.f{number}" for number in range(FACTS))
SIZES = {"weak": 5, "moderate": 10, "strong": 20, "decisive": 40}  # tenths, as small_law sets them


def _conditions(draw: random.Random, before: int, most: int) -> list[str]:
    """Draw conditions on facts, and on issues that come before `before`, so that no rule runs in a circle."""
    found = {}
    for _ in range(draw.randint(0, most)):
        if before and draw.random() < 0.25:
            found[f"i{draw.randrange(before)}"] = draw.choice(["", "not "])
        else:
            found[f"a.f{draw.randrange(FACTS)}"] = draw.choice(["", "", "not "])
    return [f"{sign}{name}" for name, sign in found.items()]


def random_pack(draw: random.Random) -> Law:
    """Return a pack of weighed and composite issues, arguments of every kind, and facts that rules conclude.

    Every other fact is each claimant's own.
    """
    issues = []
    for number in range(ISSUES):
        name, parts = f"i{number}", [f"{draw.choice(['', 'not '])}i{j}" for j in draw.sample(range(number), number)][:3]
        if number < 2 or draw.random() < 0.6:
            issues.append(issue(name, draw.choice([-2.0, -1.0, -0.5, 0.0, 0.5, 1.0])))
        else:
            issues.append(issue(name, None, **{draw.choice(["all", "any"]): parts}))
    weighed = [number for number, item in enumerate(issues) if item.weigh]
    rules = []
    for number in range(draw.randint(6, 22)):
        extra: dict[str, object] = {}
        if draw.random() < 0.25:
            extra["open"] = Decimal(draw.choice(["0.3", "0.7"]))
        if draw.random() < 0.2:  # facts conclude facts upwards only
            target = draw.randrange(1, FACTS)
            below = [f"a.f{f}" for f in draw.sample(range(target), min(target, draw.randint(1, 2)))]
            rules.append(rule(f"r{number}", below, {f"a.f{target}": draw.choice([True, False])}, **extra))
            continue
        target = draw.choice(weighed)
        if draw.random() < 0.4:
            extra["group"] = draw.choice(["g", "h"])
        weight = draw.choice([*SIZES, *SIZES, "knock_out", "knock_out"])
        conditions = _conditions(draw, target, 3) or [f"a.f{draw.randrange(FACTS)}"]
        rules.append(rule(f"r{number}", conditions, {draw.choice(["for", "against"]): f"i{target}"}, weight,
                          unless=_conditions(draw, target, 2) if draw.random() < 0.4 else [], **extra))
    facts = {name: fact(scope=("common", "claimant")[number % 2]) for number, name in enumerate(NAMES)}
    return law(facts, issues, rules)


def random_facts(draw: random.Random, names: Sequence[str] = NAMES) -> dict[str, object]:
    """Return facts as a case states them: some unknown, some certain, some that the court may find otherwise."""
    found: dict[str, object] = {}
    for name in names:
        value, kind = draw.choice([True, False]), draw.randrange(4)
        if kind == 1:
            found[name] = value
        elif kind == 2:
            found[name] = {"value": value, "status": draw.choice(["established", "disputed", "alleged"])}
        elif kind == 3:
            likelihood = draw.choice(["0", "0.2", "0.5", "0.7", "1"])
            found[name] = {"value": value, "likelihood": Decimal(likelihood)}
    return found


def random_claimants(draw: random.Random) -> list[dict[str, object]]:
    """Return one to four claimants with facts of their own."""
    return [{"id": f"c{number}", "facts": random_facts(draw, NAMES[1::2])} for number in range(draw.randint(1, 4))]
