"""Evaluates an argument graph over all worlds at once.

Issues are met in an order in which each comes after all that it depends on (a pack is acyclic). A weighed issue adds
up log-odds: the prior (the burden), the weights of the applicable arguments, at most one per group and side; the
judge's appraisal adds a logistic draw, so that over the worlds the probability is the logistic of the sum. An
undercut argument counts nothing; a knock-out decides. The structure follows Carneades argument evaluation structures
(Gordon & Walton, COMMA 2016): premises, undercutters, weighing, acceptance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from vismajor.law.conditions import Condition
from vismajor.law.models import Issue, Law
from vismajor.reasoning.graph import Argument, Graph
from vismajor.reasoning.worlds import Column, Draws, Remembered, Truth

Keys = tuple[str, str]  # of a column: its own name, and a name shared by columns of the same probability
YES, NO = np.asarray(True), np.asarray(False)


@dataclass(frozen=True)
class Heard:
    """One argument over the worlds: where its premises hold and the court follows it, and where it is undercut."""

    argument: Argument
    raised: Truth
    undercut: Truth
    undercut_by: tuple[tuple[Condition, Truth], ...]

    @property
    def applies(self) -> Truth:
        """Where the argument counts."""
        return self.raised & ~self.undercut


@dataclass(frozen=True)
class Answer:
    """The answer to one issue over the worlds.

    `key` is equal for two claimants whose answer is the same column; `pleading` for two who plead the same, even if
    each has facts of its own still to be found (their columns then differ, their probability does not).
    """

    issue: str
    key: str
    pleading: str
    holds: Truth
    score: Column | None = None
    heard: tuple[Heard, ...] = ()
    conflict: Truth = field(default_factory=lambda: NO)


@dataclass
class Evaluation:
    """Evaluates graphs of one case on the same draws; answers that claimants share are computed once."""

    law: Law
    draws: Draws
    remembered: Remembered = field(init=False, repr=False)
    _answers: dict[str, Answer] = field(default_factory=dict, repr=False)
    _columns: dict[str, Truth] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.remembered = Remembered(self.draws)

    def answers(self, graph: Graph) -> dict[str, Answer]:
        """Return the answer to every issue of the pack for this graph, by issue id."""
        return _Pass(self, graph).run()

    def column(self, key: str, look: Callable[[], Truth]) -> Truth:
        """Return where a condition holds, looked at once for all graphs that share it."""
        if key not in self._columns:
            self._columns[key] = look()
        return self._columns[key]

    def remember(self, key: str, answer: Answer) -> Answer:
        """Keep an answer under its key, so that equal columns are one object."""
        return self._answers.setdefault(key, answer)

    def recall(self, key: str) -> Answer | None:
        """Return the answer kept under `key`."""
        return self._answers.get(key)


class _Pass:
    """One walk over one graph, in the order of the pack."""

    def __init__(self, evaluation: Evaluation, graph: Graph) -> None:
        self.law, self.draws, self.graph = evaluation.law, evaluation.remembered, graph
        self.evaluation = evaluation
        self.answered: dict[str, Answer] = {}
        self.derived: dict[str, list[tuple[bool | str, Truth, Keys]]] = {}
        self.conditions: dict[str, tuple[Truth, Keys]] = {}

    def run(self) -> dict[str, Answer]:
        for name in self.law.order:
            if name in self.law.issues:
                self.answered[name] = self._answer(self.law.issues[name])
            elif name in self.graph.derivations:
                self.derived[name] = [
                    (argument.rule.concludes[1], self._hear(argument).applies, self._argument_key(argument))
                    for argument in self.graph.derivations[name]
                ]
        return {issue: self.answered[issue] for issue in self.law.issues}

    def _answer(self, issue: Issue) -> Answer:
        arguments = self.graph.arguments.get(issue.id, ())
        appraisal = f"appraisal:{issue.id}"
        if issue.per_duty and issue.appraisal == "per_duty":
            appraisal += f"@{self.graph.duty}"
        parts = [(self.answered[name].key, self.answered[name].pleading) for name, _ in issue.elements()]
        parts += [self._argument_key(argument) for argument in arguments]
        keys = _digests([(issue.id, issue.id), (appraisal, appraisal), *parts])
        known = self.evaluation.recall(keys[0])
        if known is not None:
            return known
        answer = self._weigh(issue, arguments, keys, appraisal) if issue.weigh else self._compose(issue, keys)
        return self.evaluation.remember(keys[0], answer)

    def _compose(self, issue: Issue, keys: Keys) -> Answer:
        elements = [self.answered[name].holds == expected for name, expected in issue.elements()]
        combine = np.logical_and if issue.all else np.logical_or
        holds = elements[0]
        for element in elements[1:]:
            holds = combine(holds, element)
        return Answer(issue.id, *keys, np.asarray(holds))

    def _weigh(self, issue: Issue, arguments: Iterable[Argument], keys: Keys, appraisal: str) -> Answer:
        assert issue.weigh is not None
        heard = tuple(self._hear(argument) for argument in arguments)
        score: Column = np.asarray(float(issue.weigh.prior))
        groups: dict[tuple[str, bool], Column] = {}
        out, in_ = NO, NO
        for item in heard:
            argument, applies = item.argument, item.applies
            if argument.knocks_out:
                in_, out = (in_ | applies, out) if argument.argues_for else (in_, out | applies)
                continue
            weight = np.where(applies, argument.weight, 0.0)
            if argument.rule.group is None:
                score = score + weight
            else:
                group = (argument.rule.group, argument.argues_for)
                heavier = np.maximum if argument.argues_for else np.minimum
                groups[group] = heavier(groups.get(group, np.asarray(0.0)), weight)
        for weight in groups.values():
            score = score + weight
        holds = score + self.draws.logistic(appraisal) > 0
        conflict = in_ & out
        holds = np.where(in_ & ~out, True, np.where(out & ~in_, False, holds))
        return Answer(issue.id, *keys, np.asarray(holds), score, heard, conflict)

    def _hear(self, argument: Argument) -> Heard:
        raised = YES
        for condition in argument.rule.if_:
            raised = raised & self._holds(condition)
        if argument.chance < 1:
            raised = raised & (self.draws.uniform(f"question:{argument.rule.question_id}") < argument.chance)
        undercut_by = tuple(
            (condition, self._holds(condition)) for condition in argument.rule.unless if self.graph.possible(condition)
        )
        undercut = NO
        for _, truth in undercut_by:
            undercut = undercut | truth
        return Heard(argument, np.asarray(raised), np.asarray(undercut), undercut_by)

    def _holds(self, condition: Condition) -> Truth:
        """Return where a condition holds; each is looked at once per graph."""
        name = condition.text
        if name not in self.conditions:
            keys = self._name(condition)
            column = self.evaluation.column(f"{name}|{keys[0]}", lambda: self._look(condition))
            self.conditions[name] = (column, keys)
        return self.conditions[name][0]

    def _look(self, condition: Condition) -> Truth:
        if condition.on_issue:
            return np.asarray(self.answered[condition.name].holds == condition.values[0])
        finding = self.graph.findings.get(condition.name)
        if finding is not None:
            return finding.holds(condition, self.draws)
        truth = NO
        for value, applies, _ in self.derived.get(condition.name, ()):
            met = value not in condition.values if condition.operator == "!=" else value in condition.values
            truth = truth | (applies if met else NO)
        return np.asarray(truth)

    def _argument_key(self, argument: Argument) -> Keys:
        same = f"{argument.rule.id}|{argument.weight}|{argument.chance}"
        conditions = [
            (f"{condition.text}|{own}", f"{condition.text}|{alike}")
            for condition in (*argument.rule.if_, *argument.rule.unless)
            for own, alike in [self._condition_key(condition)]
        ]
        return _digests([(same, same), *conditions])

    def _condition_key(self, condition: Condition) -> Keys:
        self._holds(condition)
        return self.conditions[condition.text][1]

    def _name(self, condition: Condition) -> Keys:
        """Name the column of a condition: equal names, equal columns."""
        if condition.on_issue:
            return self.answered[condition.name].key, self.answered[condition.name].pleading
        finding = self.graph.findings.get(condition.name)
        if finding is None:
            return _digests([(f"{v}|{own}", f"{v}|{alike}") for v, _, (own, alike) in
                             self.derived.get(condition.name, ())])
        if finding.certain:
            certain = str(bool(np.all(finding.holds(condition, self.draws))))
            return certain, certain
        content = f"{finding.fact.model_dump_json(exclude={'exhibits', 'note'})}|{finding.likelihood}"
        return f"{finding.key}|{content}", content


def _digests(parts: Iterable[Keys]) -> Keys:
    own, alike = zip(*parts, strict=True) if (parts := list(parts)) else ((), ())
    return _digest(own), _digest(alike)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()
