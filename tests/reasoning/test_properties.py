"""What holds of every law pack and every case, whatever they say."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.reasoning.random_law import ISSUES, NAMES, SIZES, random_claimants, random_facts, random_pack
from tests.reasoning.small_law import case, fact, graph, issue, law, rule
from vismajor import load_case, load_law
from vismajor.case.models import Case
from vismajor.law.models import Law, Rule
from vismajor.reasoning.assessment import DOUBTFUL, assess_case
from vismajor.reasoning.evaluation import Evaluation
from vismajor.reasoning.worlds import LikeliestWorld, Truth, Worlds
from vismajor.report import assessment_json

COUNT = 200
UNEVEN = {"weak": Decimal("0.3"), "moderate": Decimal("0.7"), "strong": Decimal("1.9"), "decisive": Decimal("4.1"),
          "knock_out": Decimal(0)}  # sums of these depend on their order in the last bit
OVH = ROOT / "cases" / "ovh-strasbourg"
draws = st.builds(random.Random, st.integers(0, 2**32 - 1))  # varied packs, rather than the smallest ones
weights = st.sampled_from([*SIZES, "knock_out"])
thorough = settings(max_examples=250, deadline=None)


def with_rules(pack: Law, *more: Rule) -> Law:
    """Return the pack with more rules, and with the facts they name."""
    named = {c.name for item in more for c in (*item.if_, *item.unless) if not c.on_issue}
    facts = {**pack.vocabulary.facts, **{name: fact() for name in sorted(named) if name not in pack.vocabulary.facts}}
    return law(facts, list(pack.issues.values()), [*pack.rules.values(), *more])


def columns(pack: Law, facts: Mapping[str, object], count: int = COUNT) -> dict[str, Truth]:
    """Return, per issue, the worlds in which it holds."""
    answers = Evaluation(pack, Worlds("property", count)).answers(graph(pack, facts))
    return {name: np.broadcast_to(answer.holds, (count,)) for name, answer in answers.items()}


def weighed(pack: Law, number: int) -> str:
    """Return one of the weighed issues of the pack."""
    names = [item.id for item in pack.issues.values() if item.weigh]
    return names[number % len(names)]


def figures(data: object) -> object:
    """Return the JSON of an assessment without the words in which premises are put, and the rules that conclude them.

    They depend on the order of the rules where several conclude one fact, and the sign of a score of zero does where
    weights are uneven: see the two tests that follow.
    """
    if isinstance(data, list):
        return [figures(item) for item in data]
    if isinstance(data, dict):
        return {key: (item or 0.0) + 0.0 if key == "score" else figures(item) for key, item in data.items()
                if key not in ("said", "concluded_by", "undercut_by")}
    return data


def as_json(pack: Law, stated: Case, count: int = COUNT) -> str:
    """Return the bytes of an assessment."""
    return json.dumps(assessment_json(assess_case(stated, pack, Worlds("property", count))), ensure_ascii=False)


# --- more arguments ---------------------------------------------------------------------------------------------------


@thorough
@given(draws, weights, st.integers(0, ISSUES), st.sampled_from([None, "g", "h"]))
def test_one_more_argument_for_never_lowers_and_one_against_never_raises(
        draw: random.Random, weight: str, number: int, group: str | None) -> None:
    pack, facts = random_pack(draw), random_facts(draw)
    name, extra = weighed(pack, number), {"group": group} if group else {}
    conditions = [f"{draw.choice(['', 'not '])}{draw.choice(NAMES)}"]
    before = columns(pack, facts)[name]
    more = columns(with_rules(pack, rule("more", conditions, {"for": name}, weight, **extra)), facts)[name]
    less = columns(with_rules(pack, rule("less", conditions, {"against": name}, weight, **extra)), facts)[name]
    assert not np.any(before & ~more)  # in no world does an argument for turn yes into no
    assert not np.any(~before & less)


@thorough
@given(draws, st.integers(0, ISSUES))
def test_unknown_lies_between_found_in_favour_and_found_against(draw: random.Random, number: int) -> None:
    pack, facts = random_pack(draw), random_facts(draw)
    name, rules = weighed(pack, number), []
    for k in range(draw.randint(1, 3)):  # a new fact that speaks for the party with the burden, and for it alone
        weight = draw.choice([*SIZES, "knock_out"])
        rules.append(draw.choice([
            rule(f"new{k}", ["a.new"], {"for": name}, weight),
            rule(f"new{k}", [draw.choice(NAMES)], {"against": name}, weight, unless=["a.new"]),
            rule(f"new{k}", ["not a.new"], {"against": name}, weight),
            rule(f"new{k}", [draw.choice(NAMES)], {"for": name}, weight, unless=["not a.new"]),
        ]))
    pack = with_rules(pack, *rules, rule("asks", ["a.new"], {"for": name}, "weak"))
    unknown = columns(pack, facts)[name]
    found, alleged = columns(pack, {**facts, "a.new": True})[name], {"value": True, "likelihood": Decimal("0.5")}
    against = columns(pack, {**facts, "a.new": False})[name]
    doubtful = columns(pack, {**facts, "a.new": alleged})[name]
    assert not np.any(unknown & ~found)  # unknown is never better than established in favour
    assert not np.any(against & ~unknown)  # and it is not false
    assert not np.any((doubtful & ~found) | (against & ~doubtful))


# --- names, not places ------------------------------------------------------------------------------------------------


def shuffled(pack: Law, draw: random.Random) -> Law:
    """Return the same pack, its rules and its vocabulary written in another order."""
    facts, rules = list(pack.vocabulary.facts.items()), list(pack.rules.values())
    draw.shuffle(facts)
    draw.shuffle(rules)
    return law(dict(facts), list(pack.issues.values()), rules).model_copy(update={"weights": pack.weights})


@thorough
@given(draws)
def test_the_order_of_rules_and_facts_never_shows(draw: random.Random) -> None:
    pack = random_pack(draw).model_copy(update={"weights": UNEVEN})
    common, claimants = random_facts(draw, NAMES[0::2]), random_claimants(draw)
    expected = as_json(pack, case(claimants, common))
    stated = list(common.items())
    draw.shuffle(stated)
    found = as_json(shuffled(pack, draw), case(claimants, dict(stated)))
    assert json.dumps(figures(json.loads(found))) == json.dumps(figures(json.loads(expected)))


def test_the_order_of_the_rules_that_conclude_one_fact_never_shows() -> None:
    rules = [rule("by-b", ["a.b"], {"a.x": True}), rule("by-c", ["a.c"], {"a.x": True}),
             rule("r", ["a.x"], {"for": "i"}, "strong")]
    facts, stated = {"a.b": fact(), "a.c": fact(), "a.x": fact()}, case([{"id": "one"}], {"a.b": True, "a.c": True})
    assert as_json(law(facts, [issue("i")], rules), stated) == as_json(law(facts, [issue("i")], rules[::-1]), stated)


def test_the_order_of_uneven_weights_never_shows() -> None:
    rules = [rule(f"r{k}", ["a.b"], {"for": "i"}, weight) for k, weight in enumerate(["weak"] * 2 + ["moderate"] * 2)]
    told = {as_json(law({"a.b": fact()}, [issue("i", -2.0)], order).model_copy(update={"weights": UNEVEN}),
                    case([{"id": "one"}], {"a.b": True})) for order in (rules, rules[::-1])}
    assert len(told) == 1


def per_claimant(pack: Law, stated: Case) -> dict[str, bytes]:
    """Return, per claimant, the columns of all issues."""
    assessment = assess_case(stated, pack, Worlds("property", COUNT))
    return {claimant.id: b"".join(assessment.holds(claimant.id, "main", name).tobytes() for name in pack.issues)
            for claimant in stated.file.claimants}


def standing(pack: Law, stated: Case) -> dict[tuple[str, str], object]:
    """Return, per claimant and issue, who stands alike and what is told of them, as JSON tells it.

    The arguments are left out: see the two tests that follow.
    """
    views = json.loads(as_json(pack, stated))["issues"]
    told = ("probability", "standard_error", "label", "score", "conflict")
    return {(claimant, name): (sorted(view["claimants"]), [view[key] for key in told])
            for name, found in views.items() for view in found["views"] for claimant in view["claimants"]}


@thorough
@given(draws)
def test_the_order_of_claimants_never_shows(draw: random.Random) -> None:
    pack, common, claimants = random_pack(draw), random_facts(draw, NAMES[0::2]), random_claimants(draw)
    one, other = case(claimants, common), case(claimants[::-1], common)
    assert per_claimant(pack, one) == per_claimant(pack, other)
    assert standing(pack, one) == standing(pack, other)


def test_the_premises_told_are_those_of_all_who_stand_alike() -> None:
    pack = law({"a.c": fact(scope="claimant"), "a.u": fact()}, [issue("i")],
               [rule("r", ["a.c"], {"for": "i"}, "strong", unless=["a.u"])])
    sure: dict[str, object] = {"id": "sure", "facts": {"a.c": True}}
    unsure: dict[str, object] = {"id": "unsure", "facts": {"a.c": {"value": True, "status": "alleged"}}}

    def statuses(claimant: str, order: list[dict[str, object]]) -> set[str]:
        view = next(v for v in assess_case(case(order, {"a.u": True}), pack, Worlds("property", COUNT)).views["i"]
                    if claimant in v.claimants)
        return {premise.finding.fact.status for argument in view.arguments_for for premise in argument.premises
                if premise.finding}

    for claimant, status in (("sure", "admitted"), ("unsure", "alleged")):
        for order in ([sure, unsure], [unsure, sure]):
            assert statuses(claimant, order) == {status}


def test_the_share_of_worlds_of_an_argument_is_that_of_all_who_stand_alike() -> None:
    pack = law({"a.c": fact(scope="claimant")}, [issue("i")], [rule("r", ["a.c"], {"for": "i"}, "strong")])
    own = {"a.c": {"value": True, "likelihood": Decimal("0.5")}}
    one, two = {"id": "one", "facts": own}, {"id": "two", "facts": own}
    shares = [assess_case(case(order), pack, Worlds("property", COUNT)).lead("i").arguments_for[0].share
              for order in ([one, two], [two, one])]
    assert shares[0] == shares[1]


@thorough
@given(draws, st.integers(0, 8))
def test_one_more_fact_or_claimant_leaves_all_other_draws_as_they_were(draw: random.Random, place: int) -> None:
    pack, common, claimants = random_pack(draw), random_facts(draw, NAMES[0::2]), random_claimants(draw)
    before = per_claimant(pack, case(claimants, common))
    more = with_rules(pack, rule("new", ["not a.new"], {"a.newer": True}))
    unsure = {"value": True, "likelihood": Decimal("0.4")}
    stated = list({**common, "a.new": unsure}.items())
    stated.insert(place % len(stated), stated.pop())
    newcomer = {"id": "newcomer", "facts": random_facts(draw, NAMES[1::2])}
    crowd = [*claimants[:place], newcomer, *claimants[place:]]
    after = per_claimant(more, case(crowd, dict(stated)))
    assert {name: after[name] for name in before} == before


# --- words and figures ------------------------------------------------------------------------------------------------


@thorough
@given(draws)
def test_labels_follow_the_figures_and_the_likeliest_world(draw: random.Random) -> None:
    pack, common, claimants = random_pack(draw), random_facts(draw, NAMES[0::2]), random_claimants(draw)
    assessment = assess_case(case(claimants, common), pack, Worlds("property", COUNT))
    likeliest = Evaluation(pack, LikeliestWorld())
    for name, views in assessment.views.items():
        for view in views:
            middle = {bool(np.all(likeliest.answers(assessment.graphs[claimant, "main"])[name].holds))
                      for claimant in view.claimants}
            assert len(middle) == 1  # those who stand alike have the same answer in the likeliest world
            likely = middle == {True}
            established = view.probability > DOUBTFUL[1] and likely
            refused = view.probability < DOUBTFUL[0] and not likely
            assert view.label == ("established" if established else "not_established" if refused else "doubtful")
            drawn = [np.mean(assessment.holds(claimant, "main", name)) for claimant in view.claimants]
            assert view.probability == pytest.approx(np.mean(drawn))
            assert max(drawn) - min(drawn) < 8 * (0.25 / COUNT) ** 0.5  # and the same chance, as far as draws can tell
        together = [claimant for view in views for claimant in view.claimants]
        assert sorted(together) == sorted(c["id"] for c in claimants)  # each claimant stands in one view


# --- the founding case ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def founding(french_law: Law) -> Case:
    return load_case(OVH, french_law)


def test_neither_the_order_of_the_files_nor_of_their_rules_shows(founding: Case, french_law: Law, tmp_path: Path
                                                                 ) -> None:
    pack = tmp_path / "fr"
    shutil.copytree(french_law.folder, pack)
    for number, file in enumerate(sorted((pack / "themes").glob("*.yaml"), reverse=True)):
        data = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        text = yaml.safe_dump({"rules": data["rules"][::-1]}, allow_unicode=True, width=10_000)
        file.unlink()
        (pack / "themes" / f"{number}.yaml").write_text(_plain(text), encoding="utf-8")
    again = load_law(str(pack))
    assert list(again.rules) != list(french_law.rules)
    assert {**again.rules} == {**french_law.rules}
    assert as_json(again, founding, 500) == as_json(french_law, founding, 500)


def _plain(text: str) -> str:
    """Take off the quotation marks that PyYAML puts around numbers and dates which it read as texts."""
    import re

    return re.sub(r"'(true|false|[0-9]+(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2})'", r"\1", text)


def test_the_order_of_the_facts_of_a_case_never_shows(founding: Case, french_law: Law) -> None:
    file = founding.file
    turned = founding.model_copy(update={"file": file.model_copy(update={
        "facts": dict(reversed(file.facts.items())),
        "claimants": tuple(c.model_copy(update={"facts": dict(reversed(c.facts.items()))}) for c in file.claimants),
    })})
    assert as_json(french_law, turned, 500) == as_json(french_law, founding, 500)


def test_the_same_seed_gives_the_same_bytes_in_every_process() -> None:
    program = str(Path(sys.executable).with_name("vismajor"))
    outputs = {
        subprocess.run([program, "assess", str(OVH), "--json", "--worlds", "400", "--seed", "bytes"], check=True,
                       capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2", "31337")
    }
    assert len(outputs) == 1
    other = subprocess.run([program, "assess", str(OVH), "--json", "--worlds", "400", "--seed", "other"], check=True,
                           capture_output=True).stdout
    assert other not in outputs
