"""The workbook of losses: other programs compute the same figures, and each register holds what it may."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
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
    needs_office,
    opened,
    parts_of,
    texts_of,
)
from vismajor.case.models import Case
from vismajor.damages.heads import ClaimantLoss
from vismajor.drafting.workbook import write_workbook
from vismajor.drafting.workbook.book import NAME_LENGTH, unique_name
from vismajor.law.models import Law
from vismajor.losses_report import losses_json
from vismajor.losses_report import losses_of as reported
from vismajor.workbench import load_case

ALTERNATIVE = "à titre subsidiaire\u00a0: perte de chance"
CONTRACT = {"terms": "hosting", "concluded": dt.date(2021, 2, 1), "monthly_fees": 120}
HEADING = 6  # the row of headings of the group's sheet


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


def group_of(content: bytes) -> dict[str, dict[str, object]]:
    """Return the group's table by claimant and heading, with the values written beside the formulas."""
    sheet = opened(content, values=True).worksheets[0]
    headings = [cell.value for cell in sheet[HEADING]]
    rows = sheet.iter_rows(min_row=HEADING + 1, values_only=True)
    return {str(row[0]): dict(zip(headings, row, strict=True)) for row in rows if row[0] and row[1] is not None}


@needs_office
def test_libreoffice_computes_every_figure_to_the_cent(book: bytes, tmp_path: Path) -> None:
    assert differing(book, by_office(book, tmp_path)) == []


@needs_office
def test_libreoffice_computes_the_founding_case_with_its_ledgers_and_customers(
        founding_book: bytes, tmp_path: Path) -> None:
    assert differing(founding_book, by_office(founding_book, tmp_path)) == []


def test_another_engine_computes_every_figure_to_the_cent(book: bytes, tmp_path: Path) -> None:
    assert differing(book, by_formulas(book, tmp_path)) == []


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
        assert [f"{row[column]:.2f}" for column in ("demandé", "justifié", "prouvable (interne)")] == [
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


# What is ours alone, in figures that occur nowhere else.
PRIVATE = {"accepted": {"low": 0.11931, "likely": 0.33937, "high": 0.77939}, "certain": 0.13729, "direct": 0.87133,
           "note": "SECRETNOTE"}


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory, french_law: Law) -> Case:
    def ours(claimant: dict[str, object]) -> dict[str, object]:
        heads = [{"chance": {"low": 0.1, "likely": 0.237, "high": 0.5}, **head, **PRIVATE}
                 for head in claimant["heads"]]  # type: ignore[attr-defined]
        return {**claimant, "heads": heads}

    base = every_head(tmp_path_factory.mktemp("plain") / "case", french_law)
    data = yaml.safe_load((base.folder / "case.yaml").read_text())
    changes = {"claimants": [ours(claimant) for claimant in data["claimants"]],
               "notice": {"fr": "SECRETCASE", "en": "SECRETCASE"}}
    return every_head(tmp_path_factory.mktemp("private") / "case", french_law, **changes)


def secrets(losses: tuple[ClaimantLoss, ...]) -> dict[str, str]:
    """Return what must not reach the other side, by what it is."""
    words = {"note": "SECRETNOTE", "case": "SECRETCASE", "notice share": "0.613", "certain": "0.13729",
             "direct": "0.87133", **{name: str(share) for name, share in PRIVATE["accepted"].items()}}  # type: ignore[attr-defined]
    provable = {f"provable {loss.claimant.id} {head.head.id}": repr(float(head.provable))
                for loss in losses for head in loss.heads if head.provable > 0}
    totals = {f"total {loss.claimant.id}": repr(float(loss.provable)) for loss in losses if loss.provable > 0}
    said = {"word provable": "prouvable", "word internal": "interne", "word accepted": "admise"}
    return words | provable | totals | said


def test_nothing_of_what_we_think_goes_to_the_expert(private: Case, french_law: Law) -> None:
    losses = losses_of(private, french_law)
    ours = parts_of(write_workbook(private, french_law, losses, WORLDS))
    theirs = parts_of(write_workbook(private, french_law, losses, WORLDS, "expert"))
    hidden = secrets(losses)
    assert {name for name, secret in hidden.items() if secret in theirs} == set()
    never = {"case", "notice share", "low", "high"}  # not told to our side either: not part of a computation
    assert {name for name, secret in hidden.items() if secret not in ours} <= never


def test_the_expert_has_what_is_claimed_documented_and_pleaded_in_the_alternative(private: Case, french_law: Law
                                                                                  ) -> None:
    losses = losses_of(private, french_law)
    content = write_workbook(private, french_law, losses, WORLDS, "expert")
    table = group_of(content)
    for loss in losses:
        row = table[loss.claimant.name]
        assert f"{row['demandé']:.2f}" == str(loss.claimed)
        assert f"{row['justifié']:.2f}" == str(loss.documented)
        chance = sum((head.as_a_chance or Decimal(0) for head in loss.heads), Decimal(0))
        assert f"{row[ALTERNATIVE]:.2f}" == str(chance)


def test_only_sources_that_were_read_and_known_go_to_the_expert(case: Case, losses: tuple[ClaimantLoss, ...],
                                                                french_law: Law) -> None:
    theirs = parts_of(write_workbook(case, french_law, losses, WORLDS, "expert"))
    used = {source for loss in losses for head in loss.heads for source in head.kind.sources}
    cited = [french_law.sources[source] for source in used]
    hidden = [source for source in cited if source.read not in ("full", "part")
              or (source.date is not None and source.date > case.as_of)]
    assert hidden
    for source in hidden:
        assert source.cite.fr not in theirs


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
