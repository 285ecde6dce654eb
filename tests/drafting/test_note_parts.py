"""What the note adds to assessment and value: causes, weaknesses, evidence, scenarios, the decision asked."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.drafting.cases import changed, read_small
from tests.drafting.conftest import markdown_of, note_of, page_of, revalued, whole_note_of
from vismajor.case_versions import compare_scenarios
from vismajor.drafting.note_context import NegotiationNote
from vismajor.drafting.nothing_due import causes_said
from vismajor.law.models import Law
from vismajor.settlement.bearing import bearings_of, bearings_of_unknown
from vismajor.settlement.valuation import Valuation
from vismajor.workbench import assess, value

PAIRS = ("courtage", "suing")


def in_language(valuation: Valuation, language: str) -> Valuation:
    case = valuation.assessment.case.said_in(language)
    return dataclasses.replace(valuation, assessment=dataclasses.replace(valuation.assessment, case=case))


def for_respondent(valuation: Valuation) -> Valuation:
    return revalued(valuation, changed(valuation.assessment.case, acting_for="respondent"))


@pytest.fixture(scope="module")
def ours(founding: Valuation) -> NegotiationNote:
    """The note of the founding case for the claimants."""
    return note_of(founding)


@pytest.fixture(scope="module")
def theirs(founding: Valuation) -> NegotiationNote:
    """The note of the founding case for the respondent."""
    return note_of(for_respondent(founding))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\\", "")


# --- why nothing is due


@pytest.mark.parametrize("name", ["founding", "courtage", "bluepad", "small"])
def test_the_causes_share_out_the_outcomes_in_which_nothing_is_due(name: str, request: pytest.FixtureRequest) -> None:
    valuation = request.getfixturevalue(name)
    causes = causes_said(valuation, tuple(valuation.awards), "fr")
    assert sum(cause.share for cause in causes) == pytest.approx(valuation.together.not_liable.probability, abs=0.02)
    assert [cause.share for cause in causes] == sorted((cause.share for cause in causes), reverse=True)
    assert all(sum(share for _, share in cause.ways) == pytest.approx(cause.share) for cause in causes if cause.ways)


def test_the_clause_and_the_law_excuse_together_before_any_other_cause(founding: Valuation) -> None:
    first = causes_said(founding, tuple(founding.awards), "fr")[0]
    assert (first.issue, first.said) == ("exoneration", "la force majeure exonère OVH")
    assert [way for way, _ in first.ways] == ["par la clause", "par la loi"]


# --- what facts bear on


def test_the_awards_by_what_is_found_of_a_fact_have_the_award_as_their_mean(founding: Valuation) -> None:
    mean, found = float(founding.together.award.mean), bearings_of(founding)
    assert len(found) > 10
    for one in found:
        together = one.chance * float(one.awards[0]) + (1 - one.chance) * float(one.awards[1])
        assert together == pytest.approx(mean, rel=0.05), one.name
    assert [abs(one.difference) for one in found] == sorted((abs(one.difference) for one in found), reverse=True)


def test_a_fact_supposed_unknown_is_the_award_of_the_case_that_states_it(founding: Valuation) -> None:
    (one,) = bearings_of_unknown(founding, {"fault.wilful"})
    assert one.values == (True, False) and one.chance_from == "expected"
    assert one.awards[0] > one.awards[1] and one.measurable
    assert bearings_of_unknown(founding, {"event.kind"}) == ()  # it is stated


# --- weaknesses, of either side


def test_what_serves_one_side_speaks_against_the_other(ours: NegotiationNote, theirs: NegotiationNote) -> None:
    ours, theirs = ours.weaknesses, theirs.weaknesses  # type: ignore[assignment]
    assert {fact.clause for fact in ours.relied_on} == {fact.clause for fact in theirs.against_us}
    assert {fact.clause for fact in ours.against_us} == {fact.clause for fact in theirs.relied_on}
    assert not {one.title for one in ours.issues} & {one.title for one in theirs.issues}
    for fact in ours.relied_on:
        assert fact.awards[0] > fact.awards[1]
    for fact in ours.against_us:
        assert fact.awards[0] < fact.awards[1]


def test_a_weak_issue_is_one_that_we_lose_more_often_than_not_with_the_argument_against_us(ours: NegotiationNote
                                                                                              ) -> None:
    note = ours
    cap = next(issue for issue in note.issues if issue.id == "liability_cap")
    weak = next(one for one in note.weaknesses.issues if one.title == cap.title)
    assert weak.argument is not None and weak.argument.reason in {one.reason for one in cap.arguments_for}
    assert weak.argument.reason.split(" ")[0] in markdown_of(note)


# --- scenarios and evidence


SCENARIOS = [
    {"id": f"chance-{n}", "title": {"fr": f"Chance {n}", "en": f"Chance {n}"},
     "likelihoods": {"event.usual_risk": n / 10}} for n in range(1, 5)
] + [{"id": "later", "title": {"fr": "Plus tard", "en": "Later"}, "as_of": dt.date(2026, 1, 1)},
     {"id": "no-cap", "title": {"fr": "Sans plafond", "en": "No cap"}, "issues": {"liability_cap": "not_established"}}]


def test_the_scenarios_of_the_note_have_the_figures_of_compare(french_law: Law, tmp_path: Path) -> None:
    case = read_small(tmp_path / "case", french_law, scenarios=SCENARIOS)
    note = whole_note_of(value(assess(case, french_law, worlds=500)))
    found = compare_scenarios(case, french_law, ["no-cap"], worlds=500, settling=None)
    said = next(one for one in note.scenarios if one.title == "Sans plafond")
    assert said.mean == found.awards[1].spread.mean > note.together.award.mean
    assert float(said.difference) == pytest.approx(found.awards[1].difference.amount)
    assert float(said.error) == pytest.approx(found.awards[1].difference.standard_error)
    assert [one.title for one in note.scenarios] == ["Chance 1", "Chance 2", "Chance 3", "Sans plafond"]
    assert note.scenarios_left == ("Chance 4",)  # what is known only later has no place in the note
    assert "tenu pour acquis" in markdown_of(note)


def test_evidence_is_ranked_by_what_it_moves_for_its_price(founding: Valuation, ours: NegotiationNote) -> None:
    found = ours.inquiries
    assert len(found) == len(founding.assessment.case.file.evidence)
    worth = [one.moves / max(one.price, Decimal(1)) for one in found]
    assert worth == sorted(worth, reverse=True)
    assert all(one.clause for one in found)


# --- the decision


def decision(note: NegotiationNote) -> str:
    text = plain(markdown_of(note))
    return text.partition("# La décision demandée" if note.language == "fr" else "# The decision asked")[2].partition(
        "# Les faits" if note.language == "fr" else "# The facts")[0]


def test_claimants_choose_between_offer_demand_and_suit(ours: NegotiationNote) -> None:
    said = decision(ours)
    assert re.findall(r"\*\*([A-D])\. ", said) == ["A", "B", "C"]
    assert said.count("(conseillé)") == 1 and "Répondre par une demande (conseillé)" in said
    assert "18 000 €" in said and "mois environ" in said and "par chacune des clientes" in said


def test_the_respondent_is_never_told_to_bid_less_than_it_already_offered(theirs: NegotiationNote) -> None:
    said = decision(theirs)
    assert re.findall(r"\*\*([A-D])\. ", said) == ["A", "B"]
    assert "Première somme" not in said and "nul ne renchérissant sur sa propre offre (18 000 €)" in said
    assert "demandée à OVH" in plain(markdown_of(theirs))


@pytest.mark.parametrize("side", ["claimants", "respondent"])
@pytest.mark.parametrize("position", ["none", "worthless", "above_both", "above_mean", "below_mean", "below_both"])
def test_one_course_is_advised_wherever_the_offer_stands(small: Valuation, side: str, position: str) -> None:
    case = small.assessment.case
    amount = {"above_both": "900000.00", "below_both": "1.00"}.get(position, "600.00")
    offers = () if position in ("none", "worthless") else (
        case.file.offers[0].model_copy(update={"amount": Decimal(amount)}),)
    note = note_of(revalued(small, changed(case, offers=offers, acting_for=side)))
    assert note.decision.advised in note.decision.courses
    assert decision(note).count("(conseillé)") == 1
    assert ("accept" in note.decision.courses) == (bool(offers) and side == "claimants")


# --- words


THEORY = ("Nash", "Shapley", "Rubinstein", "P90", "clé du tirage", "log-cotes", "réserve en", "Valeur de réserve",
          "le défendeur a", "défendeur, s", " plancher à", "isolément")


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_no_word_of_theory_and_no_hyphen_for_a_minus_is_left(side: str, request: pytest.FixtureRequest) -> None:
    text = plain(markdown_of(request.getfixturevalue(side))).partition("# Sources")[0]
    assert [word for word in THEORY if word in text] == []
    assert "−" in text and re.findall(r"\| -\d", text) == []


@pytest.mark.parametrize("name", PAIRS)
def test_both_languages_say_the_same_things_in_the_same_order(name: str, request: pytest.FixtureRequest) -> None:
    valuation = request.getfixturevalue(name)
    french, english = (page_of(markdown_of(note_of(in_language(valuation, one)))) for one in ("fr", "en"))
    assert [tag for tag, _ in french.blocks if tag != "p"] == [tag for tag, _ in english.blocks if tag != "p"]
    assert [[len(row) for row in table] for table in french.tables] == [
        [len(row) for row in table] for table in english.tables]


@pytest.mark.parametrize("name", PAIRS)
def test_no_french_word_slips_into_the_english_note(name: str, request: pytest.FixtureRequest) -> None:
    text = page_of(markdown_of(note_of(in_language(request.getfixturevalue(name), "en")))).text
    body = re.sub(r"“[^”]*”|\([^)]*\)", "", text.partition("\nSources")[0])
    assert re.findall(r"\b(le|les|une|et|pour|dans|qui|sur|avec|demande|offre|procès|pièce|pièces)\b", body) == []
    assert not re.search(r"« | ;|\S :(?= )", text.partition("\nSources")[0])


@pytest.mark.goldens
def test_the_english_note_reads_as_it_was_approved(bluepad: Valuation, golden: Callable[[str, str], str]) -> None:
    text = markdown_of(note_of(in_language(bluepad, "en")))
    assert text == golden("note-bluepad-en.md", text), "look at the difference, then pytest --rewrite-goldens"


@pytest.mark.goldens
def test_the_note_for_the_respondent_reads_as_it_was_approved(suing: Valuation, golden: Callable[[str, str], str]
                                                              ) -> None:
    text = markdown_of(note_of(for_respondent(suing)))
    assert text == golden("note-respondent.md", text), "look at the difference, then pytest --rewrite-goldens"


def test_the_language_is_that_of_the_case_as_it_is_told(french_law: Law, small: Valuation) -> None:
    told = value(assess(small.assessment.case.said_in("en"), french_law, worlds=200))
    assert note_of(told).language == "en"
