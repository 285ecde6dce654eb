"""The litigation tree on paper: nothing on top of anything else, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settlement.small_suit import appeal, likely, stage, valued
from vismajor.drafting import typesetting
from vismajor.drafting.tree_chart import BEND, STEM, Placed, place_limbs, tree_page, write_tree
from vismajor.settlement.exposure import Exposure, expose
from vismajor.settlement.litigation_tree import OTHER, Limb, LitigationTree
from vismajor.settlement.valuation import Valuation

ASKED = tuple(f"q{index}" for index in range(9))


def _limb(question: str | None, worlds: int, parent: int, limbs: tuple[Limb, ...] = ()) -> Limb:
    answer = None if question in (None, OTHER) else True
    return Limb(question, answer, worlds, parent, 100, {"award": Decimal(1)}, False, limbs)


@st.composite
def trees(draw: st.DrawFn) -> LitigationTree:
    """Any tree: at each question a limb ends, goes on, or is split later."""
    used: set[str] = set()

    def grow(at: int, worlds: int) -> tuple[Limb, ...]:
        open_ = list(range(at, len(ASKED)))
        if worlds < 2 or not open_ or not draw(st.booleans()):
            return ()
        index = draw(st.sampled_from(open_[:3]))
        used.add(ASKED[index])
        part = draw(st.integers(1, worlds - 1))
        return tuple(_limb(ASKED[index], size, worlds, grow(index + 1, size)) for size in (part, worlds - part))

    limbs = grow(0, 100)
    if limbs and draw(st.booleans()):
        limbs = (_limb(OTHER, 1, 101), *limbs)
    return LitigationTree(("c0",), _limb(None, 100, 100, limbs), tuple(q for q in ASKED if q in used), {})


def _pairs(at: Placed) -> Iterator[tuple[Placed, Placed]]:
    for below in at.below:
        yield at, below
        yield from _pairs(below)


@settings(deadline=None)
@given(trees())
def test_every_end_has_a_row_of_its_own_and_every_limb_lies_among_those_below_it(tree: LitigationTree) -> None:
    root = place_limbs(tree, 200.0, 140.0)
    ends = [one for one in root.all() if not one.below]
    assert len(ends) == len(tree.root.ends)
    rows = [one.y for one in ends]
    step = min(140 / len(rows), 15)
    assert rows == pytest.approx([step * (index + 0.5) for index in range(len(rows))])
    for above, below in _pairs(root):
        assert below.x == above.until  # it begins where the fork stands
        assert above.below[0].y <= above.y <= above.below[-1].y
    for one in root.all():
        assert 0 <= one.x < one.until <= 200
        assert one.thickness <= step * 0.65


@settings(deadline=None)
@given(trees())
def test_forks_of_one_question_stand_under_its_title(tree: LitigationTree) -> None:
    root = place_limbs(tree, 200.0, 140.0)
    columns = {question: STEM + index * (200 - STEM) / len(tree.questions)
               for index, question in enumerate(tree.questions)}
    for one in root.all():
        if one.limb.question in columns:
            assert one.x == pytest.approx(columns[one.limb.question])
            assert one.until - one.x > BEND + 5  # room for an answer


@settings(deadline=None)
@given(trees())
def test_no_line_runs_through_a_fork_that_is_not_its_own(tree: LitigationTree) -> None:
    placed = list(place_limbs(tree, 200.0, 140.0).all())
    for fork in placed:
        if not fork.below:
            continue
        low, high = fork.below[0].y, fork.below[-1].y
        inside = set(map(id, fork.all()))
        for line in placed:
            if id(line) not in inside and line.x < fork.until < line.until:
                assert not low <= line.y <= high


@pytest.fixture(scope="module")
def exposure(founding: Valuation) -> Exposure:
    return expose(founding)


def _printed(exposure: Exposure, language: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Return the number of pages, and the text without spaces, of the same layout as a PDF."""
    real, compiled = typst.compile, list[bytes]()

    def as_pdf(*args: Any, **options: Any) -> Any:
        compiled.append(real(*args, **{**options, "format": "pdf"}))
        return real(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(typesetting.typst, "compile", as_pdf)
        tree_page(exposure, language)
    pages = pypdf.PdfReader(io.BytesIO(compiled[0])).pages
    return len(pages), re.sub(r"[\s\u00ad\u2010-]", "", "".join(page.extract_text() for page in pages))


@pytest.mark.parametrize(("language", "said"), [
    ("fr", ["Inexécution", "Clausedeforcemajeure", "Plafondderéparation", "écartées", "confirmé", "probabilité",
            "resteauxdemanderesses", "coûtpourledéfendeur", "DOCUMENTINTERNE"]),
    ("en", ["Breach", "Forcemajeureclause", "Caponliability", "refused", "upheld", "probability",
            "lefttotheclaimants", "costtotherespondent", "INTERNAL"]),
])
def test_the_founding_case_is_one_page_with_its_questions_and_sums(
        exposure: Exposure, language: str, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pages, text = _printed(exposure, language, monkeypatch)
    assert pages == 1
    assert [word for word in said if word not in text] == []
    assert text.count("100%") == 1  # the total
    mean = exposure.tree.root.means["award"]
    assert re.sub(r"\D", "", f"{mean:.0f}") in re.sub(r"[^\d]", "", text)


def test_a_page_is_drawn_the_same_twice_across_an_a4_sheet(exposure: Exposure) -> None:
    page = tree_page(exposure, "fr")
    assert page == tree_page(exposure, "fr")
    head = page[:400].decode()
    assert "<title>Arbre du procès" in head
    assert re.search(r'viewBox="0 0 841\.\d+ 595\.\d+"', head)


def test_one_claimant_has_no_column_for_the_respondent(monkeypatch: pytest.MonkeyPatch) -> None:
    valuation = valued(0.3, (100_000, 20_000), proceedings={
        "first_instance": stage(claimants={"fixed": 4_000}), "appeal": appeal()})
    pages, text = _printed(expose(valuation, "c1"), "en", monkeypatch)
    assert pages == 1
    assert "lefttotheclaimant" in text
    assert "costtotherespondent" not in text
    assert "costs€2,000totheclaimant" in text


def test_without_proceedings_the_award_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    _, text = _printed(expose(valued(0.3)), "en", monkeypatch)
    assert "lefttothe" not in text
    assert "Nothingisstated" in text


def test_names_are_printed_and_never_acted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    valuation = valued(0.3, proceedings={"first_instance": stage(irrecoverable=likely(1))})
    file = valuation.assessment.case.file
    named = file.claimants[0].model_copy(update={"name": '#panic("no") $x$ [*b*]'})
    case = valuation.assessment.case.model_copy(update={"file": file.model_copy(update={"claimants": (named,)})})
    object.__setattr__(valuation.assessment, "case", case)
    _, text = _printed(expose(valuation, "c0"), "en", monkeypatch)
    assert '#panic("no")$x$[*b*]' in text


def test_the_file_is_written_where_it_was_asked_for(exposure: Exposure, tmp_path: Path) -> None:
    (file,) = write_tree(exposure, tmp_path / "new" / "tree.svg")
    assert file == tmp_path / "new" / "tree.svg"
    assert file.read_bytes() == tree_page(exposure, "fr")
