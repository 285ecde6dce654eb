"""Articles quoted word for word from local copies of the codes. Every text in these copies is invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.drafting.acts.conftest import files_of, matter_from
from tests.drafting.acts.test_drafting import all_read
from tests.drafting.pages import Page, docx_text, squeezed
from tests.drafting.test_environment import HOSTILE
from vismajor.drafting.acts.drafting import Asked, draft_act
from vismajor.drafting.acts.environment import act_environment
from vismajor.drafting.acts.kinds import kind_of
from vismajor.drafting.acts.matter import texts_of
from vismajor.drafting.acts.quotations import Quotations, quotations
from vismajor.drafting.acts.register import Register
from vismajor.drafting.acts.rendering import render
from vismajor.drafting.codes import citation, read_codes
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput
from vismajor.settlement.valuation import Valuation

NOTICE = kind_of("formal-notice")
FRONT = '---\ntitle: "{title}"\nidentifier: "LEGITEXT0"\nlast_updated: "{day}"\n---\n# {title}\n\n## Livre Ier\n\n'


def write_code(folder: Path, articles: dict[str, str], day: str = "2024-01-01", title: str = "Code civil",
               name: str = "code.md") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n\n".join(f"##### Article {number}\n\n{body}" for number, body in articles.items())
    front = FRONT.format(title=title, day=day)
    (folder / name).write_text(f"{front}{text}\n\n## Livre II\n\nFin.\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("cite", "code", "articles"), [
    ("C. civ., art. 1231-2", "Code civil", ("1231-2",)),
    ("C. com., art. L. 442-4 et D. 442-2", "Code de commerce", ("L. 442-4", "D. 442-2")),
    ("C. com., art. L. 442-1, I, 2°", "Code de commerce", ("L. 442-1",)),
    ("CPC, art. 122 à 124", "Code de procédure civile", ("122", "123", "124")),
    ("C. mon. fin., art. L. 313-2 et D. 313-1-A", "Code monétaire et financier", ("L. 313-2", "D. 313-1-A")),
    ("C. civ., art. 1171, rédaction antérieure à la loi n° 2018-287 du 20 avril 2018", "Code civil", ("1171",))])
def test_a_citation_names_its_code_and_its_articles(cite: str, code: str, articles: tuple[str, ...]) -> None:
    found = citation(cite)
    assert found is not None and (found.code, found.articles, found.former) == (code, articles, False)


def test_every_article_of_a_code_in_the_law_pack_is_understood(french_law: Law) -> None:
    cites = [one.cite.fr for one in french_law.sources.values() if one.kind == "statute"]
    assert {cite for cite in cites if citation(cite) is None} == {
        cite for cite in cites if cite.startswith(("L. n°", "Décr", "Ord", "Règl", "Arr"))}
    assert all(found.articles for cite in cites if (found := citation(cite)))


def test_an_article_ends_at_the_next_heading_and_keeps_its_paragraphs(tmp_path: Path) -> None:
    folder = write_code(tmp_path, {"1231-2": "Premier.\n\n\n   Second.\n\n1° Un ;\n\n2° Deux.", "L110-4": "Autre.",
                                   "1240": "", "9": "A.", "9 ": "B."})
    (copy,) = read_codes(folder).copies
    assert copy.paragraphs("1231-2") == ("Premier.", "Second.", "1° Un ;", "2° Deux.")
    assert copy.paragraphs("L. 110-4") == ("Autre.",)
    assert copy.paragraphs("1240") is copy.paragraphs("9") is copy.paragraphs("1231") is None


def test_the_articles_cited_are_quoted_at_the_end_with_the_date_of_their_version(whole: Valuation, tmp_path: Path
                                                                                 ) -> None:
    codes = read_codes(write_code(tmp_path, {"1231-2": "Texte inventé, tel quel.\n\nSecond alinéa.", "1": "Non cité."}))
    act = render(NOTICE, matter_from(whole), codes=codes)
    end = act.markdown.replace("\\", "").replace("\u00a0", " ").partition("# Textes cités")[2]
    assert "**Article 1231-2 du code civil** (version consolidée au 1er janvier 2024)" in end
    assert "> Texte inventé, tel quel.\n\n> Second alinéa." in end and "Non cité" not in end
    assert "cet article ne figure pas dans la version fournie" in end  # of the others, and nothing in their place
    assert "C. civ., art. 1344" in end.partition("Textes à reproduire")[2]
    assert "Textes cités" not in render(NOTICE, matter_from(whole)).markdown


@pytest.mark.parametrize(("days", "taken"), [
    (("2019-05-01", "2023-05-01", "2025-05-01"), "2023-05-01"),  # the last one up to the date of the case
    (("2025-05-01", "2026-05-01"), "2025-05-01"),  # else the first one after it
    (("2016-01-01",), None)])  # before the wording that is cited: it held another text
def test_the_version_quoted_is_that_in_force(days: tuple[str, ...], taken: str | None, whole: Valuation,
                                             tmp_path: Path) -> None:
    for day in days:
        write_code(tmp_path, {"1231-2": f"Version du {day}."}, day, name=f"{day}.md")
    quoted, lacking = Quotations(matter_from(whole), read_codes(tmp_path)).of("cc-1231-2")
    assert [one.version.isoformat() for one in quoted] == ([taken] if taken else [])
    assert [one.code for one in lacking] == ([] if taken else ["quote_other_version"])
    assert [one.later for one in quoted] == ([taken > "2024-06-30"] if taken else [])


def test_a_former_article_is_never_quoted_from_a_version_in_which_its_number_holds_another_text(
        whole: Valuation, french_law: Law, tmp_path: Path) -> None:
    codes, matter = read_codes(write_code(tmp_path, {"1147": "L’article d’aujourd’hui."})), matter_from(whole)
    former = next(name for name, one in french_law.sources.items() if one.cite.fr == "C. civ., anc. art. 1147")
    undated = matter.law.sources | {former: matter.law.sources[former].model_copy(update={"in_force": None})}
    law = matter.law.model_copy(update={"sources": undated})
    for told in (matter, replace(matter, assessment=replace(matter.assessment, law=law))):
        quoted, lacking = Quotations(told, codes).of(former)
        assert quoted == () and [one.code for one in lacking] == ["quote_other_version"]


def test_a_final_act_refuses_what_it_cannot_quote_and_names_the_file(whole: Valuation, tmp_path: Path) -> None:
    codes = read_codes(write_code(tmp_path / "codes", {"1": "Rien."}))
    with pytest.raises(InvalidInput) as error:
        draft_act(NOTICE, all_read(matter_from(whole)), tmp_path / "out", Asked(final=True, codes=codes))
    assert {one.code for one in error.value.problems} == {"quote_no_article"}
    assert {one.file for one in error.value.problems} == {"code.md"} and not (tmp_path / "out").exists()
    assert "1231-2" in error.value.problems[0].tell("fr") + error.value.problems[1].tell("fr") + str(error.value)


def test_a_hostile_copy_comes_out_word_for_word_and_does_nothing(whole: Valuation, tmp_path: Path) -> None:
    body = " ".join(" ".join(HOSTILE).split()).replace("#", "").strip()
    codes = read_codes(write_code(tmp_path / "codes", {"1231-2": body}))
    files = {name.rpartition(".")[2]: content for name, content in files_of(
        NOTICE, matter_from(whole), tmp_path / "out", Asked(codes=codes)).items()}
    page = Page(files["html"].decode())
    wanted = squeezed(body).translate(str.maketrans("“”‘", "’’’")).lower()
    for shown in (page.text, docx_text(files["docx"])):
        assert wanted[:400] in squeezed(shown).translate(str.maketrans("“”‘", "’’’")).lower()
    assert not page.attributes("img") and not page.attributes("script")
    assert b"codes/code.md" in files["json"]  # the receipt tells the copy


def test_a_template_may_quote_in_a_footnote(whole: Valuation, tmp_path: Path) -> None:
    codes = read_codes(write_code(tmp_path, {"1231-2": "Un *alinéa*.\n\nDeux."}))
    matter = matter_from(whole)
    register = Register("fr", {one.id: one for one in texts_of(matter)})
    said = {}
    for given in (codes, None):
        env = act_environment(register, None, lambda sources, given=given: quotations(matter, given, sources)[0])
        said[given is None] = env.from_string("Texte{{ 'cc-1231-2' | verbatim }}").render()
    assert said == {False: "Texte^[Un \\*alinéa\\*\\.\\\nDeux\\.]", True: "Texte"}


@pytest.mark.parametrize(("front", "body", "code"), [
    ('title: "Code civil"\nlast_updated: "hier"', "##### Article 1\n\nTexte.", "codes_undated"),
    ('title: "Code civil"\nlast_updated: "2024-01-01"', "Article 1\n\nTexte.", "codes_no_articles"),
    ('title: "Code rural"\nlast_updated: "2024-01-01"', "##### Article 1\n\nTexte.", "codes_none")])
def test_a_copy_that_cannot_serve_is_told(front: str, body: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(f"---\n{front}\n---\n{body}\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as error:
        read_codes(tmp_path)
    assert [one.code for one in error.value.problems] == [code]


def test_no_folder_is_told_and_a_link_out_of_it_is_no_copy(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        read_codes(tmp_path / "none")
    write_code(tmp_path / "elsewhere", {"1": "Ailleurs."})
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "code.md").symlink_to(tmp_path / "elsewhere" / "code.md")
    with pytest.raises(InvalidInput) as error:
        read_codes(tmp_path / "codes")
    assert [one.code for one in error.value.problems] == ["codes_none"]


