"""A small case in which no act lacks anything, and what the tests of the acts share."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from tests.drafting.cases import SMALL

COMPANY = {"form": "société à responsabilité limitée", "capital": 17300, "seat": "3 rue des Clercs, 57000 Metz",
           "registration": "RCS de Metz sous le n° 000 000 001", "representative": "sa gérante, Mme Anne Dupont"}
PERSON = {"title": "mr", "profession": "photographe", "domicile": "8 rue Haute, 57000 Metz",
          "nationality": "française", "born_on": dt.date(1980, 5, 1), "born_at": "Nancy"}
FIRST, SECOND = SMALL["claimants"]
COMPLETE: dict[str, Any] = SMALL | {
    "notice": None,
    "respondent": {"name": "Martin", "form": "société anonyme", "capital": 517300,
                   "seat": "1 quai Sud, 67000 Strasbourg", "registration": "RCS de Strasbourg sous le n° 000 000 002",
                   "representative": "son président",
                   "address": "1 quai Sud, 67000 Strasbourg"},
    "counsel": {"name": "Cabinet Petit", "counsel": "Me Paule Petit", "bar": "Metz", "seat": "Metz",
                "address": "5 place d'Armes, 57000 Metz"},
    "opposing_counsel": {"name": "Cabinet Grand", "counsel": "Me Jean Grand", "bar": "Strasbourg",
                         "address": "2 place Broglie, 67000 Strasbourg"},
    "claimants": [
        FIRST | COMPANY | {"exhibits": ["D1"], "facts": FIRST["facts"] | {"client.trader": True}, "heads": [
            FIRST["heads"][0] | {"exhibits": ["D1"]},
            {"id": "tender", "kind": "lost_chance", "duties": ["backup"], "amount": 8000,
             "chance": {"low": 0.3, "likely": 0.42, "high": 0.6}, "exhibits": ["P2"]}]},
        SECOND | COMPANY | {"registration": "RCS de Metz sous le n° 000 000 003", "exhibits": ["D2"],
                           "facts": SECOND["facts"] | {"client.trader": True}, "heads": [
            head | {"exhibits": ["D2"]} for head in SECOND["heads"]]},
    ],
    "exhibits": [*SMALL["exhibits"], {"id": "D1", "title": "Dupont, factures", "date": "2023-11"},
                 {"id": "D2", "title": "Durand, factures", "date": "2023-11"}],
    "interest": {"notice": dt.date(2024, 7, 1), "judgment": dt.date(2025, 7, 1), "capitalisation": True,
                 "damages_from_notice": 0.37, "exhibits": ["P2"]},
    "costs": {"irrecoverable": {"asked": 3200, "granted": {"low": 0, "likely": 1543, "high": 3000}}},
    "acts": {
        "court": {"name": {"fr": "tribunal de commerce de Strasbourg", "en": "Commercial Court of Strasbourg"},
                  "seat": "45 rue du Fossé-des-Treize, 67000 Strasbourg", "hearing": dt.date(2024, 11, 5),
                  "time": "14:00", "chamber": "première chambre", "chosen_by": "respondent_seat"},
        "notice": {"date": dt.date(2024, 7, 1), "reply_date": dt.date(2024, 7, 20), "days": 15, "signed_at": "Metz",
                   "reply_days": 10, "reply_signed_at": "Strasbourg"},
        "settlement": {"date": dt.date(2024, 9, 2), "amounts": {"dupont": 9000, "durand": 3000}, "payment_days": 30,
                       "payment_account": "compte CARPA du Cabinet Petit",
                       "concessions": {
                           "claimants": [{"fr": "renoncer au surplus des demandes", "en": "waive the rest"}],
                           "respondent": [{"fr": "payer sans attendre un jugement", "en": "pay without a judgment"}]},
                       "signed_at": "Metz"},
        "amicable": {"date": dt.date(2024, 8, 1), "signed_on": dt.date(2024, 9, 2),
                     "until": dt.date(2025, 2, 1), "answer_days": 15,
                     "meetings": [{"date": dt.date(2024, 9, 10), "time": "10:30", "place": "maison de l'avocat, Metz"}],
                     "neutral": "Mme Claire Neutre", "exchange_days": 30, "attending": ["Mme Anne Dupont"],
                     "documents": [{"fr": "le contrat d'assurance", "en": "the insurance policy", "by": "respondent"}],
                     "countersigned": [{"fr": "le constat des points d'accord", "en": "the record of points agreed"}],
                     "signed_at": "Metz"},
        "writ": {"officer": {"name": "Me Luc Huissier", "seat": "7 rue Basse, 67000 Strasbourg"},
                 "served_on": dt.date(2024, 10, 10),
                 "amicable_steps": [{"fr": "une médiation proposée le 1er août 2024",
                                     "en": "mediation proposed on 1 August 2024"}]},
        "pleadings": {"number": 1, "date": dt.date(2025, 1, 15), "expert": True, "defence_costs": 6000,
                      "raised": ["time_bar"], "new_grounds": ["own_fault"]},
        "loss_report": {"date": dt.date(2024, 9, 1), "expert": "M. Paul Expert"},
    },
}


def complete(**changes: Any) -> dict[str, Any]:
    """Return the complete case as data, with some of its entries replaced (None: removed)."""
    data = copy.deepcopy(COMPLETE) | copy.deepcopy(changes)
    return {key: value for key, value in data.items() if value is not None}


def only(claimant: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the change that leaves one claimant alone in the case, settled for its own sum."""
    acts = copy.deepcopy(COMPLETE["acts"])
    acts["settlement"]["amounts"] = {claimant["id"]: 9000}
    return {"claimants": [claimant], "acts": acts, **changes}
