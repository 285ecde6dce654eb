"""Conditions put into words: what a lawyer reads is a statement, never a question."""

from __future__ import annotations

import pytest

from vismajor.drafting.words import say_condition
from vismajor.law.conditions import Condition
from vismajor.law.models import Law

SAID = [
    ("backup.building = server.building",
     "le bâtiment où la copie était conservée et le bâtiment où se trouvait le serveur sont identiques",
     "the building in which the copy was kept and the building in which the server was are the same"),
    ("server.building != server.building_promised",
     "le bâtiment où se trouvait le serveur et le bâtiment désigné pour ce serveur ne sont pas identiques",
     "the building in which the server was and the building named for that server are not the same"),
    ("event.told_on < contract.governing_date",
     "le jour où le débiteur a été averti du danger précède le jour où le contrat a été conclu ou renouvelé en dernier "
     "lieu",
     "the day on which the debtor was told of the danger comes before the day on which the contract was made or last "
     "renewed"),
    ("procedure.suit_filed_on >= event.date",
     "le jour où le client a saisi le juge ne précède pas le jour de l'événement",
     "the day on which the client went to court does not come before the day of the event"),
    ("any backup.same_building",
     "pour l'une des copies au moins : la copie était conservée dans le même bâtiment que le serveur",
     "for at least one of the copies: the copy was kept in the same building as the server"),
    ("every not backup.restorable", "pour chacune des copies : la copie n'a pu être restituée",
     "for each of the copies: the copy could not be restored"),
]


@pytest.mark.parametrize(("condition", "french", "english"), SAID)
def test_a_comparison_or_a_count_of_things_is_a_statement(
        french_law: Law, condition: str, french: str, english: str) -> None:
    assert say_condition(french_law, Condition.parse(condition), "fr") == french
    assert say_condition(french_law, Condition.parse(condition), "en") == english


def test_a_comparison_of_two_items_names_both(french_law: Law) -> None:
    condition = Condition.parse("backup.building = server.building").bound(
        {"backup.building": "nightly", "server.building": "web"})
    assert say_condition(french_law, condition, "en").startswith("for the copy “nightly” and the server “web”: ")
    assert say_condition(french_law, condition, "fr").startswith("pour la copie « nightly » et le serveur « web » : ")


def test_no_condition_of_the_pack_is_said_as_a_question(french_law: Law) -> None:
    for rule in french_law.rules.values():
        for condition in (*rule.if_, *rule.unless):
            for language in ("fr", "en"):
                assert "?" not in say_condition(french_law, condition, language), condition
