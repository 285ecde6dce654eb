"""A case that states a fact and, elsewhere, what makes it false, is told; one that does not is left alone."""

from __future__ import annotations

import pytest

from tests.reasoning.small_law import case
from vismajor.law.models import Law
from vismajor.reasoning.contradictions import contradictions


def _found(law: Law, same: object, *, copy: str = "sbg2", servers: tuple[str, ...] = ("sbg2",), **claimant: object
           ) -> list[tuple[str, str, list[str]]]:
    listed = [{"id": f"web-{building}", "kind": "server", "facts": {"server.building": building}}
              for building in servers]
    stated = {} if same is None else {"backup.same_building": same}
    kept = {"id": "nightly", "kind": "backup", "facts": {"backup.building": copy, **stated}}
    dossier = case([{"id": "a", "items": [*listed, kept], **claimant}])
    return [(one.claimant, one.stated.name, [ground.name for ground in one.grounds])
            for one in contradictions(dossier, law)]


def test_a_copy_said_to_be_elsewhere_in_the_building_of_its_server_is_told(french_law: Law) -> None:
    assert _found(french_law, False) == [
        ("a", "backup.same_building#nightly", ["backup.building#nightly", "server.building#web-sbg2"])]
    assert [name for _, name, _ in _found(french_law, True, copy="rbx")] == ["backup.same_building#nightly"]


@pytest.mark.parametrize(("same", "copy"), [(True, "sbg2"), (False, "rbx"), (None, "sbg2")])
def test_what_agrees_or_is_not_stated_is_no_contradiction(french_law: Law, same: object, copy: str) -> None:
    assert _found(french_law, same, copy=copy) == []


def test_what_the_other_side_alleges_without_much_chance_is_no_contradiction(french_law: Law) -> None:
    assert _found(french_law, {"value": False, "status": "alleged", "likelihood": 0}) == []


def test_a_copy_of_two_servers_apart_may_be_said_to_be_either(french_law: Law) -> None:
    for same in (True, False):
        assert _found(french_law, same, servers=("sbg2", "rbx")) == []


def test_what_is_said_of_all_copies_is_told_once_for_several_contracts(french_law: Law) -> None:
    terms = {"terms": "terms", "concluded": "2020-01-01", "monthly_fees": 1}
    two = [{"id": name, **terms} for name in ("one", "two")]
    assert len(_found(french_law, None, facts={"backup.same_building": False}, contracts=two)) == 1
