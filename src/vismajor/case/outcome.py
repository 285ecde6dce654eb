"""What courts decided of a case (`outcome.yaml`), to compare with what was foreseen; no rule reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from vismajor.case.models import Case
from vismajor.case.reader import case_path
from vismajor.reading.problems import InvalidInput, Problem, nearest, problem
from vismajor.reading.scalars import IsoDate, Money, Reading, Strict, Text
from vismajor.reading.validation import validate
from vismajor.reading.yaml_source import Path_, YamlSource, load_yaml

OUTCOME_FILE = "outcome.yaml"
Ruling = Literal["established", "rejected"]


@dataclass(frozen=True)
class Question:
    """What an outcome must know of an issue: whether its answer may differ from one duty to another, and since when
    it is asked (None: always).
    """

    per_duty: bool
    known_from: dt.date | None = None


class Amount(Strict):
    """A sum that a source reports of a decision: euros, what they are for, and the source (an address)."""

    euros: Money
    what: Text
    source: Text


class CaseDecision(Strict):
    """One decision. `held`: by issue of the law pack (or `issue@duty`), what the court answered; absent: not known.

    `awarded` is the principal (no interest, no costs), one of the `amounts` reported. `as_of` is the day on which the
    program is asked; the day before where left out. `other_dispute` names the parties where the decision was given in
    another dispute: it is then compared at the case's own date of knowledge, and no amount is.
    """

    court: Text
    date: IsoDate
    as_of: IsoDate | None = None
    number: Text | None = None
    read: Reading
    other_dispute: Text | None = None
    result: Text | None = None
    held: dict[Text, Ruling] = {}
    awarded: Money | None = None
    reported: dict[Text, Text] = {}
    amounts: tuple[Amount, ...] = ()
    sources: tuple[Text, ...] = ()
    not_found: tuple[Text, ...] = ()

    def asked_on(self, case: Case) -> dt.date:
        """Return the day on which the program is asked: of a decision in the case, the day before unless stated."""
        if self.as_of is not None:
            return self.as_of
        return case.as_of if self.other_dispute else self.date - dt.timedelta(days=1)


class CaseOutcome(Strict):
    """Everything that `outcome.yaml` holds."""

    decisions: Annotated[tuple[CaseDecision, ...], Field(min_length=1)]
    sources_of_the_facts: tuple[Text, ...] = ()


def outcome_path(path: Path) -> Path:
    """Return where the outcome of the case in the folder (or file) `path` lies."""
    return case_path(path).parent / OUTCOME_FILE


def read_outcome(path: Path, case: Case, issues: Mapping[str, Question]) -> CaseOutcome:
    """Read the outcome of the case in the folder (or file) `path`.

    `issues` holds the issues of the law pack.
    Raises InvalidInput with every problem found.
    """
    file = outcome_path(path)
    if not file.is_file():
        raise InvalidInput([problem(str(file), (1, 1), "no_outcome")])
    source = load_yaml(file)
    problems = list(_check_held(source, case, issues))
    outcome, found = validate(CaseOutcome, source)
    problems += found
    if outcome is not None:
        problems += _check_decisions(source, case, outcome, issues)
    if problems or outcome is None:
        raise InvalidInput(problems)
    return outcome


def _check_held(source: YamlSource, case: Case, issues: Mapping[str, Question]) -> Iterator[Problem]:
    """Check, however broken the rest is, that each answer is to an issue of the pack, for a duty that is invoked."""
    invoked = {duty for claimant in case.file.claimants for head in claimant.heads for duty in head.duties}
    for path, name in _names_held(source.data):
        issue, at, duty = name.partition("@")
        if issue not in issues:
            yield source.problem(path, "unknown_issue", read=issue, nearest=nearest(issue, issues))
        elif at and not issues[issue].per_duty:
            yield source.problem(path, "issue_not_per_duty", read=name)
        elif at and duty not in invoked:
            yield source.problem(path, "duty_not_invoked", read=duty, nearest=nearest(duty, invoked))


def _names_held(data: Any) -> Iterator[tuple[Path_, str]]:
    decisions = data.get("decisions") if isinstance(data, dict) else None
    for index, decision in enumerate(decisions if isinstance(decisions, list) else []):
        held = decision.get("held") if isinstance(decision, dict) else None
        yield from ((("decisions", index, "held", name), name) for name in (held if isinstance(held, dict) else {}))


def _check_decisions(source: YamlSource, case: Case, outcome: CaseOutcome, issues: Mapping[str, Question]
                     ) -> Iterator[Problem]:
    """Check that each decision comes after the day on which the program is asked, and that its award is reported."""
    for index, decision in enumerate(outcome.decisions):
        at = ("decisions", index)
        asked, incident = decision.asked_on(case), case.file.incident.date
        asked_at = (*at, "as_of" if decision.as_of else "date")
        if asked < incident:
            yield source.problem(asked_at, "date_before", read=asked, other=incident, what="incident.date")
        if asked >= decision.date:
            yield source.problem(asked_at, "decision_already_known", read=decision.date, other=asked)
        for name in decision.held:
            question = issues.get(name.partition("@")[0])
            if question and question.known_from and question.known_from > asked:
                yield source.problem((*at, "held", name), "issue_held_too_early", read=name, other=question.known_from)
        if decision.awarded is None:
            continue
        reported = [str(amount.euros) for amount in decision.amounts]
        if decision.other_dispute:
            yield source.problem((*at, "awarded"), "awarded_in_other_dispute", read=decision.awarded)
        elif str(decision.awarded) not in reported:
            yield source.problem((*at, "awarded"), "awarded_not_reported", read=decision.awarded,
                                 expected=", ".join(reported) or "–", )
