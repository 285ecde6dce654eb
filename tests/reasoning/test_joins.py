"""Rules over several servers and backups: the engine's joins equal to trying all of them, and what they decide."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import numpy as np
import pytest

from tests.reasoning.small_law import case, cost, fact, issue, law, rule
from vismajor.law.checks import bound_kinds
from vismajor.law.conditions import Condition, fact_of
from vismajor.law.models import Law, Rule
from vismajor.reasoning.assessment import Assessment, assess_case
from vismajor.reasoning.grounding import Firing, Grounder
from vismajor.reasoning.possibilities import Possible
from vismajor.reasoning.things import Things
from vismajor.reasoning.worlds import Worlds

KINDS = {"server": None, "backup": "server"}
FACTS = {
    **{f"server.s{i}": fact(scope="server") for i in range(4)},
    **{f"backup.b{i}": fact(scope="backup") for i in range(4)},
    "server.building": fact("name", scope="server"), "backup.building": fact("name", scope="backup"),
    "server.age": fact("number", scope="server"), **{f"a.f{i}": fact() for i in range(6)},
}
BUILDINGS = ("sbg1", "sbg2", "rbx")


def _things(draw: random.Random) -> Things:
    servers = tuple(f"s{i}" for i in range(draw.randint(1, 3)))
    backups = tuple(f"b{i}" for i in range(draw.randint(1, 3)))
    belongs = {("backup", b, s) for b in backups for s in draw.sample(servers, draw.randint(1, len(servers)))}
    kinds = {name: declared.scope for name, declared in FACTS.items() if declared.scope in KINDS}
    return Things({"server": servers, "backup": backups}, kinds, frozenset(belongs))


def _condition(draw: random.Random) -> str:
    kind = draw.random()
    if kind < 0.2:
        return draw.choice(["", "not "]) + f"a.f{draw.randrange(6)}"
    if kind < 0.6:
        side = draw.choice(["server.s", "backup.b"])
        return draw.choice(["", "any ", "every "]) + draw.choice(["", "not "]) + f"{side}{draw.randrange(4)}"
    if kind < 0.7:
        return f"server.age {draw.choice(['<', '>='])} {draw.randrange(10)}"
    if kind < 0.8:
        return f"{draw.choice(['server', 'backup'])}.building {draw.choice(['=', '!='])} {draw.choice(BUILDINGS)}"
    return f"backup.building {draw.choice(['=', '!='])} server.building"


def _pack(draw: random.Random) -> Law:
    rules = []
    for number in range(12):
        conditions = list(dict.fromkeys(_condition(draw) for _ in range(draw.randint(1, 4))))
        one = rule(f"r{number}", conditions, {"for": "i"}, "weak")
        if draw.random() < 0.4:
            target = f"{draw.choice(['backup.b', 'server.s'])}{draw.randrange(4)}"
            if FACTS[target].scope in _bound(one):
                one = rule(f"r{number}", conditions, {target: draw.random() < 0.5})
        rules.append(one)
    pack = law(FACTS, [issue("i")], [], KINDS)
    return pack.model_copy(update={"rules": {r.id: r for r in rules}})  # cycles do no harm to grounding


def _bound(one: Rule) -> list[str]:
    return bound_kinds(law(FACTS, [issue("i")], [], KINDS), one)


def _facts(draw: random.Random, things: Things) -> dict[str, Possible]:
    known: dict[str, Possible] = {}
    for name, declared in FACTS.items():
        for ground in things.names(name):
            if draw.random() < 0.35:
                continue
            if declared.type == "name":
                known[ground] = Possible(frozenset(draw.sample(BUILDINGS, draw.randint(1, 2))))
            elif declared.type == "number":
                low = draw.randrange(10)
                known[ground] = Possible(low=low, high=low + draw.choice([0, 3]))
            else:
                known[ground] = Possible(frozenset(draw.choice([{True}, {False}, {True, False}])))
    return known


def plain_firings(pack: Law, things: Things, possible: dict[str, Possible]) -> list[Firing]:
    """Say which rules apply to which items, by trying every choice of items until nothing changes."""
    known, fired, changed = dict(possible), set[Firing](), True
    while changed:
        changed = False
        for one in pack.rules.values():
            for items in _choices(pack, one, things):
                firing = Firing(one.id, tuple(sorted(items.items())))
                if firing in fired or not _meets(one, items, things, known):
                    continue
                fired.add(firing)
                changed = True
                if one.issue is None:
                    name = things.bind(one.concludes[0], items)
                    known[name] = Possible(known.get(name, Possible()).values | {one.concludes[1]})
    order = list(pack.rules)
    return sorted(fired, key=lambda firing: (order.index(firing.rule), firing.items))


def _choices(pack: Law, one: Rule, things: Things) -> Iterator[dict[str, str]]:
    kinds = bound_kinds(pack, one)
    for ids in itertools.product(*(things.by_kind[kind] for kind in kinds)):
        items = dict(zip(kinds, ids, strict=True))
        if set(kinds) == set(KINDS) and ("backup", items["backup"], items["server"]) not in things.belongs:
            continue
        yield items


def _meets(one: Rule, items: dict[str, str], things: Things, known: dict[str, Possible]) -> bool:
    """Every fact must have one value that meets all that is asked of it; any and every are left to the worlds."""
    names = [things.bind(name, items) for c in one.if_ if not c.quantifier for name in c.names]
    singles = [c for c in one.if_ if not c.quantifier]
    names = list(dict.fromkeys(names))
    if any(name not in known for name in names):
        return False
    plain = [name for name in names if known[name].low is None]
    for name in names:
        if name not in plain and not all(known[name].allows(c) for c in singles if things.bind(c.name, items) == name):
            return False
    for values in itertools.product(*(known[name].values for name in plain)):
        found = dict(zip(plain, values, strict=True))
        if all(_holds(c, items, things, found) for c in singles if things.bind(c.name, items) in plain):
            return True
    return False


def _holds(c: Condition, items: dict[str, str], things: Things, found: dict[str, object]) -> bool:
    value = found[things.bind(c.name, items)]
    others = c.values if c.other is None else (found[things.bind(c.other, items)],)
    return (value in others) == (c.operator == "=")


def test_joins_equal_trying_every_choice_of_items_on_two_thousand_random_cases() -> None:
    draw = random.Random(20210310)
    fired = 0
    for _ in range(250):
        pack = _pack(draw)
        grounder = Grounder(pack)
        for _ in range(8):
            things = _things(draw)
            known = _facts(draw, things)
            found = grounder.firings(known, things)
            assert found == plain_firings(pack, things, known)
            fired += sum(len(firing.items) == 2 for firing in found)
        grounder.close()
    assert fired > 1_000  # joins over a server and a backup were among them


ROOF = law(
    {"server.building": fact("name", scope="server"), "backup.building": fact("name", scope="backup"),
     "backup.same_building": fact(scope="backup"), "backup.restorable": fact(scope="backup")},
    [issue("i", -30.0)],
    [rule("same", ["backup.building = server.building"], {"backup.same_building": True}),
     rule("apart", ["backup.building != server.building"], {"backup.same_building": False}),
     rule("all-lost", ["every backup.same_building"], {"for": "i"}, "knock_out",
          unless=["any backup.restorable"])],
    KINDS,
)


def _assess(items: list[dict[str, object]], facts: dict[str, object] | None = None) -> Assessment:
    claimant = {"id": "one", "items": items, "facts": facts or {}, "heads": [cost(100)]}
    return assess_case(case([claimant]), ROOF, Worlds("test", 200))


def _server(building: str, name: str = "web") -> dict[str, object]:
    return {"id": name, "kind": "server", "facts": {"server.building": building}}


def _backup(name: str, building: str, **more: object) -> dict[str, object]:
    return {"id": name, "kind": "backup", "facts": {"backup.building": building}, **more}


@pytest.mark.parametrize(("buildings", "lost"), [(["sbg2"], 1), (["rbx"], 0), (["sbg2", "sbg2"], 1),
                                                 (["sbg2", "rbx"], 0)])
def test_all_is_lost_only_when_every_copy_was_under_the_same_roof(buildings: list[str], lost: int) -> None:
    found = _assess([_server("sbg2"), *(_backup(f"b{n}", b) for n, b in enumerate(buildings))])
    assert found.lead("i").probability == lost


def test_a_copy_is_compared_with_the_server_that_it_protects() -> None:
    servers = [_server("sbg2", "web"), _server("rbx", "mail")]
    assert _assess([*servers, _backup("b", "sbg2", of=["web"])]).lead("i").probability == 1
    assert _assess([*servers, _backup("b", "sbg2", of=["mail"])]).lead("i").probability == 0


def test_what_is_stated_of_the_claimant_holds_for_each_item_that_does_not_say_otherwise() -> None:
    items = [_backup("b0", "sbg2"), {"id": "b1", "kind": "backup", "facts": {"backup.same_building": False}}]
    assert _assess(items[:1], {"backup.same_building": True}).lead("i").probability == 1
    assert _assess(items, {"backup.same_building": True}).lead("i").probability == 0


def test_without_a_list_there_is_one_backup_of_which_the_claimant_speaks() -> None:
    assert _assess([], {"backup.same_building": True}).lead("i").probability == 1
    assert _assess([]).lead("i").probability == 0  # unknown makes no argument


SIBLINGS = law(
    {"server.building": fact("name", scope="server"), "backup.building": fact("name", scope="backup"),
     "backup.restorable": fact(scope="backup")},
    [issue("i", -30.0)],
    [rule("lost", ["backup.building = server.building"], {"for": "i"}, "knock_out", unless=["any backup.restorable"])],
    KINDS,
)


@pytest.mark.parametrize(("protects", "lost"), [("web", 0), ("db", 1)])
def test_a_copy_of_another_server_saves_nothing_of_this_one(protects: str, lost: int) -> None:
    items = [_server("sbg2", "web"), _server("gra", "db"), _backup("n1", "sbg2", of=["web"]),
             {"id": "n2", "kind": "backup", "of": [protects],
              "facts": {"backup.building": "rbx", "backup.restorable": True}}]
    found = assess_case(case([{"id": "one", "items": items, "heads": [cost(100)]}]), SIBLINGS, Worlds("test", 200))
    assert found.lead("i").probability == lost


def test_any_copy_that_can_be_restored_saves_the_day() -> None:
    items = [_server("sbg2"), _backup("b0", "sbg2"), _backup("b1", "sbg2")]
    items[2]["facts"] = {"backup.building": "sbg2", "backup.restorable": True}
    found = _assess(items)
    assert found.lead("i").probability == 0
    (argument,) = found.lead("i").arguments_for
    assert [fact_of(p.condition.name) for p in argument.undercut_by] == ["backup.restorable"]


def test_each_world_has_its_own_buildings() -> None:
    likely = {"value": "sbg2", "likelihood": 1, "otherwise": "rbx"}
    from decimal import Decimal

    one = {"id": "b", "kind": "backup", "facts": {"backup.building": {**likely, "likelihood": Decimal("0.3")}}}
    found = assess_case(case([{"id": "one", "items": [_server("sbg2"), one], "heads": [cost(100)]}]), ROOF,
                        Worlds("test", 20_000))
    assert found.lead("i").probability == pytest.approx(0.3, abs=0.02)
    assert np.mean(found.holds("one", "main", "i")) == found.lead("i").probability
