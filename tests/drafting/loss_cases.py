"""A case with every head of loss, and businesses of every sort; nothing in it is real."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.drafting.cases import small, write_case
from vismajor.case.models import Case
from vismajor.case.series import month_name, month_number
from vismajor.damages.heads import ClaimantLoss, compute_losses
from vismajor.law.models import Law
from vismajor.reasoning.worlds import Worlds
from vismajor.workbench import load_case

LAST, LOSS = "2024-03", "2023-07"
WORLDS = Worlds("test", 500)

INVOICES: list[dict[str, Any]] = [
    {"id": "crisis", "kind": "crisis_costs", "duties": ["backup"], "amount": 1200.55, "vat_rate": 0.2,
     "vat_included": True, "exhibits": ["P1"], "documented": 700.2},
    {"id": "files", "kind": "data_recovery", "duties": ["backup"], "useful_files": 117, "hours_per_file": 0.35,
     "hourly_rate": 61.7, "verification": 1320, "exhibits": ["P1"]},
    {"id": "host", "kind": "rehosting", "duties": ["backup"], "amount": 4380, "fees_saved": 719.94, "vat_rate": 0.055,
     "exhibits": ["P1", "P2"]},
    {"id": "hours", "kind": "staff_hours", "duties": ["backup"], "hours": 12.5, "hourly_rate": 33.33},
    {"id": "tender", "kind": "lost_chance", "duties": ["backup"], "amount": 30000, "exhibits": ["P2"],
     "chance": {"low": 0.1, "likely": 0.237, "high": 0.5}},
    {"id": "name", "kind": "image", "duties": ["backup"], "amount": 5000},
    {"id": "fees", "kind": "restitution", "duties": ["backup"], "amount": 720, "exhibits": ["P1"]},
    {"id": "other", "kind": "other", "duties": ["backup"], "amount": 310.1, "consequential": False,
     "title": {"fr": "Frais de déplacement", "en": "Travel"}, "vat_rate": 0.1, "exhibits": ["P1"]},
]


def months(count: int, course: Callable[[int], float]) -> str:
    """Return a monthly table that ends in `LAST`, from what each month (0 first) came to; a third less in the loss."""
    end = month_number(LAST)
    noise = np.random.default_rng(7).normal(0, 0.02, count)
    rows = []
    for place in range(count):
        number = end - count + 1 + place
        lost = 0.7 if number >= month_number(LOSS) else 1.0
        rows.append(f"{month_name(number)};{max(course(place) * (1 + noise[place]) * lost, 0):.2f}")
    return "month;revenue\n" + "\n".join(rows) + "\n"


def seasonal(place: int) -> float:
    return 40_000 * (1 + 0.15 * np.cos(2 * np.pi * place / 12)) * 1.003 ** place


def _business(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name.capitalize(),
            "contract": {"terms": "hosting", "concluded": dt.date(2021, 2, 1), "monthly_fees": 120},
            "facts": {"service.data_lost": True, "service.backup_option": True, "service.nothing_restored": True},
            "accounts": {"revenue": f"{name}.csv", "variable_cost_rate": 0.37, **more},
            "heads": [{"id": "margin", "kind": "lost_margin", "duties": ["backup"], "from": LOSS, "to": "2023-12",
                       "exhibits": ["P1"], "extra_costs": 815.4, "fixed_costs_saved": 320}]}


TABLES = {
    "long": months(75, seasonal), "short": months(18, seasonal), "year": months(25, seasonal),
    "leap": months(60, lambda place: seasonal(place) * (1.6 if place > 30 else 1.0)),
    "gaps": months(60, lambda place: 0.0 if place % 5 == 2 else seasonal(place)),
    "few": months(55, lambda place: 0.0 if place in (14, 29) else seasonal(place)),
    "twin": months(60, seasonal), "other": months(60, lambda place: 3 * seasonal(place)).replace(";0.00", ";1.00"),
}
BUSINESSES: list[dict[str, Any]] = [
    _business("long"), _business("short"), _business("year"), _business("leap"), _business("gaps"), _business("few"),
    _business("twin", unaffected="other.csv", breaks=[
        {"from": "2020-03", "to": "2020-06", "why": {"fr": "Fermeture", "en": "Closure"}},
        {"from": "2023-09", "to": "2023-09", "why": {"fr": "Grève", "en": "Strike"}}]),
]


def every_head(folder: Path, law: Law, **changes: Any) -> Case:
    """Write and read the case: one claimant with invoices of every kind, and others whose margin was lost."""
    invoiced = {
        **BUSINESSES[0], "id": "invoices", "name": "Factures & Cie", "heads": INVOICES, "vat_recovered": 0.4,
        "received": [
            {"id": "gesture", "kind": "indemnity", "date": dt.date(2024, 1, 9), "amount": 150, "exhibits": ["P2"]},
            {"id": "insurer", "kind": "insurance", "date": dt.date(2024, 2, 9), "amount": 400, "exhibits": ["P2"]},
            {"id": "later", "kind": "indemnity", "date": dt.date(2024, 9, 9), "amount": 999, "exhibits": ["P2"]}],
        "interest": {"notice": dt.date(2023, 7, 20), "judgment": dt.date(2025, 11, 3), "capitalisation": True,
                     "damages_from_notice": 0.613},
    }
    del invoiced["accounts"]
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in TABLES.items():
        (folder / f"{name}.csv").write_text(table, encoding="utf-8")
    data = small(**{"claimants": [invoiced, *BUSINESSES], "offers": [], **changes})
    return load_case(write_case(folder, data), law)


def losses_of(case: Case, law: Law) -> tuple[ClaimantLoss, ...]:
    return compute_losses(case, law, WORLDS)
