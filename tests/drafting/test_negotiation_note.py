import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.drafting.cases import SMALL, changed
from tests.drafting.conftest import CHARTS, markdown_of, note_of, page_of, revalued
from tests.drafting.pages import Page
from vismajor.case.offers import Offer
from vismajor.drafting import negotiation_note
from vismajor.drafting.negotiation_note import NegotiationNote
from vismajor.drafting.typography import share
from vismajor.reading.scalars import Bilingual, last_day
from vismajor.reasoning.assessment import DOUBTFUL
from vismajor.settlement.valuation import Valuation

NAMES = ("ovh-strasbourg", "ovh-strasbourg-2025", "bati-courtage", "bluepad", "small")
every_note = pytest.mark.parametrize("name", NAMES)


def numbers(text: str) -> list[Decimal]:
    """Return the whole numbers printed in a text, their separators removed."""
    return [Decimal(re.sub(r"\s", "", found)) for found in re.findall(r"\d{1,3}(?:[\u202f\u00a0]\d{3})+|\d+", text)]


def number(cell: str) -> Decimal:
    return numbers(cell)[0] if numbers(cell) else Decimal(0)


def body(page: Page) -> str:
    """Return the text of a note before its receipt, which lists files and programs."""
    return page.text.partition("\nTraçabilité")[0]


def lines(page: Page) -> list[str]:
    """Return the paragraphs, list items and cells of a note, each on one line with plain spaces."""
    return [" ".join(text.split()) for tag, text in page.blocks if tag in ("p", "li", "td", "th")]


def sentence(page: Page, start: str) -> str:
    """Return the paragraph or list item of a note that begins with `start`."""
    return next(text for tag, text in page.blocks if tag in ("p", "li") and text.strip().startswith(start))


@pytest.fixture(autouse=True)
def no_inquiry(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the slow search for open facts in the notes that a test builds for itself."""
    if "pages" not in request.fixturenames and "notes" not in request.fixturenames:
        monkeypatch.setattr(negotiation_note, "open_facts", lambda *_: [])


# --- whole notes


@pytest.mark.goldens
@pytest.mark.parametrize("name", ["ovh-strasbourg", "bati-courtage", "bluepad"])
def test_the_note_of_a_shipped_case_reads_as_it_was_approved(
        name: str, notes: dict[str, NegotiationNote], golden: Callable[[str, str], str]) -> None:
    text = markdown_of(notes[name])
    assert text == golden(f"note-{name}.md", text), "look at the difference, then pytest --rewrite-goldens"


@every_note
def test_words_never_contradict_figures(name: str, notes: dict[str, NegotiationNote]) -> None:
    for issue in notes[name].issues:
        if issue.label == "established":
            assert issue.probability > DOUBTFUL[1], issue.id
        elif issue.label == "not_established":
            assert issue.probability < DOUBTFUL[0], issue.id
        if DOUBTFUL[0] <= issue.probability <= DOUBTFUL[1]:
            assert issue.label == "doubtful", issue.id


@every_note
def test_the_finding_is_the_sentence_of_the_label(name: str, notes: dict[str, NegotiationNote], french_law) -> None:
    for issue in notes[name].issues:
        assert issue.finding == getattr(french_law.issues[issue.id].findings, issue.label).fr
        for standing in issue.standings:
            assert standing.finding == getattr(french_law.issues[issue.id].findings, standing.label).fr


@every_note
def test_each_issue_is_printed_with_its_finding_and_its_chance(
        name: str, notes: dict[str, NegotiationNote], pages: dict[str, Page]) -> None:
    text = pages[name].text.replace("\u00a0", " ").replace("\u202f", " ")
    told = [[cell.replace("\u00a0", " ").replace("\u202f", " ") for cell in row]
            for table in pages[name].tables for row in table]
    for issue in notes[name].issues:
        finding = issue.finding.replace("'", "’")
        chance = share(issue.probability, "fr").replace("\u00a0", " ")
        if issue.silent and not issue.settled:
            assert [issue.title.replace("'", "’"), finding, issue.span.replace("\u00a0", " ")] in told, issue.id
        elif issue.settled:
            assert [issue.title.replace("'", "’"), finding, chance] in told, issue.id
        else:
            affirmed = issue.affirmed.replace("'", "’").rstrip(".")
            said = "" if issue.label == "established" else f" (« {affirmed} »)"
            assert f"{finding} Probabilité d’une réponse affirmative{said} : {chance}" in text, issue.id


@every_note
def test_what_nearly_every_court_would_answer_alike_is_told_in_one_line(name: str, notes: dict[str, NegotiationNote]
                                                                        ) -> None:
    for issue in notes[name].settled:
        assert issue.probability <= 0.05 or issue.probability >= 0.95
        assert issue.label == ("established" if issue.probability > 0.5 else "not_established")
    assert {"breach", "liability", "liability_cap", "gross_fault"} <= {issue.id for issue in notes[name].discussed}


@every_note
def test_the_tables_of_answers_agree_with_their_own_figures(name: str, pages: dict[str, Page]) -> None:
    heading = ["Probabilité d’une réponse affirmative", "Réponse"]
    tables = [table for table in pages[name].tables if table[0][-2:] == heading]
    assert tables or name in ("bati-courtage", "small")  # a single duty, hence a single answer
    for row in (row for table in tables for row in table[1:]):
        chances = [int(found) for found in re.findall(r"(\d+)\s%", row[-2])]
        assert chances, row
        assert chances == sorted(chances), row
        word, _, near = row[-1].removesuffix(", sous réserve").partition(", ")
        if word == "Oui":
            assert min(chances) >= 67, row
            assert bool(near) == (min(chances) <= 70) or min(chances) in (69, 70), row  # 69.7 is printed 70
        elif word == "Non":
            assert max(chances) <= 33, row
            assert bool(near) == (max(chances) >= 30) or max(chances) in (30, 31), row
        else:
            assert word == "Incertain"
            if near.endswith("du non"):
                assert min(chances) <= 37, row
            elif near:
                assert max(chances) >= 63, row


@every_note
def test_an_issue_without_argument_has_no_section_of_its_own(name: str, notes: dict[str, NegotiationNote]) -> None:
    for issue in notes[name].discussed:
        assert issue.arguments_for or issue.arguments_against or issue.further or issue.elements, issue.id


@every_note
def test_what_is_foreseen_is_told_as_such_before_the_first_answer(name: str, pages: dict[str, Page]) -> None:
    text = pages[name].text
    assert text.index("sont des prévisions") < text.index("Force majeure.")
    assert "n’a pas été jugée" in text
    for word in ("graine", "C’est presque", "le contraire sur ce point", "d’un oui", "Reçu", "événement invoqué est"):
        assert word not in text


@every_note
def test_no_point_left_aside_is_told_twice(name: str, notes: dict[str, NegotiationNote]) -> None:
    told = [topic for topic, _ in notes[name].not_encoded]
    assert len(told) == len(set(told))


@every_note
def test_sources_that_nobody_read_in_full_are_marked_each_time(
        name: str, notes: dict[str, NegotiationNote], pages: dict[str, Page]) -> None:
    note = notes[name]
    shown = {" ".join(source.cite.fr.replace("'", "’").split()): source.read for source in note.sources}
    cited = set()
    for line in lines(pages[name]):
        found = re.search(r"\bSources? : (.*)\.$", line)
        for item in found[1].split(" ; ") if found else ():
            cite = item.removesuffix(" (à vérifier)")
            assert cite in shown, item
            assert item.endswith(" (à vérifier)") == (shown[cite] != "full"), item
            cited.add(cite)
    assert cited == set(shown)


@every_note
def test_the_list_of_sources_says_how_far_each_was_read(name: str, notes: dict[str, NegotiationNote],
                                                        pages: dict[str, Page]) -> None:
    rows = pages[name].table("Référence")[1:]
    assert len(rows) == len(notes[name].sources)
    assert sum("à vérifier" in row[2] for row in rows) == len(notes[name].unread)
    if notes[name].unread:
        assert re.search(rf"\b{len(notes[name].unread)} sources? restent? à vérifier", pages[name].text)


@every_note
def test_every_exhibit_cited_is_in_the_list_of_exhibits(
        name: str, notes: dict[str, NegotiationNote], pages: dict[str, Page]) -> None:
    own = [row[1] for table in pages[name].tables if table[0] == ["Pièce", "N°"] for row in table[1:]]
    listed = {row[0] for row in pages[name].table("N°")[1:]} | {
        exhibit for cell in own for exhibit in re.split(r", | et ", cell)}
    known = {e.id for e in notes[name].exhibits} | {e for _, ids in notes[name].claimants_exhibits for e in ids}
    assert known <= listed
    listed = known
    cited: set[str] = set()
    for line in lines(pages[name]):
        for found in re.findall(r"\(pièces? ([^)]*)\)", line):
            cited |= set(re.split(r", | et ", found))
    for row in pages[name].table("Vraisemblance")[1:]:
        cited |= set(filter(None, row[3].split(", ")))
    assert cited
    assert cited <= listed


@every_note
@pytest.mark.parametrize("word", ["knock_out", "undercut", "mondes", "None", "nan", "true", "false", "null", "inf",
                                  "not_established", "doubtful", "Decimal", "Markup", "Undefined"])
def test_no_word_of_the_engine_reaches_the_reader(name: str, word: str, pages: dict[str, Page]) -> None:
    assert not re.search(rf"\b{word}\b", body(pages[name]))


@every_note
def test_no_sign_of_a_template_or_of_a_list_reaches_the_reader(name: str, pages: dict[str, Page]) -> None:
    assert not re.search(r"[{}\[\]\\|_`#]|\*\*|\(\)|  +\.|\.\.|,,|;;|::|\s\.|\s,", body(pages[name]).replace("\n", "¶"))


@every_note
def test_no_english_word_slips_into_the_french_note(name: str, pages: dict[str, Page]) -> None:
    english = (r"\b(the|and|of|with|from|this|that|is|are|was|were|by|claim|claims|claimant|claimants|award|offer|"
               r"unknown|breach|fault|exhibit|exhibits|group|worlds|seed|likely|against|because|not)\b")
    assert re.findall(english, body(pages[name])) == []


@every_note
def test_french_signs_are_never_left_at_the_start_of_a_line(name: str, pages: dict[str, Page]) -> None:
    text = pages[name].text
    assert re.findall(r".{12}\S [;?!:»%€].{5}", text) == []
    assert re.findall(r"« .{12}", text) == []
    assert re.findall(r".{8}'.{8}", body(pages[name])) == []


@every_note
def test_every_sentence_of_the_arguments_ends_and_begins_as_one(name: str, pages: dict[str, Page]) -> None:
    for line in lines(pages[name]):
        assert not re.search(r"[a-zé]\.[A-ZÉ]", line), line
        assert not re.search(r"\bde le\b|\bà le\b|\bde les\b|\bque il\b|\bsi il\b", line), line


# --- tables that add up


@every_note
@pytest.mark.parametrize("title", ["Traitement", "Plafond"])
def test_the_claims_add_up_by_head_and_by_claimant(name: str, title: str, pages: dict[str, Page]) -> None:
    table = pages[name].table(title)
    total = table[-1] if table[-1][0] in ("Ensemble", "Total") else None
    rows = [row for row in table[1:] if row is not total]
    for column in ("Demandé", "Justifié", "Quantum prudent"):
        at = table[0].index(column)
        if total:
            assert abs(sum(number(row[at]) for row in rows) - number(total[at])) <= Decimal(len(rows) + 1) / 2, column


@every_note
def test_heads_and_claimants_have_the_same_total(name: str, pages: dict[str, Page]) -> None:
    heads, claimants = (pages[name].table(title) for title in ("Traitement", "Plafond"))
    at = claimants[0].index("Demandé")
    assert number(heads[-1][heads[0].index("Demandé")]) == number(claimants[-1][at])


@pytest.mark.parametrize("name", ["ovh-strasbourg", "ovh-strasbourg-2025"])
def test_the_range_of_a_loss_holds_its_total(name: str, pages: dict[str, Page]) -> None:
    table = pages[name].table("Fourchette")
    total, between = table[0].index("Demandé"), table[0].index("Fourchette")
    for row in (row for row in table[1:] if row[0] != "Ensemble"):
        low, high = numbers(row[between])
        assert low <= number(row[total]) <= high, row


@every_note
def test_the_values_add_up(name: str, pages: dict[str, Page]) -> None:
    table = pages[name].table("Jugement meilleur")
    rows, total = [row for row in table[1:] if row[0] != "Ensemble"], table[-1]
    for column in ("Demandé", "Moyenne", "Offre"):
        place = table[0].index(column)
        added = sum(number(row[place]) for row in rows)
        assert abs(added - number(total[place])) <= Decimal(len(rows) + 1) / 2, column


@every_note
def test_the_centiles_are_in_order(name: str, pages: dict[str, Page]) -> None:
    table = pages[name].table("Jugement meilleur")
    for row in table[1:]:
        low, middle, high = (number(row[table[0].index(column)]) for column in ("Bas", "Médiane", "Haut"))
        assert low <= middle <= high <= number(row[table[0].index("Demandé")]) + 1, row


@every_note
def test_the_summary_says_the_figures_of_the_tables(name: str, pages: dict[str, Page]) -> None:
    table = pages[name].table("Jugement meilleur")
    total = table[-1]
    amounts = numbers(re.search(r"réclame.*?intérêts", pages[name].text, re.DOTALL)[0])  # type: ignore[index]
    for column in ("Demandé", "Moyenne", "Bas", "Médiane", "Haut"):
        assert number(total[table[0].index(column)]) in amounts, column


@every_note
def test_the_summary_is_a_list_of_points_not_one_paragraph(name: str, pages: dict[str, Page]) -> None:
    first = re.compile(r"(Force majeure|Manquement|Plafond de réparation|Montants|Ce qui décide du montant)\.")
    points = [first.match(text.strip()) for tag, text in pages[name].blocks if tag in ("p", "li")]
    assert len({point[0] for point in points if point}) == 5


@every_note
def test_the_three_ends_of_the_dispute_make_the_whole(name: str, notes: dict[str, NegotiationNote]) -> None:
    value = notes[name].together
    branches = (value.not_liable, value.capped, value.uncapped)
    assert sum(branch.probability for branch in branches) == pytest.approx(1)
    mean = sum(Decimal(str(b.probability)) * b.mean for b in branches if b.mean is not None)
    assert abs(mean - value.award.mean) < 1


# --- who, against whom, which offer


def first_words(page: Page) -> str:
    return " ".join(sentence(page, "Nous conseillons").split())


def test_counsel_of_one_claimant_speaks_of_one(bluepad: Valuation) -> None:
    page = page_of(markdown_of(note_of(bluepad)))
    assert first_words(page).startswith("Nous conseillons la demanderesse contre OVH.")
    assert "La demanderesse réclame" in page.text
    assert not re.search(r"ensemble des demanderesses|toutes les demanderesses|groupes? [A-Z]\b", page.text)


def test_counsel_of_several_claimants_speaks_of_all(founding: Valuation) -> None:
    page = page_of(markdown_of(note_of(founding)))
    assert first_words(page).startswith("Nous conseillons les 20 demanderesses contre OVH.")
    assert "Les demanderesses réclament ensemble" in page.text


@pytest.mark.parametrize(("name", "expected"), [
    ("founding", "Nous conseillons OVH contre 20 demanderesses."),
    ("bluepad", "Nous conseillons OVH contre une demanderesse."),
])
def test_counsel_of_the_respondent_speaks_for_the_respondent(
        name: str, expected: str, request: pytest.FixtureRequest) -> None:
    valuation = request.getfixturevalue(name)
    other = revalued(valuation, changed(valuation.assessment.case, acting_for="respondent"))
    assert first_words(page_of(markdown_of(note_of(other)))).startswith(expected)


def test_the_side_we_act_for_changes_no_figure(small: Valuation) -> None:
    other = revalued(small, changed(small.assessment.case, acting_for="respondent"))
    assert note_of(other).rows == note_of(small).rows
    assert note_of(other).together == note_of(small).together


def offered(valuation: Valuation, *offers: dict[str, object]) -> NegotiationNote:
    base = {"by": "respondent", "to": "all", "in_cash": True, "form": Bilingual(fr="un chèque", en="a cheque")}
    base |= {"open_for_months": 120}
    made = tuple(Offer(**(base | {"id": f"o{n}", "date": dt.date(2024, 1, n + 1)} | given))  # type: ignore[arg-type]
                 for n, given in enumerate(offers))
    return note_of(revalued(valuation, changed(valuation.assessment.case, offers=made)))


def test_no_offer_is_said_and_leaves_no_hole_in_the_table(small: Valuation) -> None:
    page = page_of(markdown_of(offered(small)))
    assert "Aucune offre n’est connue à la date de la note" in page.text
    table = page.table("Jugement meilleur")
    assert {cell for row in table[1:] for cell in row[-2:]} == {"—"}


def opinion(note: NegotiationNote) -> str:
    return " ".join(sentence(page_of(markdown_of(note)), "Offre.").split()).partition(" 1. Force majeure.")[0]


def test_an_offer_that_judgment_beats_is_said_for_each_claimant(small: Valuation) -> None:
    text = opinion(offered(small, {"amount": Decimal("1.00")}))
    assert "L’offre du 1er janvier 2024 (un chèque) porte sur 2 € au total, soit 1 € par demanderesse." in text
    assert "2 obtiendraient plus d’une fois sur deux davantage par jugement" in text
    assert "plafond" not in text


def test_an_offer_beyond_every_claim_is_never_beaten(small: Valuation) -> None:
    text = opinion(offered(small, {"amount": Decimal("900000.00"), "in_cash": False}))
    assert "aucune n’obtiendrait plus d’une fois sur deux davantage par jugement" in text
    assert "Elle atteint ou dépasse tout ce qui est réclamé." in text
    assert "porte sur 1 800 000 € au total, soit 900 000 € par demanderesse, sans versement d’argent." in text
    assert "plafond" not in text  # beyond every claim, the cap commands nothing


def test_an_offer_between_the_two_caps_beats_one_of_them(small: Valuation) -> None:
    # Capped, Dupont gets six fees of 120 euros, Durand six of 80.
    text = opinion(offered(small, {"amount": Decimal("600.00")}))
    assert "une seule obtiendrait plus d’une fois sur deux davantage par jugement" in text
    assert "Le montant offert dépasse le plafond stipulé d’une demanderesse." in text


def test_an_offer_to_the_only_claimant_is_not_shared_out(bluepad: Valuation) -> None:
    text = opinion(offered(bluepad, {"amount": Decimal("5000.00"), "date": dt.date(2023, 1, 2)}))
    assert "L’offre du 2 janvier 2023 (un chèque) porte sur 5 000 €." in text
    assert "Le montant offert dépasse le plafond de réparation stipulé" in text
    assert "demanderesse" not in text


def test_several_offers_are_listed_with_their_form(small: Valuation) -> None:
    page = page_of(markdown_of(offered(small, {"amount": Decimal("450.00")}, {"amount": Decimal("600.00")})))
    listed = " ".join(page.text[page.text.index("Offres."):].split())
    assert "1er janvier 2024 : 900 € au total (un chèque)" in listed
    assert "2 janvier 2024 : 1 200 € au total (un chèque)" in listed


def test_the_share_of_cases_in_which_judgment_is_better_falls_as_the_offer_rises(small: Valuation) -> None:
    chances = [offered(small, {"amount": Decimal(amount)}).together.offers[0].judgment_brings_more
               for amount in ("1.00", "300.00", "1000.00", "5000.00", "20000.00")]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1]


def test_an_offer_to_some_leaves_the_others_without_one(small: Valuation) -> None:
    page = page_of(markdown_of(offered(small, {"amount": Decimal("450.00"), "to": ("durand",)})))
    table = page.table("Jugement meilleur")
    cells = {row[0]: row[-2] for row in table[1:]}
    assert cells["Dupont"] == "—"
    assert cells["Durand"] == "450"
    assert cells["Ensemble"] == "450"


def test_an_offer_to_some_is_not_weighed_against_what_all_would_get(small: Valuation) -> None:
    note = offered(small, {"amount": Decimal("450.00"), "to": ("durand",)})
    durand = next(row.value.offers[0] for row in note.rows if row.name == "Durand")
    assert note.together.offers[0].judgment_brings_more == pytest.approx(durand.judgment_brings_more)
    assert "à l’ensemble des demanderesses" not in opinion(note)


def test_the_offers_add_up_when_the_last_went_to_some_only(small: Valuation) -> None:
    note = offered(small, {"amount": Decimal("450.00")}, {"amount": Decimal("600.00"), "to": ("durand",)})
    table = page_of(markdown_of(note)).table("Jugement meilleur")
    cells = {row[0]: number(row[-2]) for row in table[1:]}
    assert cells["Ensemble"] == cells["Dupont"] + cells["Durand"]


def test_an_offer_made_later_is_not_known_yet(small: Valuation) -> None:
    note = offered(small, {"amount": Decimal("450.00"), "date": dt.date(2024, 7, 1)})
    assert note.offers == ()
    assert "Aucune offre" in page_of(markdown_of(note)).text


def test_a_claimant_with_nothing_to_claim_stays_in_the_tables(valued: Callable[..., Valuation]) -> None:
    first, second = SMALL["claimants"]
    page = page_of(markdown_of(note_of(valued(claimants=[first, {**second, "heads": []}]))))
    table = page.table("Plafond")
    row = next(row for row in table if row[0] == "Durand")
    assert number(row[table[0].index("Demandé")]) == 0
    assert number(next(row for row in page.table("Jugement meilleur") if row[0] == "Durand")[3]) == 0


def test_a_case_with_neither_offer_notice_nor_procedure_has_no_empty_part(valued: Callable[..., Valuation]) -> None:
    page = page_of(markdown_of(note_of(valued(notice=None, offers=None, procedure=None, counsel=None))))
    assert "Chronologie" not in page.text
    assert [text for tag, text in page.blocks if tag in ("li", "h1", "h2") and not text.strip()] == []
    assert not any(attributes.get("class") == "notice" for _, attributes in page.tags)


def test_charts_are_placed_with_their_alternative_text(small: Valuation) -> None:
    text = markdown_of(note_of(small))
    for chart in CHARTS.values():
        assert re.search(rf'\({chart.name}\.svg\){{width=\d+cm alt="{chart.alt}"}}', text)


# --- what was known, and when


def test_nothing_later_than_its_date_stands_in_the_exhibits_and_sources_of_a_note(
        notes: dict[str, NegotiationNote]) -> None:
    for note in notes.values():
        assert [e.id for e in note.exhibits if last_day(e.date) > note.as_of] == []
        assert [s.id for s in note.sources if s.date and s.date > note.as_of] == []


def test_the_exhibits_of_2022_and_the_later_decisions_come_in_with_a_later_date(
        notes: dict[str, NegotiationNote], pages: dict[str, Page]) -> None:
    then, later = notes["ovh-strasbourg"], notes["ovh-strasbourg-2025"]
    new = {e.id for e in later.exhibits} - {e.id for e in then.exhibits}
    assert {"P25", "P26", "P29", "P31"} <= new
    assert {s.date.year for s in later.sources if s.date} >= {2023, 2025}
    text = " ".join(pages["ovh-strasbourg-2025"].text.split())
    for said in ("bureau d’enquêtes et d’analyses", "1er mai 2025", "T. com. Lille Métropole", "CA Douai",
                 "n’avait aucun dispositif d’extinction automatique"):
        assert said in text, said


def test_at_its_own_date_the_founding_note_knows_no_exhibit_or_decision_of_later(
        notes: dict[str, NegotiationNote], pages: dict[str, Page], founding: Valuation) -> None:
    text = pages["ovh-strasbourg"].text
    file, law = founding.assessment.case.file, founding.assessment.law
    later = [e for e in file.exhibits if last_day(e.date) > notes["ovh-strasbourg"].as_of]
    assert len(later) >= 8
    assert [e.id for e in later if re.search(rf"\b{e.id}\b", text) or e.title.replace("'", "’") in text] == []
    decisions = [s for s in law.sources.values() if s.date and s.date > notes["ovh-strasbourg"].as_of]
    assert len(decisions) >= 5
    assert [s.id for s in decisions if s.cite.fr.replace("'", "’") in text] == []
    for said in ("bureau d’enquêtes", "retour d’expérience", "aucun dispositif d’extinction", "coupure générale"):
        assert said not in text, said
    assert "13 janvier 2022" in " ".join(text.split())


def test_at_its_own_date_the_founding_note_names_no_later_year(pages: dict[str, Page]) -> None:
    # The last day of the time bar and that of the judgment hoped for are to come: counted or assumed, not known.
    text = body(pages["ovh-strasbourg"]).replace("10\xa0mars 2026", "").replace("1er\xa0juillet 2023", "")
    assert re.findall(r".{30}\b202[3-9]\b", text) == []


def test_at_its_own_date_the_founding_note_does_not_name_the_court_of_appeal(pages: dict[str, Page]) -> None:
    assert "Douai" not in body(pages["ovh-strasbourg"])
    assert "Douai" in body(pages["ovh-strasbourg-2025"])


def test_the_note_of_2023_does_not_know_the_appeal_of_2025(pages: dict[str, Page]) -> None:
    rows = pages["bluepad"].table("Référence")
    assert [row[1] for row in rows if "2025" in row[1]] == []


def test_the_note_is_the_same_each_time(small: Valuation) -> None:
    assert markdown_of(note_of(small)) == markdown_of(note_of(small))


def test_groups_part_the_claimants_without_overlap(notes: dict[str, NegotiationNote]) -> None:
    for note in notes.values():
        ids = [claimant for group in note.groups for claimant in group.ids]
        assert len(ids) == len(set(ids)) == note.claimants_count
        letters = {group.letter for group in note.groups}
        assert {row.group for row in note.rows} == letters
        for issue in note.issues:
            assert {letter for standing in issue.standings for letter in standing.groups} <= letters


def test_a_conflict_between_rules_is_told(small: Valuation) -> None:
    note = note_of(small)
    issues = tuple(dataclasses.replace(issue, conflict="Conflit entre deux règles." if issue.id == "breach" else "")
                   for issue in note.issues)
    text = page_of(markdown_of(dataclasses.replace(note, issues=issues))).text
    assert text.count("Conflit entre deux règles.") == 1
    assert "Conflit" not in page_of(markdown_of(note)).text
