"""Whom an insurer paid, wholly or in part: its claim against the party liable is lost where the insured waives it."""

from __future__ import annotations

from collections.abc import Iterator

from vismajor.case.models import Case, Claimant
from vismajor.law.models import Law


def paid_by_insurer(case: Case, law: Law) -> tuple[str, ...]:
    """Return the claimants whom an insurer paid by the date of knowledge, by id: by what they received, or by the fact.

    One of whom that is contested is among them: counsel is to mind it (C. assur. L. 121-12, para. 2).
    """
    paid = law.settlement.subrogation.paid if law.settlement.subrogation else ()
    return tuple(one.id for one in case.file.claimants
                 if _received(case, one) or any(value in paid for value in _stated(one, law)))


def perhaps_insured(case: Case, law: Law) -> tuple[str, ...]:
    """Return the claimants of whom nothing says whether an insurer paid, by id; none where the pack does not ask."""
    if law.settlement.subrogation is None:
        return ()
    return tuple(one.id for one in case.file.claimants
                 if not _received(case, one) and not any(True for _ in _stated(one, law)))


def _received(case: Case, claimant: Claimant) -> bool:
    return any(one.kind == "insurance" and one.date <= case.as_of for one in claimant.received)


def _stated(claimant: Claimant, law: Law) -> Iterator[object]:
    """Yield every value that the fact may have for a claimant, as it is stated."""
    rule = law.settlement.subrogation
    for name, fact in claimant.facts.items() if rule else ():
        if rule is not None and name.partition("@")[0] == rule.fact:
            yield from (value for value in (fact.value, fact.otherwise) if value is not None)
