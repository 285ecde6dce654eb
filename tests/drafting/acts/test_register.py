"""Exhibits numbered in order of first use, blanks in their place, sources to verify."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.drafting.acts.blanks import Blank, path_in_file
from vismajor.drafting.acts.outgoing import ExhibitSaid, SourceSaid
from vismajor.drafting.acts.register import Register, in_ranges

A, B, C, D = (ExhibitSaid(name, f"Titre {name}", "2021-03", False) for name in "ABCD")
TEXT = SourceSaid("cc-1", "C. civ., art. 1", True, False)
UNREAD = SourceSaid("cass", "Cass. com., 2020", False, True)


def said(markup: object) -> str:
    return str(markup).replace("\\", "").replace("\u00a0", " ")


def test_exhibits_are_numbered_in_order_of_first_use_and_sorted_in_one_mention() -> None:
    register = Register("fr")
    assert said(register.mention([C])) == "pièce n° 1"
    assert said(register.mention([A, C, B])) == "pièces n° 1 à 3"
    assert said(register.proved("Un fait.", [D, A])) == "Un fait (pièces n° 2 et 4)."
    assert said(register.proved("un fait", [D])) == "un fait (pièce n° 4)"
    assert [(n.number, n.exhibit.id) for n in register.numbered()] == [(1, "C"), (2, "A"), (3, "B"), (4, "D")]


def test_nothing_is_said_where_there_is_no_exhibit() -> None:
    assert said(Register("fr").proved("Un fait.", [])) == "Un fait."
    assert said(Register("en").mention([])) == ""


def test_a_clause_is_cited_with_the_exhibit_that_holds_it() -> None:
    register = Register("fr")
    at = [replace(A, at="7.7"), B, replace(A, at="12"), C]
    assert said(register.mention(at)) == "pièces n° 2 et 3\u202f; pièce n° 1, art. 7.7 et 12"
    assert said(register.mention([replace(A, at="7.7"), A])) == "pièce n° 1, art. 7.7"
    assert [n.exhibit for n in register.numbered()] == [A, B, C]
    assert said(Register("en").mention([replace(A, at="7.7")])) == "exhibit no. 1, art. 7.7"


@pytest.mark.parametrize(("numbers", "expected"), [
    ([1], "1"), ([1, 2], "1 et 2"), ([1, 2, 3], "1 à 3"), ([5, 1, 3, 4], "1 et 3 à 5"),
    ([1, 3, 4, 5, 9, 10], "1, 3 à 5, 9 et 10")])
def test_three_numbers_in_a_row_are_a_range(numbers: list[int], expected: str) -> None:
    assert in_ranges(numbers, "fr") == expected


@given(st.lists(st.sampled_from([A, B, C, D]), max_size=20))
def test_numbers_run_from_one_without_a_gap(used: list[ExhibitSaid]) -> None:
    register = Register("fr")
    for exhibit in used:
        register.mention([exhibit])
    assert [n.number for n in register.numbered()] == list(range(1, len(set(used)) + 1))
    assert [n.exhibit for n in register.numbered()] == list(dict.fromkeys(used))


def test_texts_stand_in_brackets_and_decisions_in_a_footnote() -> None:
    register = Register("fr")
    assert said(register.sourced("La règle.", [TEXT, UNREAD])) == (
        "La règle (C. civ., art. 1).^[Cass. com., 2020 [[à vérifier]]{.verify}.]")
    assert list(register.sources) == [TEXT, UNREAD]


def test_a_text_is_cited_by_its_id_and_an_unknown_one_is_refused() -> None:
    register = Register("fr", {"cc-1": TEXT})
    assert said(register.cited("cc-1")) == "C. civ., art. 1"
    with pytest.raises(KeyError):
        register.cited("cc-2")


def test_a_blank_is_shown_in_its_place_and_noted_once() -> None:
    register, blank = Register("fr"), Blank("siège social", "respondent.seat")
    assert said(register.show(blank)) == "[[À COMPLÉTER : siège social]]{.blank}" == said(register.show(blank))
    assert list(register.blanks) == [blank]


def test_a_path_of_a_blank_leads_into_the_file() -> None:
    assert path_in_file("claimants.2.person.born_on") == ("claimants", 2, "person", "born_on")


def test_articles_of_one_code_are_cited_together_in_their_order() -> None:
    texts = [SourceSaid(name, f"C. civ., art. {name}", True, False) for name in ("1231-7", "1171", "1231-1", "1170")]
    register = Register("fr")
    assert said(register.cited_together([*texts, TEXT])) == "C. civ., art. 1, 1170, 1171, 1231-1 et 1231-7"
    unread = SourceSaid("x", "C. civ., art. 2", True, True)
    assert said(register.cited_together([texts[1], unread])).startswith("C. civ., art. 1171 ; C. civ., art. 2 [")


def test_texts_and_exhibits_stand_in_one_bracket() -> None:
    assert said(Register("fr").sourced("Un moyen.", [TEXT], [A])) == "Un moyen (C. civ., art. 1 ; pièce n° 1)."
    assert said(Register("fr").sourced("Un moyen.", [], [A])) == "Un moyen (pièce n° 1)."
