"""All checks of a case file together: of the data as written, and of the model that they make."""

from __future__ import annotations

from collections.abc import Mapping

from vismajor.case.acts import check_acts
from vismajor.case.checks import check_dates, check_items, check_margins, check_references
from vismajor.case.clause_checks import check_clauses
from vismajor.case.fact_checks import check_facts
from vismajor.case.fact_dates import check_fact_dates
from vismajor.case.head_checks import check_heads
from vismajor.case.models import CaseFile
from vismajor.case.names import Names
from vismajor.case.offer_checks import check_offers
from vismajor.case.proceeding_checks import check_proceedings
from vismajor.case.scenarios import check_evidence
from vismajor.case.series import Books
from vismajor.reading.problems import Problem
from vismajor.reading.yaml_source import YamlSource


def check_data(source: YamlSource, names: Names) -> list[Problem]:
    """Check names and values on the raw data: a wrong key elsewhere hides nothing."""
    return [*check_facts(source, names.catalog, names.kinds), *check_fact_dates(source, names.catalog),
            *check_references(source, names.duties), *check_items(source, names.kinds),
            *check_evidence(source, names.catalog), *check_acts(source, names.sources, names.issues),
            *check_offers(source), *check_clauses(source, names.catalog)]


def check_model(source: YamlSource, names: Names, model: CaseFile, books: Mapping[str, Books]) -> list[Problem]:
    """Check heads of loss, dates, the months of lost margins and the suit."""
    return [*check_heads(source, model, names.heads), *check_dates(source, model),
            *check_margins(source, model, books), *check_proceedings(source, model)]
