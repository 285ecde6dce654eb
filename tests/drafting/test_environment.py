import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
import pytest

from tests.drafting.cases import SMALL, changed, read_small
from tests.drafting.conftest import CHARTS, SHEET, markdown_of, note_of, page_of
from tests.drafting.pages import Page, docx_headings, docx_text, pdf_pages, squeezed
from vismajor.drafting import negotiation_note
from vismajor.drafting.drafts import draft_note
from vismajor.drafting.environment import environment, escape
from vismajor.drafting.writers import write
from vismajor.law.models import Law
from vismajor.settlement.valuation import Valuation
from vismajor.workbench import assess, value

# What somebody could write into a case file, meaning harm or by accident; each must come out as it was written.
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "$x^2$ et \\(y\\) et $$z$$ et \\[w\\]",
    "![image](/etc/passwd) [lien](javascript:alert(1)) <http://x.example> ![][r]",
    "{{ 7*7 }} {% for x in y %}{{ x }}{% endfor %} {# c #} {{ ''.__class__ }}",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "# Faux titre\n## Autre faux titre",
    "note[^1] [^1]: texte ^[en ligne] x^2^ H~2~O",
    '#let x = 1\n#read("/etc/passwd") #panic("arrêt") @label <label> $ = ~ / // /*',
    "\\newpage \\input{/etc/passwd} C:\\dossier\\n \\",
    "`code` ``code`` _a_ *b* **c** ***d*** ~~e~~ __f__",
    "« cité » : oui ; non ? si ! 5 % & \"guillemets\" 'apostrophes' d'un",
    "fin\n\n# Intitulé\n\n---\n\n```\ncode\n```\n\n    retrait\n\n> citation",
    "::: {.notice} texte ::: {=html} [x]{.verify} <b>gras</b>",
    "&lt;b&gt; &amp; &copy; &#x3c; 1. a) (1) - x + y * z = w",
    "[@cite] @fig:x [r]: http://x.example --- ... -- (@ex) : définition",
    "import os; __import__('os').system('id') %s {0} ${HOME}",
)
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff"
CONTROL = "\x00\x01\x07\x08\x0b\x0c\x1b\x7f\x85\x9b"
MARK = "DOCUMENT INTERNE ET CONFIDENTIEL – NE PAS COMMUNIQUER"
FIELDS = ("title", "notice", "respondent", "incident", "place", "account", "procedure", "offer", "claimant", "terms",
          "exhibit")


def case_with(texts: dict[str, str]) -> dict[str, Any]:
    """Return changes of the small case that put one text into each free field."""

    def both(name: str) -> dict[str, str]:
        return {"fr": texts[name], "en": texts[name]}

    incident = SMALL["incident"] | {"title": both("incident"), "place": both("place"),
                                    "account": [both("account") | {"exhibits": ["P1"]}]}
    first, second = SMALL["claimants"]
    return {
        "title": both("title"), "notice": both("notice"), "respondent": {"name": texts["respondent"]},
        "incident": incident, "procedure": [{"date": "2023-10", "what": both("procedure")}],
        "offers": [SMALL["offers"][0] | {"id": name, "form": both("offer")} for name in ("first", "second")],
        "claimants": [first | {"name": texts["claimant"], "facts": {"service.data_lost": True}}, second],
        "contracts": [SMALL["contracts"][0] | {"title": both("terms")}],
        "exhibits": [SMALL["exhibits"][0] | {"title": texts["exhibit"]}, SMALL["exhibits"][1]],
    }


@pytest.fixture(scope="module", autouse=True)
def no_inquiry() -> Any:
    """Leave out the search for open facts: it shows none of the fields."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(negotiation_note, "open_facts", lambda *_: [])
        yield


def drafted(law: Law, folder: Path, texts: dict[str, str]) -> dict[str, bytes]:
    case = read_small(folder / "case", law, **case_with(texts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vismajor.drafting.drafts.award_chart", lambda *_: CHARTS["award"])
        patch.setattr("vismajor.drafting.drafts.arguments_chart", lambda *_: CHARTS["arguments"])
        files = draft_note(value(assess(case, law, worlds=200)), folder / "out")
    return {file.suffix[1:]: file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def tame(french_law: Law, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return drafted(french_law, tmp_path_factory.mktemp("tame"), {name: f"Champ {name}" for name in FIELDS})


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {name: f"Champ {name} " + " ".join(HOSTILE) for name in FIELDS}


@pytest.fixture(scope="module")
def hostile(french_law: Law, texts: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return drafted(french_law, tmp_path_factory.mktemp("hostile"), texts)


def plainly(text: str) -> str:
    """Return a squeezed text in small letters: the template may give a text its first letter."""
    return squeezed(text).lower()


def test_hostile_text_comes_out_word_for_word_in_html(hostile: dict[str, bytes], texts: dict[str, str]) -> None:
    seen = plainly(Page(hostile["html"].decode()).text)
    assert [name for name, text in texts.items() if plainly(text) not in seen] == []


def test_hostile_text_comes_out_word_for_word_in_word(hostile: dict[str, bytes], texts: dict[str, str]) -> None:
    seen = plainly(docx_text(hostile["docx"]))
    assert [name for name, text in texts.items() if plainly(text) not in seen] == []


def as_set(text: str) -> str:
    """Return a squeezed text with the quotation marks and dots that typst sets its own way made alike."""
    return re.sub("[“”‘’]", "’", plainly(text)).replace("…", "...")


def printed(text: str, seen: str) -> bool:
    """Tell whether a text was printed whole, or in two parts where the row of a table goes on overleaf."""
    return any(text[:at] in seen and text[at:] in seen for at in (0, *range(20, len(text) - 20)))


def test_hostile_text_comes_out_word_for_word_in_pdf(hostile: dict[str, bytes], texts: dict[str, str]) -> None:
    found = pdf_pages(hostile["pdf"])
    running = as_set(texts["title"] + MARK)
    bodies = [as_set(page).removeprefix(running).removesuffix(f"{number}/{len(found)}")
              for number, page in enumerate(found, start=1)]
    seen = "".join(bodies)
    assert [name for name, text in texts.items() if not printed(as_set(text), seen)] == []


def test_the_title_reaches_the_running_header_of_the_pdf_unread(hostile: dict[str, bytes], texts: dict[str, str]
                                                                ) -> None:
    second = as_set(pdf_pages(hostile["pdf"])[1])
    assert second.startswith(as_set(texts["title"] + MARK))


def test_hostile_text_adds_no_tag_picture_or_link_to_html(hostile: dict[str, bytes], tame: dict[str, bytes]) -> None:
    page, plain = Page(hostile["html"].decode()), Page(tame["html"].decode())
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags}
    assert len(page.attributes("img")) == len(plain.attributes("img")) == 2
    assert all((image["src"] or "").startswith("data:image/svg+xml;base64,") for image in page.attributes("img"))
    assert [a for _, a in page.tags if any(name.startswith("on") for name in a)] == []
    assert not {"script", "a", "iframe", "object", "form", "code", "pre", "math", "blockquote"} & {
        tag for tag, _ in page.tags}


def test_hostile_text_changes_no_heading_and_no_table(hostile: dict[str, bytes], tame: dict[str, bytes]) -> None:
    page, plain = Page(hostile["html"].decode()), Page(tame["html"].decode())
    assert page.headings == plain.headings
    assert [[len(row) for row in table] for table in page.tables] == [
        [len(row) for row in table] for table in plain.tables]
    assert docx_headings(hostile["docx"]) == docx_headings(tame["docx"]) == plain.headings


def test_hostile_text_adds_no_link_note_or_formula_to_word(hostile: dict[str, bytes], tame: dict[str, bytes]) -> None:
    def counts(content: bytes) -> dict[str, int]:
        xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
        return {tag: xml.count(f"<{tag}") for tag in ("w:hyperlink", "m:oMath", "w:footnoteReference", "w:tbl>",
                                                      "w:drawing", "w:br")}

    assert counts(hostile["docx"]) == counts(tame["docx"])


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_nothing_is_computed_from_a_text_and_no_file_is_read(hostile: dict[str, bytes], form: str) -> None:
    text = {"docx": docx_text, "html": lambda c: Page(c.decode()).text, "pdf": lambda c: "\n".join(pdf_pages(c))}[form](
        hostile[form])
    assert "root:" not in text
    assert "7*7" in text
    # 7*7 worked out; a probability may be 49 % by itself
    assert not re.search(r"\b49\b(?!\s?%)", re.sub(r"\d[\u202f,.]\d", "", text))


def test_control_characters_and_marks_of_direction_are_dropped(french_law: Law, small: Valuation) -> None:
    text = f"avant{CONTROL}milieu{BIDI}après"
    title = small.assessment.case.file.title.model_copy(update={"fr": text})
    case = changed(small.assessment.case, title=title, notice=title)
    note = note_of(value(assess(case, french_law, worlds=200)))
    assert "avant milieuaprès" in markdown_of(note)
    assert not set(markdown_of(note)) & set(CONTROL + BIDI)


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_the_title_page_drops_marks_of_direction_too(
        form: str, valued: Callable[..., Valuation], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vismajor.drafting.drafts.award_chart", lambda *_: CHARTS["award"])
    monkeypatch.setattr("vismajor.drafting.drafts.arguments_chart", lambda *_: CHARTS["arguments"])
    title = "Dupont \u202econtre\u202c l'hébergeur"
    file = draft_note(valued(title={"fr": title, "en": title}), tmp_path / "out", (form,))[0]
    text = {"docx": docx_text, "html": lambda c: Page(c.decode()).text, "pdf": lambda c: "\n".join(pdf_pages(c))}[form](
        file.read_bytes())
    assert "Dupont contre l’hébergeur" in text
    assert "\u202e" not in text


def test_every_special_character_is_escaped_by_itself() -> None:
    page = page_of("\n\n".join(str(escape(text)) for text in HOSTILE))
    paragraphs = [text for tag, text in page.blocks if tag == "p"]
    assert [squeezed(text) for text in paragraphs] == [squeezed(text) for text in HOSTILE]


def test_a_text_stays_on_one_line() -> None:
    assert escape("a\nb\r\nc\u2028d\u2029e\n\n# f") == "a b c d e \\# f"


def test_what_is_not_text_passes_the_escaping_unchanged() -> None:
    assert escape(12) == 12
    assert escape(None) is None


@pytest.mark.parametrize("template", [
    "{{ missing }}", "{{ n.missing }}", "{{ n.title.missing }}", "{% if missing %}x{% endif %}",
    "{% for x in missing %}{{ x }}{% endfor %}", "{{ missing | string }}", "{{ missing ~ 'x' }}",
])
def test_nothing_undefined_passes_in_silence(template: str) -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment("fr").from_string(template).render(n={"title": "x"})


@pytest.mark.parametrize("template", [
    "{{ ''.__class__.__mro__ }}", "{{ n.__class__ }}", "{{ n.append(1) }}", "{{ cycler.__init__.__globals__ }}",
])
def test_a_template_cannot_reach_the_program_or_change_its_data(template: str) -> None:
    with pytest.raises((jinja2.sandbox.SecurityError, jinja2.UndefinedError)):
        environment("fr").from_string(template).render(n=[])


def test_a_template_cannot_include_what_lies_outside_its_folder() -> None:
    with pytest.raises(jinja2.TemplateNotFound):
        environment("fr").from_string("{% include '../en/words/common.yaml' %}").render()


def test_the_filters_speak_the_language_of_the_document() -> None:
    source = "{{ sum | money }} {{ chance | share }} {{ names | listing }} {{ label | word }} {{ none | money }}"
    given = {"sum": Decimal("1234.50"), "chance": 0.36, "names": ["a", "b"], "label": "established", "none": None}
    french, english = (environment(language).from_string(source).render(given) for language in ("fr", "en"))
    assert french == "1\u202f235\u00a0€ 36\u00a0\\% a et b établi rien"
    assert english.startswith("€1,235 36\\% a and b ")


@pytest.mark.parametrize(("exhibits", "expected"), [
    ([], "Un fait."), (["P1"], "Un fait (pièce P1)."), (["P1", "P2", "P3"], "Un fait (pièces P1, P2 et P3)."),
])
def test_exhibits_stand_before_the_final_point(exhibits: list[str], expected: str) -> None:
    rendered = environment("fr").from_string("{{ text | proved(e) }}").render(text="Un fait.", e=exhibits)
    assert rendered.replace("\\", "") == expected


def test_the_writer_of_markdown_allows_no_raw_code() -> None:
    text = "<b>x</b> \\textbf{y} $z$ `<i>w</i>`{=html}\n\n```{=html}\n<script>1</script>\n```\n"
    page = Page(write(lambda _: text, {}, SHEET, "html").decode())
    assert not {"b", "script", "i", "math"} & {tag for tag, _ in page.tags}
