"""The respondent's reply and pleadings: golden files per branch, and what they must and must not say."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.drafting.acts.cases import COMPLETE, PERSON, complete, only
from tests.drafting.acts.conftest import as_respondent, matter_from
from tests.drafting.acts.defences import CLAUSES, LIGHTNING, strong
from tests.drafting.cases import write_case
from vismajor.drafting.acts.arguments import discussion
from vismajor.drafting.acts.claims_said import claimants_pleaded
from vismajor.drafting.acts.defence import build as defence
from vismajor.drafting.acts.defence_said import sections_of
from vismajor.drafting.acts.kinds import KINDS, kind_of, kinds_for
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.rendering import render
from vismajor.drafting.acts.reply import build as reply
from vismajor.law.models import Law
from vismajor.settlement.valuation import Valuation
from vismajor.workbench import assess, load_case, value

REPLY, DEFENCE = kind_of("reply", "respondent"), kind_of("pleadings", "respondent")
FIRST, SECOND = COMPLETE["claimants"]
FORCE_MAJEURE = ("control", "unforeseeable", "unavoidable", "prevented")


def text(kind: Any, matter: Matter) -> str:
    markdown = render(kind, matter).markdown
    return re.sub(r"\s+", " ", markdown.split("# Bordereau")[0].replace("\\", "").replace("**", ""))


def changed_acts(part: str, **changes: Any) -> dict[str, Any]:
    acts = copy.deepcopy(strong()["acts"])
    acts[part] |= changes
    return {"acts": {name: {k: v for k, v in value.items() if v is not None} for name, value in acts.items()}}


@pytest.fixture(scope="module")
def held(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Matter]:
    """Return the matter of the strong defence with some entries replaced; each such case is valued once."""
    valued: dict[str, Valuation] = {}

    def of(claimant: str | None = None, language: Any = None, **changes: Any) -> Matter:
        if (key := repr(changes)) not in valued:
            folder = write_case(tmp_path_factory.mktemp("held") / "case", complete(**strong(**changes)))
            valued[key] = value(assess(load_case(folder, french_law), french_law, worlds=100))
        return matter_from(valued[key], claimant, language)

    return of


@pytest.mark.goldens
@pytest.mark.parametrize(("name", "claimant", "language"), [
    ("group", None, "fr"), ("one", "dupont", "fr"), ("group-en", None, "en"), ("one-en", "dupont", "en")])
def test_reply_and_pleadings_read_as_approved(name: str, claimant: str | None, language: str, whole: Valuation,
                                              golden: Callable[[str, str], str]) -> None:
    matter = matter_from(as_respondent(whole), claimant, language)
    for kind, said in ((REPLY, "reply"), (DEFENCE, "pleadings-respondent")):
        markdown = render(kind, matter).markdown
        assert markdown == golden(f"act-{said}-{name}.md", markdown)


@pytest.mark.goldens
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_strong_defence_reads_as_approved(language: str, held: Callable[..., Matter],
                                            golden: Callable[[str, str], str]) -> None:
    matter = held(language=language)
    for kind, said in ((REPLY, "reply"), (DEFENCE, "pleadings-respondent")):
        markdown = render(kind, matter).markdown
        assert markdown == golden(f"act-{said}-strong-{language}.md", markdown)


@pytest.mark.goldens
def test_the_pleadings_of_the_founding_case_read_as_approved(founding: Valuation, golden: Callable[[str, str], str]
                                                             ) -> None:
    markdown = render(DEFENCE, matter_from(as_respondent(founding), "demanderesse-10")).markdown
    assert markdown == golden("act-pleadings-respondent-founding.md", markdown)


def test_a_document_that_each_side_sends_is_chosen_by_side() -> None:
    assert kind_of("pleadings", "respondent").template == "pleadings_respondent"
    assert "respondent" in kind_of("pleadings", "respondent").sides
    for side in ("claimants", "respondent"):
        ids = [kind.id for kind in kinds_for(side)]
        assert len(ids) == len(set(ids)) and set(ids) == {kind.id for kind in KINDS}
        ours = {kind.id for kind in KINDS if side in kind.sides}
        assert {kind.id for kind in kinds_for(side) if side in kind.sides} == ours


def test_exceptions_come_before_bars_and_bars_before_the_merits(held: Callable[..., Matter]) -> None:
    seen = text(DEFENCE, held())
    parts = ["# Faits et procédure", "# Discussion", "# In limine litis", "# Les fins de non-recevoir",
             "# À titre principal", "# À titre subsidiaire", "# À titre plus subsidiaire", "# Par ces motifs",
             "SE DÉCLARER incompétent au profit du tribunal de commerce de Metz", "DÉCLARER irrecevables", "DÉBOUTER",
             "LIMITER", "RÉDUIRE à de plus justes proportions", "700 du code de procédure civile ; CONDAMNER"]
    places = [seen.index(part) for part in parts]
    assert places == sorted(places)


def test_jurisdiction_is_contested_only_where_counsel_names_another_court(held: Callable[..., Matter]) -> None:
    seen = text(DEFENCE, held(**changed_acts("pleadings", competent_court=None)))
    assert "incompétence" not in seen and "SE DÉCLARER" not in seen
    exception = defence(held()).exception
    assert exception is not None and len(exception.clause) == 3 and exception.whom == ()


def test_a_bar_reaches_those_alone_whom_it_concerns(held: Callable[..., Matter], whole: Valuation) -> None:
    seen = text(DEFENCE, held())
    assert "en raison de la transaction conclue, les demandes de la demanderesse n° 2" in seen
    assert "chaque demanderesse concernée a transigé" in seen.lower()
    assert "La demande est irrecevable" not in seen  # not the first one's claim
    alone = text(DEFENCE, held("dupont"))
    assert "irrecevable" not in alone and "fins de non-recevoir," not in alone
    assert defence(matter_from(as_respondent(whole))).bars == ()


def test_a_suit_out_of_time_is_said_to_be_barred(held: Callable[..., Matter]) -> None:
    seen = text(DEFENCE, held("dupont", as_of=dt.date(2029, 1, 15)))
    assert "DÉCLARER irrecevables, comme prescrites, les demandes de la société Dupont" in seen
    assert "comme prescrites" not in text(DEFENCE, held("dupont"))


def test_who_proves_nothing_is_dismissed_and_no_sum_is_conceded(held: Callable[..., Matter]) -> None:
    seen = text(DEFENCE, held())
    assert "DÉBOUTER la demanderesse n° 1 de toutes ses demandes, faute de preuve" in seen
    assert "RÉDUIRE à de plus justes proportions toute somme allouée aux demanderesses" in seen
    for conceded in ("1 900,25", "RAMENER", "Reste en débat", "n’excède pas"):
        assert conceded not in seen and conceded not in text(REPLY, held())
    alone = text(DEFENCE, held("dupont"))
    assert "DÉBOUTER la société Dupont de toutes ses demandes, faute de preuve" in alone


def test_whole_tells_whether_each_condition_to_be_proved_is_argued(held: Callable[..., Matter]) -> None:
    (section,) = discussion(held(), FORCE_MAJEURE)
    assert section.ours and section.whole and {one.id for one in section.issues} == set(FORCE_MAJEURE)
    without = {name: fact for name, fact in LIGHTNING.items() if name != "event.origin"}
    (section,) = discussion(held(facts=without), FORCE_MAJEURE)
    assert section.ours and not section.whole and "control" not in {one.id for one in section.issues}
    assert section.issues  # the other three are argued, in vain


def test_who_does_not_bear_the_burden_is_whole_with_an_answer_alone(whole: Valuation) -> None:
    for section in discussion(matter_from(whole), FORCE_MAJEURE):
        assert not section.ours and section.whole and len(section.issues) < len(FORCE_MAJEURE)


def test_force_majeure_is_pleaded_whole_or_not_at_all(held: Callable[..., Matter]) -> None:
    seen = text(REPLY, held())
    assert "es conditions légales de la force majeure sont réunies" in seen and "échappait au contrôle" in seen
    without = {name: fact for name, fact in LIGHTNING.items() if name != "event.origin"}
    seen = text(REPLY, held(facts=without))
    assert "caractère imprévisible" not in seen and "conditions légales" not in seen
    assert "clause de force majeure exonère" in seen  # what the contract says still stands
    assert sections_of(held(facts=without), FORCE_MAJEURE, 9) == ()


def test_without_a_clause_nothing_is_drawn_from_one(held: Callable[..., Matter]) -> None:
    bare = {name: fact for name, fact in CLAUSES.items() if "terms" in name}
    seen = text(DEFENCE, held(contracts=[COMPLETE["contracts"][0] | {"facts": bare}]))
    assert "lafond" not in seen and "exclu" not in seen.replace("exclusi", "") and "clause de force majeure" not in seen
    assert "# À titre plus subsidiaire" not in seen and "Opposabilité" not in seen


def test_the_cap_is_the_sum_that_each_contract_sets(held: Callable[..., Matter]) -> None:
    seen = text(DEFENCE, held())
    assert "n° 1, Dupont : 720 € ; – n° 2, Durand : 480 € ;" in seen  # 6 x 120, 6 x 80
    fixed = [COMPLETE["contracts"][0] | {"facts": CLAUSES, "cap": {"amount": 950.5}}]
    one = text(DEFENCE, held("dupont", contracts=fixed))
    assert "LIMITER à la somme de 950,50 €" in one and "mois de redevances" not in one and "Durand" not in one


def test_each_head_is_answered_by_what_is_excluded_and_what_is_shown(held: Callable[..., Matter]) -> None:
    first, second = reply(held()).claimants
    assert [str(head.most) for head in first.heads] == ["0.00", "0.00"]  # no exhibit; excluded by the contract
    assert [str(head.most) for head in second.heads] == ["1500.25", "400.00"]
    seen = text(REPLY, held())
    assert "Aucune pièce n’est produite à l’appui du chef « Frais de récupération" in seen and "1 500,25 €" in seen
    assert "La clause d’exclusion atteint le chef « Perte de chance » (demanderesse n° 1)" in seen


def test_the_caps_are_those_of_the_contracts(founding: Valuation, held: Callable[..., Matter]) -> None:
    for matter in (held(), matter_from(as_respondent(founding))):
        context = defence(matter)
        assert context.due == sum(one.due for one in context.claimants)
        for one in context.claimants:
            assert 0 <= one.most <= one.due and one.cap == sum(cap.amount for cap in one.caps)
            assert one.most == min(one.due, max(sum(head.most for head in one.heads) - one.received, 0))


def test_what_was_received_is_taken_off(held: Callable[..., Matter]) -> None:
    data = strong()["claimants"][1] | {"received": [{"id": "p", "kind": "indemnity", "date": "2024-01-10",
                                                     "amount": 900}]}
    (one,) = reply(held(**only(data))).claimants
    assert (str(one.received), str(one.most)) == ("900.00", "1000.25")


def test_the_reply_admits_nothing_and_keeps_no_offer_that_is_over(held: Callable[..., Matter]) -> None:
    seen = text(REPLY, held())
    assert "n’emporte aucune reconnaissance" in seen and "article 2240" in seen and "n’en est pas un" in seen
    assert "proposé le 2 novembre 2023 (un avoir" in seen and "demeure ouvert" in seen
    assert "d’un montant de" not in seen and "d’une valeur de" not in seen  # what is no money is given no value
    assert "Votre bien dévoué," in seen and "transactionnel" not in seen
    for change in ({"until": "2024-07-10"}, {"answered": {"date": "2024-01-05", "how": "refused"}},
                   {"by": "claimants"}):
        assert "demeure ouvert" not in text(REPLY, held(offers=[COMPLETE["offers"][0] | change]))
    assert "offre" not in text(DEFENCE, held()).lower()
    worth = {"fr": "un avoir de 1 500 euros", "en": "a credit of 1,500 euros"}
    once = text(REPLY, held(offers=[COMPLETE["offers"][0] | {"amount": 1500, "form": worth}]))
    assert "(un avoir de 1 500 euros par bénéficiaire) demeure ouvert" in once


def test_a_chance_that_only_we_estimate_is_in_no_document(whole: Valuation) -> None:
    matter = matter_from(as_respondent(whole))
    assert claimants_pleaded(matter)[0].alternative is None != claimants_pleaded(matter_from(whole))[0].alternative
    assert "3 360" in text(kind_of("formal-notice"), matter_from(whole))  # the claimants plead it: 8000 x 0.42
    assert all("3 360" not in text(kind, matter) and "42" not in text(kind, matter) for kind in (REPLY, DEFENCE))


def test_between_lawyers_the_letter_is_official_and_otherwise_it_is_not(held: Callable[..., Matter]) -> None:
    assert render(REPLY, held()).mark == "LETTRE OFFICIELLE" and "Mon cher Confrère" in text(REPLY, held())
    seen = text(REPLY, held(**changed_acts("notice", sent_by="party")))
    assert "LETTRE" not in seen and "Lettre recommandée" in seen and "Madame, Monsieur" in seen and "vos " not in seen
    own = held(counsel=None)
    assert render(REPLY, own).mark == "" and "Nous vous saurions gré" in text(REPLY, own)
    assert "ma cliente" not in text(REPLY, own).lower()


def test_persons_are_told_by_their_gender(held: Callable[..., Matter]) -> None:
    man = FIRST | {"name": "Jean Dupont", "person": PERSON}
    both = {"claimants": [man, SECOND | {"name": "Luc Durand", "person": PERSON}]}
    seen = text(DEFENCE, held(**both))
    assert "demanderesse" not in seen.split("# Discussion")[0] and "DÉBOUTER les demandeurs de toutes leurs" in seen
    assert "vos clients" in text(REPLY, held(**both))
    host = held("dupont", respondent={"name": "Paul Martin", "person": PERSON, "address": "8 rue Haute, 57000 Metz"})
    assert "Mon client conteste" in text(REPLY, host) and "est prête" not in text(REPLY, host)
    assert "défendeur, ayant pour avocat" in text(DEFENCE, host) and "il demande que l’affaire" in text(DEFENCE, host)


def test_what_counsel_did_not_ask_for_is_not_asked(held: Callable[..., Matter]) -> None:
    plain = changed_acts("pleadings", expert=False, against_enforcement=False)
    seen = text(DEFENCE, held(**plain, interest=None))
    assert "expertise" not in seen and "exécution provisoire ;" not in seen and "intérêts au taux légal" not in seen
    assert all(one in text(DEFENCE, held()) for one in ("une expertise", "au jour du jugement"))


def test_provisional_enforcement_is_opposed_only_for_the_reason_that_counsel_gives(held: Callable[..., Matter]) -> None:
    assert "ÉCARTER" not in text(DEFENCE, held()) and "514-1" not in text(DEFENCE, held())
    asked = render(DEFENCE, held(**changed_acts("pleadings", against_enforcement=True)))
    assert [one.path for one in asked.missing] == ["acts.pleadings.enforcement_reason"]
    reason = {"fr": "la somme excède les capitaux propres", "en": "the sum exceeds the equity"}
    seen = text(DEFENCE, held(**changed_acts("pleadings", against_enforcement=True, enforcement_reason=reason)))
    assert "pour la raison suivante : la somme excède les capitaux propres." in seen and "ÉCARTER" in seen
    assert "514-1" in seen.split("# Par ces motifs")[1]


def test_the_dispositif_has_seen_the_texts_of_the_discussion_and_no_others(held: Callable[..., Matter]) -> None:
    discussed, asked = text(DEFENCE, held()).split("# Par ces motifs")
    seen = asked.split("Il est demandé")[0]
    assert "Vu les articles" in seen and "du code civil" in seen and "Vu les pièces produites" in seen
    for article in re.findall(r"\d+(?:-\d+)*", re.sub(r"Vu les pièces.*", "", seen)):
        assert article in discussed
    assert "442-1" not in discussed  # the host does not plead against its own clauses


def test_no_duty_to_limit_the_loss_is_pleaded(founding: Valuation, held: Callable[..., Matter]) -> None:
    for matter in (held(), matter_from(as_respondent(founding), "demanderesse-03")):
        for kind in (REPLY, DEFENCE):
            assert not re.search(r"minimiser|limiter (son|leur|le) (préjudice|dommage)", text(kind, matter))


def test_every_paragraph_of_the_discussion_rests_on_a_text_or_an_exhibit(founding: Valuation,
                                                                         held: Callable[..., Matter]) -> None:
    for matter in (held(), matter_from(as_respondent(founding))):
        body = render(DEFENCE, matter).markdown.split("# À titre principal")[1].split("# Les frais")[0]
        paragraphs = [one for one in body.split("\n\n") if one.strip() and not one.strip().startswith(("#", "|", "- "))]
        assert len(paragraphs) > 15
        bare = [one for one in paragraphs if not re.search(r"pièces? n°|art\\\.|article|\^\[", one)]
        assert [one for one in bare if "pour le cas où le tribunal" not in one and ": l" not in one[:40]] == []
