"""The report on the losses: its golden files per branch, its figures, charts and workbook, and what is in neither."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from tests.drafting.acts.cases import COMPLETE, only
from tests.drafting.acts.conftest import Told, files_of, matter_from
from tests.drafting.loss_cases import every_head
from tests.drafting.pages import Page
from tests.drafting.spreadsheets import opened, parts_of, texts_of
from vismajor.drafting import typography
from vismajor.drafting.acts.drafting import Asked
from vismajor.drafting.acts.kinds import NEGOTIATION_NOTE, check_formats, kind_of
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.rendering import render
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput
from vismajor.settlement.valuation import Valuation
from vismajor.workbench import assess, value

REPORT = kind_of("loss-report")
FIRST = COMPLETE["claimants"][0]
DATED = {"loss_report": COMPLETE["acts"]["loss_report"] | {"until": dt.date(2025, 2, 1)}}


def text(matter: Matter) -> str:
    return render(REPORT, matter).markdown


def plain(matter: Matter) -> str:
    return re.sub(r"\s+", " ", text(matter).replace("\\", "").replace("**", ""))


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory, french_law: Law) -> Valuation:
    """Claimants with invoices of every kind, payments, and margins lost on histories of every sort."""
    case = every_head(tmp_path_factory.mktemp("measured") / "case", french_law)
    return value(assess(case, french_law, worlds=200))


def euros(amount: Decimal | float) -> str:
    return re.sub(r"\s", " ", typography.money(Decimal(str(amount)), "fr", cents=True))


@pytest.mark.goldens
@pytest.mark.parametrize(("name", "claimant", "language"), [
    ("one", "dupont", "fr"), ("group", None, "fr"), ("one-en", "dupont", "en")])
def test_the_report_without_accounts_reads_as_approved(name: str, claimant: str | None, language: str,
                                                       whole: Valuation, golden: Callable[[str, str], str]) -> None:
    markdown = text(matter_from(whole, claimant, language))
    assert markdown == golden(f"act-loss-report-{name}.md", markdown)


@pytest.mark.goldens
@pytest.mark.parametrize(("name", "claimant", "language"), [
    ("ledger-customers", "demanderesse-11", "fr"), ("ledger-customers-en", "demanderesse-11", "en"),
    ("table", "demanderesse-02", "fr")])
def test_the_report_on_a_margin_reads_as_approved(name: str, claimant: str, language: str, founding: Valuation,
                                                  golden: Callable[[str, str], str]) -> None:
    markdown = text(matter_from(founding, claimant, language))
    assert markdown == golden(f"act-loss-report-{name}.md", markdown)


@pytest.mark.goldens
def test_every_kind_of_head_and_payment_reads_as_approved(measured: Valuation, golden: Callable[[str, str], str]
                                                          ) -> None:
    markdown = text(matter_from(measured, "invoices"))
    assert markdown == golden("act-loss-report-every-head.md", markdown)


def test_the_months_add_up_to_the_sum_claimed(founding: Valuation) -> None:
    for claimant in REPORT.build(matter_from(founding)).claimants:
        for head in claimant.heads:
            margin = head.margin
            if margin is None:
                continue
            assert sum(one.missing for one in margin.months) == margin.missing == margin.expected - margin.actual
            lost = margin.missing * margin.rate.rate / 100 + margin.extra - margin.saved
            assert abs(lost - head.head.claimed) <= Decimal("0.01") and margin.low < head.head.claimed < margin.high


def test_the_workbook_has_each_figure_where_the_report_says(measured: Valuation, founding: Valuation, tmp_path: Path
                                                           ) -> None:
    for valuation, who in ((measured, None), (founding, "demanderesse-11")):
        matter = matter_from(valuation, who)
        report, file = REPORT.build(matter), files_of(REPORT, matter, tmp_path / str(who), Asked(formats=("xlsx",)))
        book = opened(next(content for name, content in file.items() if name.endswith(".xlsx")), values=True)
        assert report.group_sheet == book.worksheets[0].title
        for claimant in report.claimants:
            sheet = book[claimant.sheet]
            column = [sheet.cell(row, 2).value for row in range(7, claimant.total_row)]
            assert [f"{cell:.2f}" for cell in column] == [str(head.head.claimed) for head in claimant.heads]
            assert f"{sheet.cell(claimant.total_row, 2).value:.2f}" == str(claimant.pleaded.claimed)
            for margin in (head.margin for head in claimant.heads if head.margin):
                rows = book[margin.sheet].iter_rows(min_row=margin.rows[0], max_row=margin.rows[1], values_only=True)
                months = {f"{row[0]:%Y-%m}": f"{row[1]:.2f}" for row in rows}
                assert {one.month: str(one.actual) for one in margin.months}.items() <= months.items()
                assert margin.models_sheet in book.sheetnames
            for lost in (head.customers for head in claimant.heads if head.customers):
                assert lost.sheet in book.sheetnames


def test_the_workbook_has_the_claimants_of_the_report_alone(founding: Valuation, tmp_path: Path) -> None:
    files = files_of(REPORT, matter_from(founding, "demanderesse-11"), tmp_path, Asked(formats=("xlsx",)))
    seen = parts_of(files["rapport-prejudice.xlsx"])
    others = {loss.claimant.name for loss in founding.losses} - {"Demanderesse 11"}
    assert "Demanderesse 11" in seen and not {name for name in others if name in seen}


def test_the_workbook_counts_interest_to_the_day_of_the_report_and_numbers_exhibits_as_it_does(
        told: Told, tmp_path: Path) -> None:
    matter = told("dupont", acts=COMPLETE["acts"] | DATED)
    act, content = render(REPORT, matter), files_of(REPORT, matter, tmp_path)["rapport-prejudice.xlsx"]
    dates = {cell.value for sheet in opened(content, values=True) for row in sheet.iter_rows() for cell in row
             if isinstance(cell.value, dt.datetime)}
    assert dt.datetime(2025, 2, 1) in dates
    assert dt.datetime(2025, 7, 1) not in dates  # the day on which judgment is expected
    exhibit = next(one for one in act.register.exhibits if one.id == "D1")
    assert f"pièce n° {act.register.exhibits[exhibit]}" in {cell.replace("\xa0", " ") for cell in texts_of(content)}
    assert "D1" not in texts_of(content)


def test_the_workbook_carries_its_receipt_and_neither_author_nor_case(whole: Valuation, tmp_path: Path) -> None:
    content = files_of(REPORT, matter_from(whole, "dupont"), tmp_path)["rapport-prejudice.xlsx"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        custom, core = (archive.read(f"docProps/{name}.xml").decode() for name in ("custom", "core"))
    assert "sha256" in custom and "Rapport sur le préjudice – Dupont" in core
    assert re.search(r"<dc:creator>[^<]", core) is None and "Durand" not in parts_of(content)
    assert whole.assessment.case.file.title.fr not in parts_of(content)


def test_an_act_has_its_chart_with_words_in_every_format(founding: Valuation, tmp_path: Path) -> None:
    matter = matter_from(founding, "demanderesse-02")
    files = {name.rpartition(".")[2]: content for name, content in files_of(
        REPORT, matter, tmp_path, Asked(formats=("docx", "html", "pdf"))).items()}
    (image,) = Page(files["html"].decode()).attributes("img")
    assert image["src"].startswith("data:image/svg+xml;base64,")
    drawing = docx.Document(io.BytesIO(files["docx"])).element.body.iter(qn("wp:docPr"))
    described = [one.get("descr") for one in drawing]
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as archive:
        assert [name for name in archive.namelist() if name.endswith(".png")]
    expected = euros(round(REPORT.build(matter).claimants[0].heads[3].margin.expected)).replace(",00", "")  # type: ignore[union-attr]
    for said in (image["alt"], *described):
        assert said and expected in re.sub(r"\s", " ", said) and "quatre-vingt-dix" in said
    assert any(len(page.images) or "course" in str(page.get_contents()) or page.get("/Resources")
               for page in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages)


def test_a_document_without_workbook_refuses_one_and_names_those_that_have_one() -> None:
    for document in (kind_of("formal-notice"), NEGOTIATION_NOTE):
        with pytest.raises(InvalidInput) as error:
            check_formats(document, ("docx", "xlsx"))
        (found,) = error.value.problems
        assert found.code == "act_no_workbook" and "loss-report" in found.tell("fr") and "loss-report" in found.tell()
    check_formats(REPORT, ("docx", "xlsx"))


def test_what_was_received_comes_off_and_what_is_no_payment_is_told_apart(told: Told) -> None:
    paid = [{"id": "a", "kind": "indemnity", "date": "2024-01-10", "amount": 500},
            {"id": "b", "kind": "voucher", "date": "2024-02-10", "amount": 90},
            {"id": "c", "kind": "insurance", "date": "2024-03-10", "amount": 50000, "heads": ["recovery"]}]
    seen = plain(told(**only(FIRST | {"received": paid})))
    assert "500,00 € déduits" in seen.replace("\u202f", " ").replace("\xa0", " ")
    assert "non déduits, les parties n’en ayant pas fait un paiement" in seen
    assert "12 500,50 € déduits" in re.sub(r"\s", " ", seen)  # no more than the head that it was for


def test_interest_is_counted_to_the_stated_day_line_by_line(told: Told) -> None:
    matter = told("dupont", acts=COMPLETE["acts"] | DATED)
    counted = REPORT.build(matter).claimants[0].interest
    assert counted is not None and counted.until == dt.date(2025, 2, 1) and counted.notice == dt.date(2024, 7, 1)
    assert sum(line.amount for line in counted.on_damages) == counted.amount
    assert counted.on_damages[-1].until == counted.until
    assert "par jour" in plain(matter)
    before = told("dupont", acts=COMPLETE["acts"] | {"loss_report": {"date": dt.date(2024, 6, 30)}})
    assert REPORT.build(before).claimants[0].interest is None and "Aucun intérêt n’est compté" in plain(before)
    for told_so in (matter, before):  # damages alone are claimed
        assert "art. 1231-7" in plain(told_so) and "1231-6" not in plain(told_so).split("# Intérêts")[1]


def test_interest_on_sums_claimed_back_rests_on_its_own_text(measured: Valuation) -> None:
    seen = plain(matter_from(measured, "invoices"))
    assert "Sur les sommes à restituer" in seen and "art. 1231-6" in seen.split("# Intérêts")[1]


def test_a_sum_under_two_duties_stands_with_either(founding: Valuation) -> None:
    report = REPORT.build(matter_from(founding, "demanderesse-11"))
    backup, availability = report.duties
    assert backup.whole == report.claimed and availability.alone == 0
    assert backup.shared == availability.whole


def test_the_expert_of_a_court_is_told_so_and_the_decision_is_asked_for(told: Told) -> None:
    stated: dict[str, Any] = {"expert": "M. Paul Expert", "appointed_by": "court"}
    acts = COMPLETE["acts"] | {"loss_report": stated}
    act = render(REPORT, told(acts=acts))
    assert [blank.path for blank in act.missing] == ["acts.loss_report.decision"]
    decided = stated | {"decision": {"fr": "ordonnance du 2 mai 2024", "en": "order of 2 May 2024"},
                        "mission": [{"fr": "dire le montant du préjudice", "en": "state the loss"}]}
    seen = plain(told(acts=COMPLETE["acts"] | {"loss_report": decided}))
    assert "expert désigné par le juge (ordonnance du 2 mai 2024)" in seen and "Dire le montant du préjudice." in seen
    assert "article 237" in seen and "article 237" not in plain(told())


def test_the_declaration_is_the_expert_s_to_sign(whole: Valuation) -> None:
    seen = plain(matter_from(whole))
    assert "Éléments chiffrés réunis par : " in seen and "Préparé par" not in seen
    assert "Je soussigné(e), ……" in seen and "Paul Expert" not in seen.partition("Déclaration de l’expert")[2]


def test_no_chance_of_winning_no_cap_and_no_accepted_share_is_said(measured: Valuation, founding: Valuation) -> None:
    for matter in (matter_from(measured), matter_from(founding)):
        seen = plain(matter).lower()
        assert not [word for word in ("probabilité", "vraisembl", "plafond", "chances de", "condamnation probable",
                                      "quantum prudent", "breaks:", "interne") if word in seen]


def test_a_claimant_s_name_does_nothing_in_a_chart(measured: Valuation) -> None:
    matter = matter_from(measured, "long")
    loss = matter.losses[0]
    hostile = loss.claimant.model_copy(update={"name": 'X" onload="y](course-1-1.svg) {=html}'})
    named = replace(matter, losses=(replace(loss, claimant=hostile),))
    assert text(named).count("](course-1-1.svg)") == 1
