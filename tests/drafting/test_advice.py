"""The advice of the note, branch by branch: side, place of the offer, defence, cap. Its words follow its figures."""

import dataclasses
import re
from decimal import Decimal

import pytest

from tests.drafting.cases import changed
from tests.drafting.conftest import markdown_of, note_before_costs, note_of, page_of, revalued
from tests.drafting.test_negotiation_note import offered, sentence
from vismajor.drafting import negotiation_note
from vismajor.drafting.environment import environment
from vismajor.drafting.note_context import IssueSaid, NegotiationNote
from vismajor.drafting.typography import about, money, share, spaced
from vismajor.settlement.valuation import Valuation

NAMES = ("ovh-strasbourg", "ovh-strasbourg-2025", "bati-courtage", "bluepad", "small")


def advice(note: NegotiationNote) -> str:
    return " ".join(sentence(page_of(markdown_of(note)), "Avis.").split())


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture(autouse=True)
def no_inquiry(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "notes" not in request.fixturenames:
        monkeypatch.setattr(negotiation_note, "open_facts", lambda *_: [])


def with_answer(note: NegotiationNote, name: str, *labels: str) -> NegotiationNote:
    """Return the note with other answers to one issue, in the advice too."""
    def answered(issue: IssueSaid) -> IssueSaid:
        if issue.id != name:
            return issue
        standings = tuple(dataclasses.replace(issue.standings[0], label=label, answer=f"answer_{label}")
                          for label in labels)
        return dataclasses.replace(issue, label=labels[0], standings=standings)

    deciding = tuple(answered(issue) for issue in note.advice.deciding)
    return dataclasses.replace(note, issues=tuple(answered(issue) for issue in note.issues),
                               advice=dataclasses.replace(note.advice, deciding=deciding))


CLAIMANTS = {"none": "prendre l’initiative et demander une somme", "below_both": "Refuser l’offre et répondre",
             "below_mean": "Ne pas accepter l’offre en l’état et répondre", "above_mean": "Ne pas rompre",
             "above_both": "Accepter l’offre : elle égale ou dépasse la condamnation moyenne",
             "worthless": "un jugement n’apporterait rien"}
RESPONDENT = {"none": "au-delà de", "below_both": "Relever l’offre, sans dépasser",
              "below_mean": "ne la relever qu’au besoin, sans dépasser", "above_mean": "sans la relever",
              "above_both": "Maintenir l’offre sans la relever : elle égale ou dépasse déjà",
              "worthless": "ne rien offrir"}


@pytest.mark.parametrize("position", CLAIMANTS)
@pytest.mark.parametrize("side", ["claimants", "respondent"])
def test_each_side_is_told_what_to_answer_wherever_the_offer_stands(small: Valuation, side: str, position: str) -> None:
    amounts = () if position in ("none", "worthless") else ({"amount": Decimal("450.00")},)
    note = dataclasses.replace(offered(small, *amounts), acting_for=side)
    note = dataclasses.replace(note, advice=dataclasses.replace(note.advice, position=position))
    text = advice(note)
    told = CLAIMANTS if side == "claimants" else RESPONDENT
    assert told[position] in text
    others = (CLAIMANTS if side == "respondent" else RESPONDENT)[position]
    assert others == told[position] or others not in text
    assert 2 <= len(re.findall(r"\.(?= [A-Z]|$)", text.removeprefix("Avis."))) <= 5, text


@pytest.mark.parametrize(("amount", "position"), [("1.00", "below_both"), ("600.00", "below_mean"),
                                                  ("900000.00", "above_both")])
def test_the_answer_follows_the_amount_of_the_offer(small: Valuation, amount: str, position: str) -> None:
    note = offered(small, {"amount": Decimal(amount)})
    assert note.advice.position == position
    assert CLAIMANTS[position] in advice(note)
    chance = note.standing.judgment_brings_more if note.standing else 0.0
    assert plain(share(chance, "fr")) in plain(advice(note))


@pytest.mark.parametrize("name", NAMES)
def test_the_figures_of_the_advice_are_those_of_the_tables(name: str, notes: dict[str, NegotiationNote]) -> None:
    note = notes[name]
    value = note.standing.value if note.standing else note.together
    mean = value.award.mean if note.sides is None else note.sides.least
    assert note.advice.limit == about(mean)
    assert abs(note.advice.limit - mean) <= mean / 100
    if note.sides is None:
        assert plain(money(note.advice.limit, "fr")) in advice(note)
    if note.acting_for == "claimants" and note.advice.position in ("none", "below_mean", "below_both"):
        assert plain(money(note.advice.opening, "fr")) in advice(note)
        assert note.advice.opening >= note.advice.limit


@pytest.mark.parametrize("name", NAMES)
def test_the_advice_names_the_issues_that_decide_with_their_chances(
        name: str, notes: dict[str, NegotiationNote]) -> None:
    note, text = notes[name], plain(advice(notes[name]))
    assert 1 <= len(note.advice.deciding) <= 2
    for issue in (*note.advice.deciding, note.issue("exoneration")):
        assert plain(issue.span) in text
        assert issue.id == "exoneration" or issue.title.replace("'", "’") in text


@pytest.mark.parametrize("name", NAMES)
def test_the_advice_names_what_to_obtain_first(name: str, notes: dict[str, NegotiationNote]) -> None:
    note, text = notes[name], advice(notes[name])
    for exhibit in note.unread_terms:
        assert exhibit in text.partition("Obtenir d’abord")[2]
    if note.open_facts:
        assert note.open_facts[0].question.replace("'", "’")[:40] in text
    assert ("Obtenir d’abord" in text) == bool(note.unread_terms or note.open_facts)


@pytest.mark.parametrize(("labels", "said"), [
    (("established",), "est probable ("), (("doubtful",), "est incertaine ("),
    (("not_established",), "est improbable ("),
    (("not_established", "doubtful"), "est incertaine ou improbable selon l’obligation et la demanderesse ("),
])
def test_the_defence_is_likely_doubtful_or_unlikely(small: Valuation, labels: tuple[str, ...], said: str) -> None:
    text = advice(with_answer(offered(small), "exoneration", *labels))
    assert f"La défense de force majeure, légale ou contractuelle, {said}" in text


@pytest.mark.parametrize(("label", "said"), [("established", "oui"), ("doubtful", "incertain"),
                                             ("not_established", "non")])
def test_the_cap_is_said_to_hold_or_not(bluepad: Valuation, label: str, said: str) -> None:
    note = offered(bluepad)
    assert [issue.id for issue in note.advice.deciding] == ["liability_cap"]
    assert f"« Plafond de réparation » ({said} ; probabilité d’une réponse affirmative" in plain(
        advice(with_answer(note, "liability_cap", label)))


def test_free_months_are_to_be_answered_with_money(founding: Valuation, small: Valuation) -> None:
    assert "en argent" in advice(note_of(founding))
    assert "en argent" not in advice(offered(small, {"amount": Decimal("1.00")}))


@pytest.mark.parametrize(("standing", "said"), [
    ("below_mean", "leur propre cause, les demanderesses suivantes attendraient en moyenne moins d’un jugement que de"),
    ("above_both", "leur propre cause, les demanderesses suivantes attendraient en moyenne davantage d’un jugement"),
])
def test_those_who_had_better_answer_otherwise_are_told_apart(small: Valuation, standing: str, said: str) -> None:
    note = offered(small, {"amount": Decimal("450.00")})
    told = dataclasses.replace(note.advice, position=standing, otherwise="Dupont et Durand", otherwise_count=2)
    text = advice(dataclasses.replace(note, advice=told))
    assert said in text
    assert "à part : Dupont et Durand." in text
    assert "à part" not in advice(dataclasses.replace(note, acting_for="respondent", advice=told))


def test_one_claimant_is_told_a_range_and_the_risk_and_not_a_mean_that_seldom_comes(courtage: Valuation) -> None:
    note, text = note_of(courtage), plain(advice(note_of(courtage)))
    low, high = (plain(money(amount, "fr")) for amount in (note.advice.floor, note.advice.limit))
    assert note.advice.floor < note.advice.limit
    assert f"entre {low} (la médiane) et {high} (la moyenne de toutes les issues)" in text
    assert f"moins que cette moyenne dans {plain(share(note.advice.worse, 'fr'))} des cas, frais" in text
    assert "sans transiger sous" not in text
    assert note.advice.opening >= note.together.award.p90


def test_a_joint_figure_is_to_be_shared_among_clients_whose_interests_may_differ(founding: Valuation,
                                                                                 courtage: Valuation) -> None:
    told = "règles du conflit d’intérêts de l’avocat"
    assert told in advice(note_of(founding))
    assert told not in advice(note_of(courtage))
    assert told not in advice(dataclasses.replace(note_of(founding), acting_for="respondent"))


def test_everyone_who_expects_less_than_the_offer_by_the_table_is_named(founding: Valuation) -> None:
    note = note_before_costs(founding)
    less = [row.name for row in note.rows if row.offer and row.value.award.mean < row.offer.amount]
    assert less
    assert note.advice.otherwise_count == len(less)
    for name in less:
        assert name.rpartition(" ")[2] in note.advice.otherwise


@pytest.mark.parametrize("name", NAMES)
def test_the_advice_says_what_most_often_leaves_nothing_due(name: str, notes: dict[str, NegotiationNote]) -> None:
    note, text = notes[name], plain(advice(notes[name]))
    value = note.standing.value if note.standing else note.together
    if value.not_liable.probability >= 0.05:
        assert f"Rien n’est dû dans {plain(share(value.not_liable.probability, 'fr'))} des cas" in text
        assert note.causes
        for cause in note.causes:
            assert f"dans {plain(share(cause.share, 'fr'))}, {cause.said.replace(chr(39), '’')}" in text
        assert sum(cause.share for cause in note.causes) == pytest.approx(value.not_liable.probability, abs=0.02)


# --- where the case says what the suit costs

AFTER_COSTS = {
    "claimants": {None: "prendre l’initiative et demander une somme", "below_zone": "Refuser l’offre et répondre",
                  "lower": "Ne pas rompre, et demander mieux avant d’accepter", "upper": "ou l’améliorer à la marge",
                  "above_zone": "Accepter l’offre sans tarder"},
    "respondent": {None: "proposer une somme de l’ordre de", "below_zone": "Relever l’offre : elle reste sous ce que",
                   "lower": "Maintenir l’offre, que les demanderesses ont intérêt à accepter",
                   "upper": "elle atteint déjà le point de partage", "above_zone": "Ne pas relever l’offre, ni la"},
}


@pytest.fixture(scope="module")
def suing_note(suing: Valuation) -> NegotiationNote:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(negotiation_note, "open_facts", lambda *_: [])
        return note_of(suing)


def quickly(note: NegotiationNote) -> str:
    """Return the advice of a note without writing the whole of it."""
    text = environment("fr").get_template("advice.md.j2").render(n=note, one=note.claimants_count == 1)
    return " ".join(spaced(text, "fr").split())


@pytest.mark.parametrize("place", AFTER_COSTS["claimants"])
@pytest.mark.parametrize("side", AFTER_COSTS)
@pytest.mark.parametrize("sues", [True, False])
def test_after_costs_each_side_is_told_what_to_answer_wherever_the_offer_lies(
        suing_note: NegotiationNote, side: str, place: str | None, sues: bool) -> None:
    note = suing_note
    assert note.sides is not None
    floor = Decimal(3000) if side == "respondent" else Decimal(400) if sues else Decimal(0)
    told = dataclasses.replace(note.advice, place=place, floor=floor, limit=floor, target=Decimal(1500))
    note = dataclasses.replace(note, acting_for=side, advice=told,
                               sides=dataclasses.replace(note.sides, anybody_sues=sues))
    text = quickly(note)
    assert AFTER_COSTS[side][place] in text
    others = {words for one in AFTER_COSTS.values() for words in one.values()} - {AFTER_COSTS[side][place]}
    assert not [words for words in others if words in text]
    assert "frais de procédure non comptés" not in text
    assert ("coûterait aux demanderesses plus" in text) == (side == "claimants" and not sues and place != "below_zone")
    assert "None" not in text


@pytest.mark.parametrize("side", AFTER_COSTS)
@pytest.mark.parametrize("amount", ["1.00", "600.00", "2000.00", "900000.00"])
def test_after_costs_the_answer_follows_the_amount_of_the_offer(suing: Valuation, amount: str, side: str) -> None:
    case = suing.assessment.case
    made = case.file.offers[0].model_copy(update={"amount": Decimal(amount)})
    note = note_of(revalued(suing, changed(case, offers=(made,), acting_for=side)))
    assert note.sides is not None
    assert note.standing is not None
    assert note.advice.target is not None
    total = note.standing.amount
    place = ("below_zone" if total < note.sides.least else "above_zone" if total > note.sides.most
             else "lower" if total < (note.sides.least + note.sides.most) / 2 else "upper")
    assert note.advice.place == place
    assert AFTER_COSTS[side][place] in quickly(note)
    order = [note.advice.opening, note.advice.target, note.advice.floor]
    assert sorted(order, reverse=side == "claimants") == order


def test_where_no_sum_suits_both_sides_the_claimants_are_told_why(suing_note: NegotiationNote) -> None:
    note = suing_note
    assert note.sides is not None
    told = dataclasses.replace(note.advice, place="below_zone")
    sides = dataclasses.replace(note.sides, no_zone="les deux parties ne croient pas au même procès")
    assert ("Aucune somme ne convient en l’état aux deux parties : les deux parties ne croient pas au même procès."
            in quickly(dataclasses.replace(note, advice=told, sides=sides)))


def test_the_part_on_both_sides_has_the_figures_of_the_advice_and_terms_that_add_up(
        suing_note: NegotiationNote, suing: Valuation) -> None:
    note, title = suing_note, "Les deux parties, frais et délais compris"
    assert note.sides is not None
    text = plain(page_of(markdown_of(note)).text)
    assert title in text
    assert sum(amount for _, amount in note.sides.terms) == note.sides.difference
    assert note.advice.most == about(note.sides.most)
    assert plain(money(note.sides.most, "fr")) in text
    assert "900" in text
    assert title not in page_of(markdown_of(note_before_costs(suing))).text
