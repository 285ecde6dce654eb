"""The header: names as software writes them, and what lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.case.ledger_columns import STATUTORY, amount_columns, check_header, plain, recognised


@pytest.mark.parametrize(("written", "name"), [
    ("JournalCode", "JournalCode"), ("JOURNALCODE", "JournalCode"), ("Journal Code", "JournalCode"),
    ("Code journal", "JournalCode"),
    ("EcritureLibelle", "EcritureLib"), ("Libellé écriture", "EcritureLib"), ("DatePiece", "PieceDate"),
    ("Date pièce", "PieceDate"),
    ("MontantDevise", "Montantdevise"), ("Montant_devise", "Montantdevise"), ("Débit", "Debit"), ("CRÉDIT", "Credit"),
    ("N° écriture", "EcritureNum"), ("ÉcritureDate", "EcritureDate"), ("CompteAuxNum", "CompAuxNum"),
    ("Idevise ", "Idevise"),
])
def test_a_column_is_known_by_the_names_that_software_gives_it(written, name):
    assert recognised([written]) == {name: 0}


def test_the_statutory_header_has_nothing_to_tell():
    assert check_header(STATUTORY, "f") == ([], [])
    directed = [{"Debit": "Montant", "Credit": "Sens"}.get(name, name) for name in STATUTORY]
    assert check_header(directed, "f") == ([], [])
    assert check_header([*STATUTORY, "DateRglt", "ModeRglt", "NatOp", "IdClient"], "f") == ([], [])


@pytest.mark.parametrize("missing", ["JournalCode", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "Debit",
    "Credit"])
def test_a_needed_column_that_lacks_is_an_error_with_the_nearest_name(missing):
    header = [f"{name[:-1]}x" if name == missing else name for name in STATUTORY]
    [error], _ = check_header(header, "f")
    assert (error.code, dict(error.values)) == ("ledger_column_near", {"read": f"{missing[:-1]}x", "expected": missing})
    assert "|".join(header)[error.column - 1:].startswith(f"{missing[:-1]}x")


def test_a_column_that_lacks_with_nothing_near_is_told_in_one_sentence_after_another():
    [error], _ = check_header([name for name in STATUTORY if name != "Credit"], "f")
    assert (error.code, dict(error.values)) == ("ledger_column_missing", {"key": "Credit"})
    assert "  " not in error.explain("en")


@pytest.mark.parametrize("absent", ["JournalLib", "PieceRef", "Idevise", "ValidDate"])
def test_another_statutory_column_that_lacks_is_told(absent):
    errors, [finding] = check_header([name for name in STATUTORY if name != absent], "f")
    assert (errors, finding.code, dict(finding.values)["names"]) == ([], "ledger_columns_absent", absent)


def test_two_columns_for_one_are_an_error():
    errors, _ = check_header([*STATUTORY, "EcritureLibelle"], "f")
    assert [error.code for error in errors] == ["ledger_column_twice"]


def test_debit_and_credit_go_before_montant_and_sens():
    assert amount_columns(recognised([*STATUTORY, "Montant", "Sens"])) == ("Debit", "Credit")
    assert amount_columns({"Montant": 0, "Sens": 1, "Debit": 2}) == ("Montant", "Sens")
    assert amount_columns({"Montant": 0}) == ("Debit", "Credit")


@given(st.permutations(STATUTORY))
def test_the_order_of_columns_is_free(header):
    assert check_header(header, "f") == ([], [])
    assert [header[recognised(header)[name]] for name in STATUTORY] == list(STATUTORY)


@given(st.text())
def test_a_plain_name_is_plain(name):
    assert plain(plain(name)) == plain(name)
    assert plain(name).isalnum() or not plain(name)
