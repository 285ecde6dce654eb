"""The workbook of losses: other programs compute the same figures, and each register holds what it may."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.drafting.cases import read_small
from tests.drafting.loss_cases import BUSINESSES, INVOICES, WORLDS, every_head, losses_of
from tests.drafting.spreadsheets import (
    by_formulas,
    by_office,
    differing,
    formulas_of,
    group_of,
    needs_office,
    opened,
    parts_of,
    texts_of,
)
from vismajor.case.models import Case
from vismajor.damages.heads import ClaimantLoss
from vismajor.drafting.words import words
from vismajor.drafting.workbook import write_workbook
from vismajor.drafting.workbook.book import NAME_LENGTH, unique_name
from vismajor.law.models import Law
from vismajor.losses_report import losses_json
from vismajor.losses_report import losses_of as reported
from vismajor.workbench import load_case

CONTRACT = {"terms": "hosting", "concluded": dt.date(2021, 2, 1), "monthly_fees": 120}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, french_law: Law) -> Case:
    return every_head(tmp_path_factory.mktemp("losses") / "case", french_law)


@pytest.fixture(scope="module")
def losses(case: Case, french_law: Law) -> tuple[ClaimantLoss, ...]:
    return losses_of(case, french_law)


@pytest.fixture(scope="module")
def book(case: Case, losses: tuple[ClaimantLoss, ...], french_law: Law) -> bytes:
    return write_workbook(case, french_law, losses, WORLDS)


@pytest.fixture(scope="module")
def founding_case(french_law: Law) -> Case:
    return load_case(ROOT / "cases" / "ovh-strasbourg", french_law)


@pytest.fixture(scope="module")
def founding_book(founding_case: Case, french_law: Law) -> bytes:
    return write_workbook(founding_case, french_law, losses_of(founding_case, french_law), WORLDS)


@needs_office
def test_libreoffice_computes_every_figure_to_the_cent(book: bytes, tmp_path: Path) -> None:
    assert differing(book, by_office(book, tmp_path)) == []


@needs_office
def test_libreoffice_computes_the_founding_case_with_its_ledgers_and_customers(
        founding_book: bytes, tmp_path: Path) -> None:
    assert differing(founding_book, by_office(founding_book, tmp_path)) == []


def test_another_engine_computes_every_figure_to_the_cent(book: bytes, tmp_path: Path) -> None:
    assert differing(book, by_formulas(book, tmp_path)) == []


def test_a_change_of_stock_stands_in_the_rate_of_margin(founding_case: Case, french_law: Law, tmp_path: Path) -> None:
    one = next(c for c in founding_case.file.claimants if c.id == "demanderesse-11")
    margin = one.model_copy(update={"heads": tuple(head for head in one.heads if head.kind == "lost_margin")})
    books = founding_case.books[one.id]
    stock = replace(books.postings[0], month="2019-09", account="603700", amount=Decimal(60_000), share=Decimal(1),
                    set_apart="stock")
    case = founding_case.model_copy(update={
        "file": founding_case.file.model_copy(update={"claimants": (margin,)}),
        "books": {one.id: replace(books, postings=(*books.postings, stock))}})
    found = losses_of(case, french_law)
    assert found[0].heads[0].margin is not None
    assert found[0].heads[0].margin.stock_change == 60_000
    content = write_workbook(case, french_law, found, WORLDS)
    assert differing(content, by_formulas(content, tmp_path)) == []


@needs_office
def test_half_a_cent_is_rounded_up_as_accounts_are_kept(french_law: Law, tmp_path: Path) -> None:
    hours = {"id": "hours", "kind": "staff_hours", "duties": ["backup"], "hours": 1.5, "hourly_rate": 33.35}
    case = read_small(tmp_path / "case", french_law, offers=None, claimants=[
        {"id": "dupont", "name": "Dupont", "contract": CONTRACT, "heads": [hours]}])
    found = losses_of(case, french_law)
    assert found[0].claimed == Decimal("50.03")
    content = write_workbook(case, french_law, found, WORLDS)
    assert differing(content, by_office(content, tmp_path)) == []


@pytest.mark.parametrize("name", ["book", "founding_book"])
def test_the_group_says_what_losses_say(name: str, request: pytest.FixtureRequest, french_law: Law) -> None:
    of = {"book": "case", "founding_book": "founding_case"}[name]
    told = losses_json(reported(request.getfixturevalue(of), french_law, WORLDS, None, lambda _: None))
    table = group_of(request.getfixturevalue(name))
    assert len(table) == len(told["claimants"]) + 1
    for one in told["claimants"]:
        row = table[one["name"]]
        assert [f"{row[column]:.2f}" for column in ("demandé", "justifié", words("fr")["provable"])] == [
            one["claimed"], one["documented"], one["provable"]]
        if one["cap"] is not None:
            assert f"{row['plafond contractuel']:.2f}" == one["cap"]
    assert f"{table['total']['demandé']:.2f}" == told["total"]


def test_every_head_stands_on_the_sheet_of_its_claimant(book: bytes, losses: tuple[ClaimantLoss, ...]) -> None:
    sheets = opened(book, values=True)
    for loss in losses:
        rows = {row[0]: row for row in sheets[loss.claimant.name].iter_rows(min_row=7, max_row=7 + len(loss.heads) - 1,
                                                                            values_only=True)}
        for head in loss.heads:
            row = rows[head.title.in_language("fr")]
            assert [f"{amount:.2f}" for amount in row[1:5]] == [
                str(amount) for amount in (head.claimed, head.low, head.high, head.documented)]


def test_no_expected_month_is_merely_stated(book: bytes, losses: tuple[ClaimantLoss, ...]) -> None:
    """Of each month of loss: what each model expects, all together, the shortfall, and how far ahead it is."""
    formulas = formulas_of(book)
    for loss in losses:
        for head in loss.heads:
            if head.counterfactual is None:
                continue
            course = head.counterfactual
            here = [cell.formula for (sheet, _), cell in formulas.items() if sheet == f"Mois {loss.claimant.name}"]
            of_models = [formula for formula in here if formula.startswith("=EXP(") or "^(YEAR(" in formula
                         or ("*$" in formula and "/12" in formula)]
            assert len(of_models) == len(course.months) * len(course.models), loss.claimant.id
            assert sum(formula.startswith("=ROUND(") for formula in here) == len(course.months)


def test_the_months_of_a_ledger_are_sums_of_its_postings(founding_book: bytes) -> None:
    here = [cell.formula for (sheet, _), cell in formulas_of(founding_book).items()
            if sheet == "Mois Demanderesse 03" and "SUMIFS" in cell.formula]
    assert len(here) > 70  # revenue and costs
    assert all("Écritures" in formula for formula in here)


def test_no_cell_shows_an_error_and_no_text_is_a_formula(founding_book: bytes) -> None:
    assert not re.search(r't="e"|#REF!|#NAME|#VALUE|#DIV|#N/A', parts_of(founding_book))


def test_the_same_losses_give_the_same_bytes(case: Case, losses: tuple[ClaimantLoss, ...], french_law: Law,
                                             book: bytes) -> None:
    assert write_workbook(case, french_law, losses, WORLDS) == book


def test_the_workbook_speaks_the_language_of_the_case(case: Case, losses: tuple[ClaimantLoss, ...], french_law: Law
                                                      ) -> None:
    content = write_workbook(case.said_in("en"), french_law, losses, WORLDS)
    assert opened(content, values=False).sheetnames[:2] == ["Group", "Factures & Cie"]
    assert {"claimed", "Lost margin", "level and season"} <= texts_of(content)
    assert not any("demandé" in text for text in texts_of(content))


ARITHMETIC = {"ABS", "AVERAGE", "COS", "EXP", "IF", "MAX", "MIN", "MONTH", "PI", "ROUND", "SIN", "SUM", "SUMIFS",
              "SUMPRODUCT", "YEAR"}


def functions_of(content: bytes) -> set[str]:
    """Return every function that a formula calls, the names of sheets left out."""
    bare = [re.sub(r"'(?:[^']|'')*'!", "", cell.formula) for cell in formulas_of(content).values()]
    assert not [formula for formula in bare if re.search(r"[\"'|@\[\]&]", formula)]
    return {name for formula in bare for name in re.findall(r"([A-Z.]+)\(", formula)}


def test_formulas_call_arithmetic_alone(book: bytes, founding_book: bytes) -> None:
    assert functions_of(book) | functions_of(founding_book) <= ARITHMETIC


HOSTILE = ["=cmd|' /C calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "=HYPERLINK(\"http://x.test\")", "a/b[c]:d*?", "'quoted'",
           "History", "http://x.test/", "x" * 60, "x" * 61, "<b>&amp;</b>", "1234"]


def test_hostile_names_stay_texts(french_law: Law, tmp_path: Path) -> None:
    head = {**INVOICES[-1], "title": {"fr": "=1+1", "en": "=1+1"}, "note": "@note", "exhibits": []}
    case = read_small(tmp_path, french_law, offers=None, claimants=[
        {"id": f"c{place}", "name": name, "contract": CONTRACT, "heads": [head]} for place, name in enumerate(HOSTILE)])
    content = write_workbook(case, french_law, losses_of(case, french_law), WORLDS)
    assert {*HOSTILE, "=1+1", "@note"} <= texts_of(content)
    assert functions_of(content) <= ARITHMETIC
    assert 'TargetMode="External"' not in parts_of(content)  # no address became a link


@needs_office
def test_hostile_names_do_not_break_the_formulas(french_law: Law, tmp_path: Path) -> None:
    case = read_small(tmp_path / "case", french_law, offers=None, claimants=[
        {"id": f"c{place}", "name": name, "contract": CONTRACT, "heads": INVOICES[:1]}
        for place, name in enumerate(HOSTILE)])
    content = write_workbook(case, french_law, losses_of(case, french_law), WORLDS)
    assert differing(content, by_office(content, tmp_path)) == []


@given(st.lists(st.text(max_size=50), max_size=30))
def test_any_names_make_names_of_sheets(wanted: list[str]) -> None:
    taken: set[str] = set()
    for text in wanted:
        name = unique_name(text, taken)
        assert name.casefold() not in taken
        taken.add(name.casefold())
        assert 0 < len(name.encode("utf-16-le")) / 2 <= NAME_LENGTH
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
        assert name.casefold() != "history"


def test_a_claimant_without_heads_has_its_sheet(french_law: Law, tmp_path: Path) -> None:
    case = read_small(tmp_path, french_law, offers=None,
                      claimants=[{"id": "none", "name": "Néant", "contract": CONTRACT}])
    content = write_workbook(case, french_law, losses_of(case, french_law), WORLDS)
    assert group_of(content)["Néant"]["demandé"] == 0


def test_insurance_and_indemnity_come_off_in_their_order(book: bytes, losses: tuple[ClaimantLoss, ...]) -> None:
    """The insurer's part first, then the cap, what is given back beside it, the indemnity last; later ones not yet."""
    row, loss = group_of(book)["Factures & Cie"], losses[0]
    assert f"{row['solde demandé, plafond écarté']:.2f}" == str(loss.claimed - 400 - 150)
    assert row["solde, si le plafond s’applique"] == 720 + 720 - 150  # cap, fees given back, indemnity


@needs_office
def test_each_contract_has_its_own_cap_and_each_margin_its_own_months(french_law: Law, tmp_path: Path) -> None:
    terms = [{"id": "hosting", "title": {"fr": "A", "en": "A"}, "version": "2021-01", "cap": {"amount": 5000}},
             {"id": "open", "title": {"fr": "B", "en": "B"}, "version": "2021-01"}]
    margin = BUSINESSES[0]["heads"][0]
    claimant = {**BUSINESSES[0], "contracts": [{**CONTRACT, "id": "a"}, {**CONTRACT, "id": "b", "terms": "open"}],
                "heads": [{**margin, "id": "first", "contract": "a", "to": "2023-09"},
                          {**margin, "id": "then", "contract": "b", "from": "2023-10"},
                          {**INVOICES[0], "contract": "b"}]}
    del claimant["contract"]
    case = every_head(tmp_path / "case", french_law, claimants=[claimant], contracts=terms)
    losses = losses_of(case, french_law)
    content = write_workbook(case, french_law, losses, WORLDS)
    assert opened(content, values=False).sheetnames[1:4] == ["Long", "Mois Long", "Mois Long (2)"]
    row, (first, *others) = group_of(content)["Long"], losses[0].heads
    assert first.claimed > 5000
    assert row["plafond contractuel"] == "sans plafond"  # one contract has none
    assert f"{row['solde, si le plafond s’applique']:.2f}" == str(5000 + sum(one.claimed for one in others))
    assert differing(content, by_office(content, tmp_path)) == []


@needs_office
def test_the_bounds_of_a_whole_are_drawn_and_not_added(founding_case: Case, founding_book: bytes, french_law: Law
                                                       ) -> None:
    losses, formulas = losses_of(founding_case, french_law), opened(founding_book, values=False)
    several = 0
    for loss in losses:
        simulated = [head for head in loss.heads if head.measure.simulated is not None]
        row = next(row for row in formulas[loss.claimant.name].iter_rows(min_row=7) if row[0].value == "total")
        table = group_of(founding_book)[loss.claimant.name]
        for cell, name, bound in ((row[2], "basse", loss.low), (row[3], "haute", loss.high)):
            heading = f"borne {name} (90\u00a0%)"
            assert f"{table[heading]:.2f}" == str(bound)
            if len(simulated) > 1:  # an input, in blue; else the sum is the bound
                assert (cell.value, cell.font.color.rgb) == (pytest.approx(float(bound)), "FF0000FF")
            else:
                assert str(cell.value).startswith("=SUM(")
        several += len(simulated) > 1
        assert ("obtenu par simulation" in str(row[-2].value) + str(row[-1].value)) == (len(simulated) > 1)
    assert several
    assert group_of(founding_book)["total"]["borne basse (90\u00a0%)"] == ""


def test_a_notice_yet_to_be_served_is_said_to_be_planned(book: bytes, founding_book: bytes) -> None:
    planned = "mise en demeure à délivrer (date prévue)"
    assert planned in texts_of(founding_book) and "mise en demeure" not in texts_of(founding_book)
    assert "mise en demeure" in texts_of(book) and planned not in texts_of(book)


NEVER = re.compile(r"grand livre|graine|tirage|\bonde\b|cosinus$|sinus$|a priori|jeffreys|élargissement|simulée?s?\b"
                   r"|titre de chance|l’an passé|\bbase\b$|coût variable|dommages-intérêts|C\.\u00a0civ\. art"
                   r"|(?<![-\w/])\d{4}-\d{2}(?![-\w])", re.IGNORECASE)


def test_the_french_words_are_those_of_a_litigator(book: bytes, founding_book: bytes) -> None:
    said = texts_of(book) | texts_of(founding_book)
    assert [text for text in said if NEVER.search(text)] == []
    assert any("simulation reproductible (" in text and "scénarios, clé test)" in text for text in said)
    assert any(text.startswith("Mois-client\u00a0: un client présent pendant un mois") for text in said)
    assert {"fichier des écritures comptables (FEC)", "de mars 2018 à février 2021", "coefficient saisonnier 1",
            "coefficient de prudence", "assiette", "correction statistique pour faible effectif"} <= said


def test_our_side_reads_what_the_prudent_figure_is(founding_book: bytes) -> None:
    told = {text for text in texts_of(founding_book) if "ce n’est pas une prévision de condamnation" in text}
    assert len(told) == 1
    assert words("fr")["provable"] in texts_of(founding_book)


def test_headings_of_the_months_are_not_printed_above_the_models(founding_book: bytes) -> None:
    sheets = opened(founding_book, values=True)
    months, models = sheets["Mois Demanderesse 03"], sheets["Modèles Demanderesse 03"]
    assert months.print_title_rows and not models.print_title_rows
    assert not any(row[0] == "poids" for row in months.iter_rows(values_only=True))
    assert any(row[0] == "poids" for row in models.iter_rows(values_only=True))
