"""The workbook for the other side's expert: the claim and its computation, nothing of what we think of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from tests.conftest import ROOT
from tests.drafting.loss_cases import WORLDS, every_head, losses_of
from tests.drafting.spreadsheets import by_office, differing, group_of, needs_office, opened, parts_of, texts_of
from vismajor.case.models import Case
from vismajor.cli import main
from vismajor.damages.heads import ClaimantLoss
from vismajor.drafting.words import words
from vismajor.drafting.workbook import write_workbook
from vismajor.law.models import Law
from vismajor.reading.scalars import Estimate
from vismajor.workbench import load_case

ALTERNATIVE = "à titre subsidiaire\u00a0: perte de chance"
OPEN = "perte de chance (demande subsidiaire)\u00a0: part à déterminer par le tribunal"
MARK = "Note de calcul communiquée à la partie adverse, sous toutes réserves et sans reconnaissance"
CAP = 777.77


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, french_law: Law) -> Case:
    terms = [{"id": "hosting", "title": {"fr": "A", "en": "A"}, "version": "2021-01", "cap": {"amount": CAP}}]
    return every_head(tmp_path_factory.mktemp("losses") / "case", french_law, contracts=terms)


@pytest.fixture(scope="module")
def losses(case: Case, french_law: Law) -> tuple[ClaimantLoss, ...]:
    return losses_of(case, french_law)


@pytest.fixture(scope="module")
def expert(case: Case, losses: tuple[ClaimantLoss, ...], french_law: Law) -> bytes:
    return write_workbook(case, french_law, losses, WORLDS, "expert")


@pytest.fixture(scope="module")
def founding(french_law: Law) -> Case:
    return load_case(ROOT / "cases" / "ovh-strasbourg", french_law)


@pytest.fixture(scope="module")
def founding_losses(founding: Case, french_law: Law) -> tuple[ClaimantLoss, ...]:
    return losses_of(founding, french_law)


@pytest.fixture(scope="module")
def ours(founding: Case, founding_losses: tuple[ClaimantLoss, ...], french_law: Law) -> bytes:
    return write_workbook(founding, french_law, founding_losses, WORLDS)


@pytest.fixture(scope="module")
def theirs(founding: Case, founding_losses: tuple[ClaimantLoss, ...], french_law: Law) -> bytes:
    return write_workbook(founding, french_law, founding_losses, WORLDS, "expert")


@pytest.fixture(scope="module")
def bounded(founding: Case, founding_losses: tuple[ClaimantLoss, ...], french_law: Law) -> bytes:
    return write_workbook(founding, french_law, founding_losses, WORLDS, "expert", with_intervals=True)


def numbers_of(content: bytes) -> set[float]:
    """Return every number that a cell holds or comes to."""
    return {round(float(cell), 6) for sheet in opened(content, values=True) for row in sheet.iter_rows(values_only=True)
            for cell in row if isinstance(cell, int | float)}


@needs_office
@pytest.mark.parametrize("name", ["expert", "theirs", "bounded"])
def test_libreoffice_computes_what_the_expert_gets(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    content = request.getfixturevalue(name)
    assert differing(content, by_office(content, tmp_path)) == []


def test_every_sheet_says_that_nothing_is_admitted(theirs: bytes) -> None:
    for sheet in opened(theirs, values=True):
        assert sheet["A2"].value == MARK
        assert MARK in sheet.oddHeader.right.text


def test_a_share_that_counsel_did_not_plead_is_left_to_the_court(
        founding_losses: tuple[ClaimantLoss, ...], ours: bytes, theirs: bytes) -> None:
    heads = [head for loss in founding_losses for head in loss.heads if head.as_a_chance is not None]
    assert heads and all(head.head.chance is None for head in heads)
    amounts = {float(head.as_a_chance) for head in heads if head.as_a_chance}
    assert amounts <= numbers_of(ours) and not amounts & numbers_of(theirs)
    assert OPEN in texts_of(theirs) and OPEN not in texts_of(ours)
    assert ALTERNATIVE in texts_of(ours) and not any("chance perdue" in text for text in texts_of(theirs))


def test_a_share_pleaded_stands_beside_one_that_is_left_open(
        founding: Case, founding_losses: tuple[ClaimantLoss, ...], french_law: Law) -> None:
    loss = founding_losses[0]
    silent = next(head for head in loss.heads if head.customers is not None)
    share = Estimate.model_construct(low=Decimal("0.1"), likely=Decimal("0.237"), high=Decimal("0.5"))
    stated = silent.head.model_copy(update={"id": "pleaded", "chance": share})
    pleaded = replace(silent, head=stated, chance=share)
    content = write_workbook(founding, french_law, [replace(loss, heads=(pleaded, silent))], WORLDS, "expert")
    rows = list(opened(content, values=True)[loss.claimant.name].iter_rows(min_row=6, max_row=9, values_only=True))
    column, amount = rows[0].index(ALTERNATIVE), pytest.approx(float(pleaded.claimed) * 0.237, abs=0.006)
    assert [row[column] for row in rows[1:]] == [amount, "à déterminer", amount]
    assert 0.237 in numbers_of(content) and float(silent.as_a_chance or 0) not in numbers_of(content)


def test_the_cap_is_not_told_to_the_other_side(case: Case, losses: tuple[ClaimantLoss, ...], expert: bytes,
                                               theirs: bytes, french_law: Law) -> None:
    inside = write_workbook(case, french_law, losses, WORLDS)
    assert CAP in numbers_of(inside) and CAP not in numbers_of(expert)
    assert any("plafond" in text.lower() for text in texts_of(inside))
    for content in (expert, theirs):
        assert not any("plafond" in text.lower() for text in texts_of(content))
    row = group_of(expert)["Factures & Cie"]
    assert f"{row['solde demandé']:.2f}" == str(losses[0].claimed - 400 - 150)  # what was received still comes off


def bounds_of(losses: tuple[ClaimantLoss, ...]) -> set[float]:
    """Return the bounds of the months, the heads and the whole, where they were simulated."""
    simulated = [head for loss in losses for head in loss.heads if head.measure.simulated is not None]
    courses = [head.counterfactual for head in simulated if head.counterfactual is not None]
    heads = {float(bound) for head in simulated for bound in (head.low, head.high) if bound > 0}
    whole = {float(bound) for loss in losses for bound in (loss.low, loss.high) if loss.low != loss.claimed}
    months = {round(float(bound), 6) for course in courses for bound in (*course.low, *course.high)}
    return heads | whole | months


def test_bounds_go_to_the_other_side_only_where_they_are_asked_for(
        founding_losses: tuple[ClaimantLoss, ...], theirs: bytes, bounded: bytes) -> None:
    bounds = bounds_of(founding_losses)
    assert len(bounds) > 100
    assert not bounds & numbers_of(theirs)
    assert bounds <= numbers_of(bounded)
    assert not any("borne" in text or "simulation" in text for text in texts_of(theirs))
    assert "borne basse" not in parts_of(theirs) and "borne basse" in parts_of(bounded)  # charts as well
    assert not any("plafond" in text.lower() or "jugement" in text.lower() for text in texts_of(bounded))


def test_accounts_outside_the_map_stay_at_home(founding: Case, ours: bytes, theirs: bytes) -> None:
    postings = [posting for books in founding.books.values() for posting in books.postings]
    outside = {posting.account for posting in postings if posting.set_apart == "outside_map"}
    assert any(account.startswith("64") for account in outside)
    assert outside <= texts_of(ours)
    assert not [account for account in outside if account in parts_of(theirs)]
    counted = {posting.account for posting in postings if posting.set_apart is None and posting.share}
    fixed = {posting.account for posting in postings if posting.set_apart is None} - counted  # in the map, share 0
    assert counted <= texts_of(theirs)
    assert fixed & texts_of(ours) == fixed != set()
    assert not fixed & texts_of(theirs)


def test_customers_are_numbers_to_the_other_side(founding_losses: tuple[ClaimantLoss, ...], ours: bytes,
                                                 theirs: bytes) -> None:
    gone = [head.customers.leavers for loss in founding_losses for head in loss.heads if head.customers is not None]
    names = {customer.id for leavers in gone for customer in leavers}
    assert names <= texts_of(ours)
    assert not names & texts_of(theirs)
    assert {f"client {number}" for number in range(1, max(map(len, gone)) + 1)} <= texts_of(theirs)


def test_when_judgment_is_expected_is_not_told_to_the_other_side(case: Case, losses: tuple[ClaimantLoss, ...],
                                                                 expert: bytes, french_law: Law) -> None:
    inside = texts_of(write_workbook(case, french_law, losses, WORLDS))
    assert "jugement attendu" in inside and "intérêts arrêtés, pour mémoire, au" not in inside
    assert "jugement" not in parts_of(expert).lower()
    assert "intérêts arrêtés, pour mémoire, au" in texts_of(expert)


def test_the_expert_version_in_english_says_the_same(case: Case, losses: tuple[ClaimantLoss, ...], french_law: Law
                                                     ) -> None:
    told = texts_of(write_workbook(case.said_in("en"), french_law, losses, WORLDS, "expert"))
    assert "Computation given to the other side, without prejudice and without admission" in told
    assert "interest counted, for the record, up to" in told
    assert not any("cap" in text.split() or "judgment" in text or "bound" in text.split() for text in told)


def test_intervals_are_asked_for_with_the_workbook_for_the_expert_alone() -> None:
    result = CliRunner().invoke(main, ["losses", "no-such-case", "--xlsx", "a.xlsx", "--with-intervals"])
    assert result.exit_code == 2
    assert "--for-expert" in result.output and "no-such-case" not in result.output


def test_the_command_passes_the_wish_for_intervals_on(tmp_path: Path) -> None:
    def written(*options: str) -> set[str]:
        file = tmp_path / "losses.xlsx"
        result = CliRunner().invoke(main, [
            "losses", str(ROOT / "cases" / "ovh-strasbourg"), "--claimant", "demanderesse-03", "--worlds", "100",
            "--xlsx", str(file), "--for-expert", *options])
        assert result.exit_code == 0, result.output
        return texts_of(file.read_bytes())

    assert "borne basse (90\u00a0%)" in written("--with-intervals")
    assert "borne basse (90\u00a0%)" not in written()


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
    ours = {"note": "SECRETNOTE", "case": "SECRETCASE", "notice share": "0.613", "certain": "0.13729",
             "direct": "0.87133", **{name: str(share) for name, share in PRIVATE["accepted"].items()}}  # type: ignore[attr-defined]
    provable = {f"provable {loss.claimant.id} {head.head.id}": repr(float(head.provable))
                for loss in losses for head in loss.heads if head.provable > 0}
    totals = {f"total {loss.claimant.id}": repr(float(loss.provable)) for loss in losses if loss.provable > 0}
    said = {"word provable": words("fr")["provable"], "word internal": "interne", "word accepted": "admise"}
    return ours | provable | totals | said


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
