"""Small cases made for these tests; nothing in them is real."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from vismajor.case.models import Case
from vismajor.law.models import Law
from vismajor.workbench import load_case

SMALL: dict[str, Any] = {
    "title": {"fr": "Dupont et Durand contre Martin", "en": "Dupont and Durand against Martin"},
    "notice": {"fr": "Dossier d'essai.", "en": "Test file."},
    "language": "fr", "law": "fr", "as_of": dt.date(2024, 6, 30), "acting_for": "claimants",
    "respondent": {"name": "Martin"}, "counsel": {"name": "Cabinet Petit"},
    "incident": {
        "title": {"fr": "Incendie du centre de données", "en": "Fire in the data centre"},
        "date": dt.date(2023, 7, 14), "place": {"fr": "Metz", "en": "Metz"},
        "account": [{"fr": "Le feu a pris dans la nuit.", "en": "The fire broke out at night.", "exhibits": ["P1"]}],
    },
    "facts": {
        "event.kind": {"value": "fire", "status": "admitted", "exhibits": ["P1"]},
        "event.usual_risk": {"value": True, "status": "disputed", "likelihood": 0.7, "exhibits": ["P1"]},
    },
    "contracts": [{
        "id": "hosting", "title": {"fr": "Conditions d'hébergement", "en": "Hosting terms"}, "version": "2021-01",
        "cap": {"months_of_fees": 6},
        "facts": {"contract.terms_accepted": True, "contract.cap_exists": True,
                  "contract.promises_result": True},
    }],
    "claimants": [
        {"id": "dupont", "name": "Dupont",
         "contract": {"terms": "hosting", "concluded": dt.date(2021, 2, 1), "monthly_fees": 120},
         "facts": {"service.data_lost": True, "service.backup_option": True, "service.nothing_restored": True},
         "heads": [{"id": "recovery", "kind": "data_recovery", "duties": ["backup"], "amount": 12500.5}]},
        {"id": "durand", "name": "Durand",
         "contract": {"terms": "hosting", "concluded": dt.date(2021, 3, 1), "monthly_fees": 80},
         "facts": {"service.data_lost": True, "service.backup_option": True, "service.nothing_restored": True},
         "heads": [{"id": "recovery", "kind": "data_recovery", "duties": ["backup"], "amount": 4000.75},
                   {"id": "hours", "kind": "staff_hours", "duties": ["backup"], "hours": 10, "hourly_rate": 40}]},
    ],
    "exhibits": [
        {"id": "P1", "title": "Rapport des sapeurs-pompiers", "date": "2023-09"},
        {"id": "P2", "title": "Lettre du conseil", "date": "2023-12-15"},
    ],
    "offers": [{"id": "first", "date": dt.date(2023, 11, 2), "by": "respondent", "to": "all", "amount": 500,
                "maintained_on": dt.date(2024, 6, 1),
                "form": {"fr": "un avoir", "en": "a credit note"}, "in_cash": False}],
    "procedure": [{"date": "2023-10", "what": {"fr": "Mise en demeure", "en": "Notice"}, "exhibits": ["P2"]}],
}


def small(**changes: Any) -> dict[str, Any]:
    """Return the small case as data, with some of its entries replaced (None: removed)."""
    data = copy.deepcopy(SMALL) | copy.deepcopy(changes)
    return {key: value for key, value in data.items() if value is not None}


def write_case(folder: Path, data: dict[str, Any]) -> Path:
    """Write a case into `folder` and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


def read_small(folder: Path, law: Law, /, **changes: Any) -> Case:
    """Write the small case with `changes` into `folder`, and read it."""
    return load_case(write_case(folder, small(**changes)), law)


def changed(case: Case, **updates: Any) -> Case:
    """Return the same case with entries of its file replaced."""
    return case.model_copy(update={"file": case.file.model_copy(update=updates)})
