"""What holds for every act, whoever adds one: templates, checklists, leaks, hostile text, bytes, sentences."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest

from tests.drafting.acts.cases import COMPLETE
from tests.drafting.acts.conftest import Told, files_of, matter_from, sent_by
from tests.drafting.acts.leaks import assert_none_in, internal_values, texts_of
from tests.drafting.pages import Page, docx_text, pdf_pages, squeezed
from tests.drafting.test_environment import HOSTILE
from vismajor.drafting.acts import shapes
from vismajor.drafting.acts.blanks import Blank, blanks_in
from vismajor.drafting.acts.checklists import checklist, values_at
from vismajor.drafting.acts.kinds import KINDS, Kind
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.rendering import Act, render
from vismajor.drafting.acts.template_check import check_templates, checked
from vismajor.drafting.canvas import Chart
from vismajor.law.models import Law
from vismajor.reading.problems import LANGUAGES
from vismajor.settlement.valuation import Valuation

LONGEST = 60
ABBREVIATIONS = r"(?<!\bart)(?<!\bciv)(?<!\bCass)(?<!\bC)(?<!\bM)(?<!\bMe)(?<!\bMme)(?<!\bno)(?<!\bnos)"


def name(kind: Kind) -> str:
    """Name a kind by its template: a document that each side sends in a form of its own has one id and two of these."""
    return kind.template


def prose(markdown: str) -> list[str]:
    """Return the paragraphs of an act as plain text, without headings, tables, lists and what is in brackets."""
    paragraphs = [" ".join(block.split()) for block in markdown.split("\n\n")]
    kept = [one for one in paragraphs if one and not one.startswith(("#", "|", ":::", "- "))]
    plain = [re.sub(r"\[\\\[.*?\]\]\{\.\w+\}|\^\[[^\]]*\]|\*\*", "", one).replace("\\", "") for one in kept]
    return [re.sub(r"\([^()]*\)", "", one) for one in plain]


def sentences(markdown: str) -> list[str]:
    parts = [re.split(ABBREVIATIONS + r"[.!?]\s+(?=[A-ZÀÉÊ«“])", one) for one in prose(markdown)]
    return [sentence for one in parts for sentence in one]


def acts_of(kind: Kind, *valuations: Valuation) -> list[tuple[Matter, Act]]:
    """Return the acts of some cases: for all and for the first claimant, in both languages; each rendered once."""
    return [act for one in valuations for act in _acts_of(kind, one)]


def _acts_of(kind: Kind, one: Valuation) -> list[tuple[Matter, Act]]:
    key = (kind.template, id(one))
    if key not in _RENDERED:
        valuation = sent_by(kind, one)
        first = valuation.losses[0].claimant.id
        asked = [None] if kind.scope == "group" else [first] if kind.scope == "claimant" else [None, first]
        matters = [matter_from(valuation, who, language) for who in asked for language in LANGUAGES]
        _RENDERED[key] = (one, [(matter, render(kind, matter)) for matter in matters])
    return _RENDERED[key][1]


_RENDERED: dict[tuple[str, int], tuple[Valuation, list[tuple[Matter, Act]]]] = {}  # the fixtures live as long as it


def test_the_templates_ask_only_for_what_their_documents_hold(french_law: Law) -> None:
    assert check_templates(frozenset(french_law.sources)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_every_mention_of_the_checklist_is_used_by_the_template(kind: Kind, language: str) -> None:
    used = checked(kind, language).used
    for mention in checklist(kind.template).mentions:
        owner, steps = shapes.of(kind.context), mention.field.split(".")
        for step in steps:
            owner = owner if owner.names else owner.item()
            assert {(name, step) for name in owner.names} & used, (mention.id, step)
            owner, lacking = owner.attribute(step)
            assert lacking == [], mention.id


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_the_articles_of_a_checklist_are_in_the_law_pack(kind: Kind, french_law: Law) -> None:
    for mention in checklist(kind.template).mentions:
        assert mention.source is None or french_law.sources[mention.source].cite == mention.article, mention.id


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_the_complete_case_lacks_nothing_and_shows_every_mention(kind: Kind, whole: Valuation) -> None:
    for matter, act in acts_of(kind, whole):
        context = kind.build(matter)
        assert list(blanks_in(context)) == [] == list(act.missing)
        assert "À COMPLÉTER" not in act.markdown and "TO BE COMPLETED" not in act.markdown
        for mention in checklist(kind.template).mentions:
            assert list(values_at(context, mention.field)), mention.id


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_what_is_missing_stands_in_its_place_and_in_the_list_at_the_end(kind: Kind, small: Valuation) -> None:
    for matter, act in acts_of(kind, small):
        for blank in blanks_in(kind.build(matter)):
            assert squeezed(blank.what) in squeezed(act.markdown.replace("\\", "")), blank
        listed = act.markdown.rindex("{.unnumbered}")  # the list at the end is under the last heading
        assert act.missing == () or act.missing[0].what in act.markdown[listed:]


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_no_internal_value_is_in_any_text(kind: Kind, founding: Valuation, bluepad: Valuation, whole: Valuation
                                          ) -> None:
    for one in (founding, bluepad, whole):
        values = internal_values(sent_by(kind, one), computed=kind.workbook is not None)
        assert len(values) > 20
        texts = {f"{at}.md": act.markdown.replace("\\", "").encode() for at, (_, act) in enumerate(acts_of(kind, one))}
        assert_none_in(texts, values)


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_no_internal_value_is_in_any_file(kind: Kind, founding: Valuation, whole: Valuation, tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    """What files hold beside their text: metadata, comments, hidden fields, sheets."""
    # What a chart says in words is in the text; that it can be drawn is tested with the report that has it.
    monkeypatch.setattr("vismajor.drafting.course_chart.course_chart", lambda course, _: Chart(
        course.name, "", "", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"))
    for one, language in ((founding, "fr"), (whole, "fr"), (whole, "en")):
        valuation = sent_by(kind, one)
        values = internal_values(valuation, computed=kind.workbook is not None)
        who = None if kind.scope == "group" else valuation.losses[0].claimant.id
        assert_none_in(files_of(kind, matter_from(valuation, who, language), tmp_path), values)


def test_the_search_for_leaks_finds_one(whole: Valuation) -> None:
    value = next(iter(internal_values(whole)))
    with pytest.raises(AssertionError):
        assert_none_in({"x.html": f"<p>rien, puis {value}.</p>".encode()}, {value})


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_no_sentence_is_longer_than_sixty_words(kind: Kind, founding: Valuation, bluepad: Valuation,
                                                whole: Valuation) -> None:
    for _, act in acts_of(kind, founding, bluepad, whole):
        long = [one for one in sentences(act.markdown) if len(one.split()) > LONGEST]
        assert long == []


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_the_same_matter_gives_the_same_bytes(kind: Kind, whole: Valuation, tmp_path: Path) -> None:
    matter = matter_from(sent_by(kind, whole), whole.losses[0].claimant.id)
    assert files_of(kind, matter, tmp_path / "one") == files_of(kind, matter, tmp_path / "two")


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_files_open_and_carry_their_receipt_without_place_or_name(kind: Kind, whole: Valuation, tmp_path: Path
                                                                  ) -> None:
    files = files_of(kind, matter_from(sent_by(kind, whole), whole.losses[0].claimant.id), tmp_path)
    by_form = {name.rpartition(".")[2]: content for name, content in files.items()}
    word = docx.Document(io.BytesIO(by_form["docx"]))
    assert any(paragraph.style.name.startswith("Heading") for paragraph in word.paragraphs)
    assert word.core_properties.title and not word.core_properties.author
    custom = zipfile.ZipFile(io.BytesIO(by_form["docx"])).read("docProps/custom.xml").decode()
    reader = pypdf.PdfReader(io.BytesIO(by_form["pdf"]))
    shown = [custom, str(reader.metadata), by_form["html"].decode()]
    assert all("vismajor" in one and "sha256" in one for one in shown)
    for name, content in files.items():
        seen = texts_of(name, content)
        assert str(Path.home()) not in seen and str(tmp_path) not in seen and "/tmp/" not in seen, name


def hostile_case(text: str) -> dict[str, Any]:
    """Return changes of the complete case that put one text into each free field of the parties and the acts."""

    def fouled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: part if key in KEPT else fouled(part) for key, part in value.items()}
        if isinstance(value, list):
            return [fouled(part) for part in value]
        return f"{value} {text}" if isinstance(value, str) else value

    return {key: fouled(COMPLETE[key]) for key in (
        "respondent", "counsel", "claimants", "exhibits", "acts", "offers", "title", "incident", "procedure")} | {
            "contracts": fouled([COMPLETE["contracts"][0] | {"clauses": [
                {"number": "3", "text": "La clause.", "shows": ["contract.promises_result"]}]}])}


KEPT = {"id", "kind", "duties", "terms", "facts", "exhibits", "date", "by", "to", "title_", "sent_by", "delivery",
        "raised", "new_grounds", "vat", "route", "chosen_by", "shows", "amicable_", "time", "title", "amounts", "costs",
        "version"}


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_hostile_text_comes_out_word_for_word_and_does_nothing(kind: Kind, told: Told, tmp_path: Path) -> None:
    text = " ".join(HOSTILE)
    first = COMPLETE["claimants"][0]["id"]
    side = "claimants" if "claimants" in kind.sides else "respondent"
    matter = told(first, acting_for=side, **hostile_case(text))
    files = {name.rpartition(".")[2]: content for name, content in files_of(kind, matter, tmp_path / "out").items()}
    tame = {name.rpartition(".")[2]: content for name, content in files_of(
        kind, told(first, acting_for=side), tmp_path / "tame").items()}
    page, plain = Page(files["html"].decode()), Page(tame["html"].decode())
    wanted = re.sub("[“”‘’]", "’", squeezed(f"{COMPLETE['counsel']['name']} {text}"))
    seen = {"html": page.text, "docx": docx_text(files["docx"]), "pdf": "".join(pdf_pages(files["pdf"]))}
    for form, shown in seen.items():
        found = re.sub("[“”‘’]", "’", squeezed(shown)).replace("…", "...")
        assert wanted[:200] in found if form == "pdf" else wanted in found, form
        assert "root:" not in shown, form
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags} | {"blockquote"}  # a clause of several lines
    assert len(page.headings) == len(plain.headings) and len(page.tables) == len(plain.tables)
    assert not page.attributes("img") and not page.attributes("script")


def test_a_blank_is_one_value_wherever_it_is_met() -> None:
    assert {Blank("x", "a.b"), Blank("x", "a.b")} == {Blank("x", "a.b")}
    assert dataclasses.is_dataclass(Blank)
