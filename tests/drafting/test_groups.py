import pytest

from vismajor.drafting.note_context import NegotiationNote
from vismajor.drafting.typography import capital

NAMES = ("ovh-strasbourg", "ovh-strasbourg-2025", "bati-courtage", "bluepad", "small")


@pytest.mark.parametrize("name", NAMES)
def test_no_two_entries_of_groups_read_alike(name: str, notes: dict[str, NegotiationNote]) -> None:
    read = [(alike.terms, alike.traits) for alike in notes[name].alike]
    assert len(read) == len(set(read))
    assert sorted(letter for alike in notes[name].alike for letter in alike.letters) == sorted(
        group.letter for group in notes[name].groups)


@pytest.mark.parametrize("name", NAMES)
def test_groups_told_together_say_on_what_they_differ(name: str, notes: dict[str, NegotiationNote]) -> None:
    titles = {capital(issue.title) for issue in notes[name].issues}
    for alike in notes[name].alike:
        assert bool(alike.apart) == (len(alike.groups) > 1)
        assert {capital(title) for title in alike.apart} <= titles
        assert {(group.terms, group.traits) for group in alike.groups} == {(alike.terms, alike.traits)}


def test_the_founding_note_tells_together_those_whom_their_date_alone_sets_apart(notes: dict[str, NegotiationNote]
                                                                                 ) -> None:
    together = next(alike for alike in notes["ovh-strasbourg"].alike if "A" in alike.letters)
    assert len(together.groups) > 1
    assert len({group.agreed for group in together.groups}) == len(together.groups)
