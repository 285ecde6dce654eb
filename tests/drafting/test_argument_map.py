"""The argument map: what it holds, its schema, and the pages it is printed on."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pypdf
import pytest
import typst
from jsonschema import Draft202012Validator

from tests.conftest import ROOT
from tests.reasoning.small_law import case, fact, issue, law, rule, text
from vismajor.drafting import typesetting
from vismajor.drafting.aif import to_aif
from vismajor.drafting.argument_map import SCHEMA_FILE, ArgumentMap, MapArgument, MapIssue, MapPremise, schema
from vismajor.drafting.map_builder import build_map, roots
from vismajor.drafting.map_sheet import map_pages, named_pages
from vismajor.drafting.map_words import say_about, say_standing
from vismajor.explanation_report import tell_explanation
from vismajor.reasoning.assessment import Assessment, assess_case
from vismajor.reasoning.worlds import Worlds
from vismajor.settlement.valuation import Valuation

SCHEMA = ROOT / "templates" / "schemas" / SCHEMA_FILE
EXHIBITS = [{"id": "P1", "title": "Rapport", "date": "2021-05"}, {"id": "P2", "title": "Lettre", "date": "2021-06"},
            {"id": "later", "title": "Expertise", "date": "2023"}]  # the case is as of 1 January 2022
Printed = Callable[[list[ArgumentMap], str], str]
CASES = ("founding", "founding_later", "courtage", "bluepad", "small")


def small_assessment(**facts: object) -> Assessment:
    """Assess one claim: `whole` is `first` and not `second`; facts left out are unknown."""
    pack = law(
        {name: fact(states={"true": text(f"{name} is so"), "false": text(f"{name} is not so")})
         for name in ("a.stated", "a.derived", "a.ground", "a.cut", "a.out")},
        [issue("first", 0.0), issue("second", -1.0), issue("whole", None, all=["first", "not second"])],
        [rule("derive", ["a.ground"], {"a.derived": True}),
         rule("deny", ["not a.ground"], {"a.derived": False}),
         rule("light", ["a.stated"], {"for": "first"}, "weak"),
         rule("heavy", ["a.derived"], {"for": "first"}, "strong", unless=["a.cut"]),
         rule("end", ["a.out"], {"against": "first"}, "knock_out", open=Decimal("0.5")),
         rule("other", ["first", "a.stated"], {"against": "second"}, "moderate")])
    return assess_case(case([{"id": "one"}], facts, exhibits=EXHIBITS), pack, Worlds("map", 1_000))


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return small_assessment(**{
        "a.stated": {"value": True, "status": "established", "exhibits": ["P1"]},
        "a.ground": {"value": True, "status": "disputed", "likelihood": Decimal("0.7"), "exhibits": ["P1", "P2"]},
        "a.cut": {"value": True, "status": "alleged", "likelihood": Decimal("0.8")},
        "a.out": {"value": False, "status": "established"}})


def arguments(issue_: MapIssue) -> Iterator[MapArgument]:
    for element in issue_.elements:
        yield from arguments(element.issue)
    yield from (*issue_.arguments_for, *issue_.arguments_against)


def argument(told: ArgumentMap, name: str) -> MapArgument:
    return next(a for a in arguments(told.issue) if a.rule == name)


@pytest.fixture(scope="module")
def maps(request: pytest.FixtureRequest) -> list[ArgumentMap]:
    """The maps of every issue of every case that is shipped."""
    found: list[ArgumentMap] = []
    for name in CASES:
        valuation: Valuation = request.getfixturevalue(name)
        found += [build_map(valuation.assessment, root) for root in roots(valuation.assessment)]
    return found


# --- the model


def test_the_schema_shipped_is_the_one_of_the_model(request: pytest.FixtureRequest) -> None:
    made = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    if request.config.getoption("--rewrite-goldens"):
        SCHEMA.write_text(made, encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == made, "give the schema a new version, or pytest --rewrite-goldens"


def test_every_map_is_valid_against_the_schema(maps: list[ArgumentMap]) -> None:
    read = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(read)
    for told in maps:
        Draft202012Validator(read).validate(json.loads(json.dumps(told.to_json())))


@pytest.mark.parametrize("spoil", [
    lambda data: data.update(version=2), lambda data: data.update(schema="other"), lambda data: data.pop("issue"),
    lambda data: data["issue"].update(surprise=1), lambda data: data["issue"].pop("burden"),
    lambda data: data["issue"]["elements"][0]["issue"]["arguments_for"][0].update(strength="huge")])
def test_the_schema_refuses_what_is_not_a_map(assessment: Assessment, spoil: Any) -> None:
    data = build_map(assessment, "whole").to_json()
    spoil(data)
    assert not Draft202012Validator(schema()).is_valid(data)


def test_a_map_reads_back_from_its_json(maps: list[ArgumentMap]) -> None:
    for told in maps:
        assert ArgumentMap.model_validate_json(json.dumps(told.to_json())).to_json() == told.to_json()


# --- what it holds


def test_a_composite_issue_holds_its_elements_with_the_answer_expected_of_each(assessment: Assessment) -> None:
    whole = build_map(assessment, "whole").issue
    assert whole.decided == "all"
    assert [(element.issue.id, element.expected) for element in whole.elements] == [("first", True), ("second", False)]
    assert (whole.prior, whole.elements[1].issue.prior) == (None, -1.0)


def test_arguments_come_in_the_order_of_their_weight_with_the_share_in_which_they_count(assessment: Assessment
                                                                                        ) -> None:
    told = build_map(assessment, "first")
    heavy, light = argument(told, "heavy"), argument(told, "light")
    assert (light.weight, heavy.weight) == (0.5, 2.0)
    assert light.share == pytest.approx(0.9, abs=0.04)  # established: nine times in ten
    assert heavy.share == pytest.approx(0.7 * 0.2, abs=0.04)  # the ground found, and what cuts it not found
    assert [a.rule for a in told.issue.arguments_for] == ["light", "heavy"]


def test_a_knock_out_has_no_weight_and_an_open_question_says_so(assessment: Assessment) -> None:
    end = argument(build_map(assessment, "first"), "end")
    assert (end.weight, end.strength, end.open, end.counts) == (None, "knock_out", True, False)
    assert end.premises[0].as_stated is False


def test_an_undercut_argument_names_what_silences_it(assessment: Assessment) -> None:
    heavy = argument(build_map(assessment, "first"), "heavy")
    assert not heavy.counts
    assert [premise.fact for premise in heavy.undercut_by] == ["a.cut"]
    assert heavy.aside is not None
    assert heavy.aside.fr == "écarté si le tribunal retient que a.cut is so"


def test_a_concluded_premise_holds_the_rule_that_concludes_it_and_none_that_denies_it(assessment: Assessment) -> None:
    (derived,) = argument(build_map(assessment, "first"), "heavy").premises
    assert [conclusion.rule for conclusion in derived.concluded_by] == ["derive"]
    (ground,) = derived.concluded_by[0].premises
    assert (ground.fact, ground.status, ground.likelihood, ground.exhibits) == (
        "a.ground", "disputed", 0.7, ("P1", "P2"))
    assert (derived.status, derived.likelihood) == (None, None)


def test_a_premise_on_an_issue_names_the_issue(assessment: Assessment) -> None:
    first, stated = argument(build_map(assessment, "second"), "other").premises
    assert (first.issue, first.fact) == ("first", None)
    assert (stated.issue, stated.fact) == (None, "a.stated")


def test_exhibits_are_those_on_which_some_premise_rests_in_the_order_of_the_case(assessment: Assessment) -> None:
    assert [exhibit.id for exhibit in build_map(assessment, "first").exhibits] == ["P1", "P2"]
    assert [exhibit.id for exhibit in build_map(assessment, "second").exhibits] == ["P1"]


def test_an_exhibit_that_is_not_yet_known_is_not_cited() -> None:
    told = build_map(small_assessment(**{"a.stated": {"value": True, "exhibits": ["P1", "later"]}}), "first")
    assert [premise.exhibits for premise in argument(told, "light").premises] == [("P1",)]
    assert [exhibit.id for exhibit in told.exhibits] == ["P1"]


def test_the_roots_of_a_pack_hold_every_issue(founding: Valuation) -> None:
    def ids(told: MapIssue) -> Iterator[str]:
        yield told.id
        for element in told.elements:
            yield from ids(element.issue)

    held = [name for root in roots(founding.assessment) for name in ids(build_map(founding.assessment, root).issue)]
    assert set(held) == set(founding.assessment.views)
    elements = {name for issue in founding.assessment.law.issues.values() for name, _ in issue.elements()}
    assert not set(roots(founding.assessment)) & elements


def test_elements_are_told_for_the_same_claimant_and_duty(founding: Valuation) -> None:
    assessment = founding.assessment
    place = ("demanderesse-04", next(duty for claimant, duty in assessment.graphs if claimant == "demanderesse-04"))
    told = build_map(assessment, "liability", place)
    for element in told.issue.elements:
        assert "demanderesse-04" in element.issue.claimants
        assert element.issue.duty in (None, place[1])
        assert element.issue.probability == pytest.approx(
            assessment.view_at(element.issue.id, place).probability, abs=1e-6)


def roofs() -> Assessment:
    """Assess a claim that is lost when every copy was under the roof of the server that it protects."""
    said = {"states": {"value": text("in {value}")}}
    pack = law(
        {"server.building": fact("name", scope="server", **said),
         "backup.building": fact("name", scope="backup", **said),
         "backup.same": fact(scope="backup", states={"true": text("same roof"), "false": text("another roof")})},
        [issue("i")],
        [rule("same", ["backup.building = server.building"], {"backup.same": True}),
         rule("lost", ["every backup.same"], {"for": "i"}, "strong")],
        {"server": None, "backup": "server"})
    building = {"value": "sbg2", "status": "disputed", "likelihood": Decimal("0.7"), "otherwise": "rbx"}
    items = [{"id": "web", "kind": "server", "facts": {"server.building": "sbg2"}},
             *({"id": name, "kind": "backup", "facts": {"backup.building": building}} for name in ("day", "week"))]
    return assess_case(case([{"id": "one", "items": items}]), pack, Worlds("map", 500))


def test_a_premise_on_every_item_has_a_part_for_each() -> None:
    (every,) = argument(build_map(roofs(), "i"), "lost").premises
    assert [part.fact for part in every.parts] == ["backup.same#day", "backup.same#week"]
    (compared,) = every.parts[0].concluded_by[0].premises
    assert [(part.fact, part.status) for part in compared.parts] == [
        ("backup.building#day", "disputed"), ("server.building#web", "admitted")]


def test_a_premise_on_several_items_is_said_on_paper_on_screen_and_in_aif(printed: Printed) -> None:
    assessment = roofs()
    told = build_map(assessment, "i")
    paper, screen = printed([told], "en"), tell_explanation(assessment, ["i"], whole=True)
    assert folded("For the backup “day”: in sbg2 [disputed]") in paper
    assert "pour the backup « day » : in sbg2 [contesté]" in screen.replace("\u00a0", " ")
    assert "pour the backup « day » : in rbx : " in screen.replace("\u00a0", " ")
    claims = [node["text"] for node in to_aif([told], assessment.law, "en")["nodes"]]
    assert "for the backup “day”: in sbg2" in claims


# --- in words


def premise(**given: object) -> MapPremise:
    told = {"condition": "a.b", "clause": {"fr": "le feu", "en": "the fire"}, "fact": "a.b", "issue": None,
            "status": "disputed", "likelihood": 0.5, "as_stated": True, "exhibits": (), "concluded_by": (), "parts": ()}
    return MapPremise.model_validate({**told, **given})


@pytest.mark.parametrize(("given", "french", "english"), [
    ({}, "contesté", "disputed"),
    ({"exhibits": ("P1",)}, "contesté, pièce\u00a0P1", "disputed, exhibit\u00a0P1"),
    ({"exhibits": ("P1", "P2")}, "contesté, pièces\u00a0P1 et P2", "disputed, exhibits\u00a0P1 and P2"),
    ({"status": "established"}, "établi par pièces", "established by exhibits"),
    ({"status": "established", "exhibits": ("P1",)}, "établi par la pièce P1", "established by exhibit P1"),
    ({"status": "established", "exhibits": ("P1", "P2"), "as_stated": False},
     "contraire d'un fait établi par les pièces P1 et P2",
     "contrary to a fact that is established by exhibits P1 and P2"),
    ({"status": None, "likelihood": None}, "", ""),
])
def test_a_premise_says_how_it_stands(given: dict[str, object], french: str, english: str) -> None:
    assert say_standing(premise(**given), "fr") == french
    assert say_standing(premise(**given), "en") == english


def test_an_answer_that_is_not_for_all_names_those_it_is_for(founding: Valuation, courtage: Valuation) -> None:
    several = build_map(founding.assessment, "terms_bind")
    assert "réponse donnée pour Demanderesses" in say_about(several, several.issue, "fr")
    one = build_map(courtage.assessment, "breach")
    assert say_about(one, one.issue, "fr") == (
        "Charge de la preuve : à la demanderesse ; obligation : la sauvegarde des données.")
    assert say_about(one, one.issue, "en") == "Burden of proof: on the claimant; duty: the backup of the data."


# --- on paper


def folded(text: str) -> str:
    """Return a text without spaces and hyphens: where lines break does not matter."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    """Read maps as they are printed: the same layout, as the folded text of a PDF."""

    def read(maps: list[ArgumentMap], language: str) -> str:
        real, compiled = typst.compile, list[bytes]()

        def as_pdf(*args: Any, **options: Any) -> Any:
            compiled.append(real(*args, **{**options, "format": "pdf"}))
            return real(*args, **options)

        with monkeypatch.context() as patch:
            patch.setattr(typesetting.typst, "compile", as_pdf)
            map_pages(maps, language)
        return folded("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(compiled[0])).pages))

    return read


def replaced(told: ArgumentMap, **changes: object) -> ArgumentMap:
    return told.model_copy(update={"issue": told.issue.model_copy(update=changes)})


def test_every_page_is_an_a4_sheet_and_drawn_the_same_twice(maps: list[ArgumentMap]) -> None:
    for language in ("fr", "en"):
        pages = map_pages(maps[:5], language)
        assert pages == map_pages(maps[:5], language)
        sizes = {re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', page).groups() for page in pages}  # type: ignore[union-attr]
        assert {tuple(round(float(side)) for side in size) for size in sizes} == {(595, 842)}


def test_a_page_has_the_title_of_the_case_for_those_who_have_it_read_aloud(courtage: Valuation) -> None:
    told = build_map(courtage.assessment, "breach").model_copy(
        update={"case": courtage.assessment.case.file.title.model_copy(update={"fr": "A & B <contre> C"})})
    assert b"<title>A &amp; B &lt;contre&gt; C</title>" in map_pages([told], "fr")[0]


def test_the_sheet_says_question_answer_reasons_premises_exhibits_and_sources(courtage: Valuation, printed: Printed
                                                                              ) -> None:
    told = build_map(courtage.assessment, "unavoidable")
    paper = printed([told], "fr")
    for words in ("Irrésistibilité", "Non", "Pour", "Contre", "Les effets de l’événement étaient-ils inévitables",
                  "Charge de la preuve", "Écarté, car le bâtiment n’avait aucun dispositif",
                  "établi par la pièce B3", "Cass. ch. mixte", "à vérifier", "déduit de ce que"):
        assert folded(words) in paper
    for exhibit in told.exhibits:
        assert folded(f"{exhibit.id} – {exhibit.title}".replace("'", "’")) in paper


def test_the_sheet_in_english_holds_no_french(courtage: Valuation, printed: Printed) -> None:
    told = build_map(courtage.assessment, "liability").model_copy(update={"exhibits": ()})
    paper = printed([told], "en")
    for words in ("Liability in contract", "Burden of proof: on the claimant", "all of these", "to be ruled out",
                  "any of these", "Argument map, on 25 January 2023"):
        assert folded(words) in paper
    for french in ("Charge", "preuve", "pièce", "écarté", "conditions générales", "à vérifier"):
        assert folded(french) not in paper


def test_the_criteria_of_a_composite_issue_are_all_argued_below_it(courtage: Valuation, printed: Printed) -> None:
    paper = printed([build_map(courtage.assessment, "force_majeure")], "fr")
    for title in ("Événement échappant au contrôle du débiteur", "Imprévisibilité", "Irrésistibilité",
                  "Empêchement d’exécuter"):
        assert paper.count(folded(title)) >= 2  # in the tree, and over its arguments


def test_fifteen_arguments_on_one_side_all_reach_the_paper(courtage: Valuation, printed: Printed) -> None:
    told = build_map(courtage.assessment, "unavoidable")
    one = next(a for a in told.issue.arguments_against if not a.marginal)
    many = tuple(one.model_copy(update={"because": one.because.model_copy(update={"fr": f"Motif numéro {n}."})})
                 for n in range(1, 16))
    pages = map_pages([replaced(told, arguments_against=many)], "fr")
    assert len(pages) > 1
    paper = printed([replaced(told, arguments_against=many)], "fr")
    assert [n for n in range(1, 16) if f"Motifnuméro{n}." not in paper] == []


def test_arguments_that_hardly_any_court_would_follow_are_counted_but_not_shown(courtage: Valuation, printed: Printed
                                                                                ) -> None:
    told = build_map(courtage.assessment, "unavoidable")
    first, *rest = (one for one in told.issue.arguments_against if not one.marginal)
    marginal = first.model_copy(update={
        "marginal": True, "because": first.because.model_copy(update={"fr": "Motif futile."})})
    paper = printed([replaced(told, arguments_for=(), arguments_against=(marginal, *rest))], "fr")
    assert "Motiffutile" not in paper
    assert folded("Un argument que presque aucun tribunal ne retiendrait") in paper


def test_an_undercut_argument_is_struck_through(courtage: Valuation) -> None:
    told = build_map(courtage.assessment, "breach")
    (undercut,) = [a for a in told.issue.arguments_against if a.undercut_by]
    bare = undercut.model_copy(update={"undercut_by": ()})  # the words stay the same
    struck, plain = (map_pages([replaced(told, arguments_against=(a,))], "fr") for a in (undercut, bare))
    assert struck != plain


def test_a_text_can_neither_act_nor_be_lost(courtage: Valuation, printed: Printed) -> None:
    hostile = 'Motif #panic("x") *gras* $y$ <z> `c` @r // fin /* [ ] \\ #import "a": b'
    told = build_map(courtage.assessment, "breach")
    first = told.issue.arguments_for[0]
    spoilt = first.model_copy(update={"because": first.because.model_copy(update={"fr": hostile + "\u202e"})})
    paper = printed([replaced(told, arguments_for=(spoilt,))], "fr")
    assert folded(hostile) in paper
    assert "\u202e" not in paper


def test_pages_are_numbered_only_where_there_are_several() -> None:
    assert named_pages([b"1"], "carte.svg") == {"carte.svg": b"1"}
    assert named_pages([b"1", b"2"], "carte.svg") == {"carte-1.svg": b"1", "carte-2.svg": b"2"}
