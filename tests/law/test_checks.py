"""The shipped pack as a whole: reasons and sources everywhere, every name exists, the order holds, dates agree."""

import pytest

from tests.conftest import ROOT
from vismajor.drafting.acts.checklists import checklist
from vismajor.law.checks import check_pack, evaluation_order
from vismajor.law.models import Bilingual


def sources_used(law) -> set[str]:
    items = [item for group in (law.rules, law.issues, law.heads, law.time_limits) for item in group.values()]
    items += [change for limit in law.time_limits.values() for change in (*limit.suspended_by, *limit.interrupted_by)]
    items += [duty.chance for duty in law.vocabulary.duties.values() if duty.chance]
    rates = {source for _, source in law.rates.sources()}
    rates |= {*law.settlement.offers.sources, *law.settlement.subrogation.sources}
    return rates | {source for item in items for source in item.sources}


def sources_of_acts(law) -> set[str]:
    """The texts that an act cites by their ids: in its template, in its module where the day of the act decides.

    And those that its checklist names for what they ask of it.
    """
    files = [*ROOT.glob("templates/*/acts/*.j2"), *ROOT.glob("src/vismajor/drafting/acts/*.py")]
    said = "".join(file.read_text("utf-8") for file in files)
    asked = {mention.source for file in ROOT.glob("templates/checklists/*.yaml")
             for mention in checklist(file.stem).mentions}
    return {name for name in law.sources if f'"{name}"' in said or name in asked}


def test_the_shipped_pack_has_no_problem(french_law):
    assert list(check_pack(french_law)) == []
    assert len(french_law.rules) > 100


def test_every_rule_has_a_source_and_a_reason_in_both_languages(french_law):
    for rule in french_law.rules.values():
        assert rule.sources, rule.id
        assert rule.because.fr != rule.because.en, rule.id
        assert rule.because.fr.endswith("."), rule.id
        assert rule.because.en.endswith("."), rule.id


def test_every_source_is_used_by_a_rule_an_issue_a_head_of_loss_a_time_limit_a_rate_a_settlement_or_an_act(french_law):
    assert sorted(set(french_law.sources) - sources_used(french_law) - sources_of_acts(french_law)) == []


def test_every_decision_has_its_court_and_its_date(french_law):
    for source in french_law.sources.values():
        if source.kind == "decision":
            assert source.court, source.id
            # the date may be unknown only of a decision known through others
            assert source.date or source.read in ("secondary", "not"), source.id


def test_no_rule_is_known_before_all_the_decisions_it_rests_on(french_law):
    for rule in french_law.rules.values():
        cited = [french_law.sources[source] for source in rule.sources]
        decided = [source.date for source in cited if source.kind == "decision" and source.date]
        if rule.known_from and len(decided) == len(cited):
            assert rule.known_from >= min(decided), rule.id


def test_no_rule_is_in_force_before_the_text_it_rests_on(french_law):
    for rule in french_law.rules.values():
        texts = [french_law.sources[source] for source in rule.sources if french_law.sources[source].kind == "statute"]
        starts = [text.in_force.from_ for text in texts if text.in_force and text.in_force.from_]
        if texts and len(starts) == len(texts) == len(rule.sources):
            assert rule.in_force, rule.id
            assert rule.in_force.from_, rule.id
            assert rule.in_force.from_ >= min(starts), rule.id


def test_every_issue_that_is_weighed_is_argued_from_both_sides_or_for_it(french_law):
    for issue in french_law.issues.values():
        sides = {rule.argues_for for rule in french_law.rules.values() if rule.issue == issue.id}
        assert (True in sides) == (issue.weigh is not None), issue.id


def test_everything_comes_after_what_it_depends_on(french_law):
    order, cycle = evaluation_order(french_law)
    assert cycle == []
    assert tuple(order) == french_law.order
    position = {name: index for index, name in enumerate(order)}
    assert set(position) == {*french_law.vocabulary.facts, *french_law.issues}
    for rule in french_law.rules.values():
        for condition in (*rule.if_, *rule.unless):
            assert position[condition.name] < position[rule.target], rule.id
    for issue in french_law.issues.values():
        assert all(position[name] < position[issue.id] for name, _ in issue.elements())


def test_a_composite_issue_reverses_what_follows_not(french_law):
    assert ("exoneration", False) in french_law.issues["liability"].elements()
    assert all(expected for _, expected in french_law.issues["force_majeure"].elements())


def test_an_open_question_has_the_chance_of_its_latest_date(french_law):
    stepped = [rule for rule in french_law.rules.values() if isinstance(rule.open, tuple)]
    assert stepped
    for rule in stepped:
        for step in rule.open:
            assert rule.chance(step.from_) == step.chance
    assert all(rule.chance(french_law.sources["cc-1218"].in_force.from_) == 1 for rule in french_law.rules.values()
               if rule.open is None)


def change(law, kind, name, **update):
    items = dict(getattr(law, kind))
    items[name] = items[name].model_copy(update=update)
    return law.model_copy(update={kind: items})


@pytest.mark.parametrize(("kind", "update", "path", "code"), [
    ("rules", {"sources": ("no-such-source",)}, ("sources", 0), "unknown_source"),
    ("rules", {"weight": None}, ("weight",), "rule_weight"),
    ("rules", {"then": {"for": "liability"}}, ("then",), "rule_weighs_composite"),
    ("rules", {"duties": ("no-such-duty",)}, ("duties", 0), "unknown_duty"),
    ("issues", {"all": ("breach",)}, ("id",), "issue_decided_twice"),
    ("issues", {"sources": ("no-such-source",)}, ("sources", 0), "unknown_source"),
])
def test_a_check_finds_what_is_wrong_and_says_where(french_law, kind, update, path, code):
    name = next(r for r, rule in french_law.rules.items() if rule.issue == "breach") if kind == "rules" else "breach"
    (finding,) = check_pack(change(french_law, kind, name, **update))
    assert finding[:4] == (kind, name, path, code)


def test_a_state_without_words_is_found(french_law):
    facts = dict(french_law.vocabulary.facts)
    states = {"fire": Bilingual(fr="un feu", en="a fire")}
    facts["event.kind"] = facts["event.kind"].model_copy(update={"states": states})
    vocabulary = french_law.vocabulary.model_copy(update={"facts": facts})
    found = list(check_pack(french_law.model_copy(update={"vocabulary": vocabulary})))
    assert {finding[3] for finding in found} == {"state_missing"}
    assert len(found) == len(facts["event.kind"].values) - 1
