"""The workbook that goes with a loss report: these claimants alone, nothing internal, the report's own exhibits."""

from __future__ import annotations

from collections.abc import Mapping

from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.words import words


def loss_workbook(matter: Matter, exhibits: Mapping[str, str], title: str, receipt: str) -> bytes:
    """Return the workbook (XLSX) in the language of the act, with the bounds of what was measured.

    `exhibits`: how the report names each exhibit, by counsel's own mark. Interest is counted up to the report's day.
    """
    from vismajor.drafting.workbook import Disclosure, write_workbook  # noqa: PLC0415 — slow to import

    case, terms = matter.case.said_in(matter.language), matter.case.file.acts.loss_report
    disclosure = Disclosure(title, words(matter.language)["loss_report_workbook_mark"],
                            terms.until or terms.date or case.as_of, exhibits, receipt)
    return write_workbook(case, matter.law, matter.losses, matter.assessment.worlds, "expert", with_intervals=True,
                          disclosure=disclosure)
