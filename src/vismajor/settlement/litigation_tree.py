"""The suit as a litigation tree that counsel recognises: a partition of the worlds by the answers to its questions.

Every limb is a set of worlds: its probability is their share, its euros are their means, so that the tree and the
distribution are the same figures twice. For a group the questions ask whether one claimant at least is still in
(`questions`): all stand before one court, and a tree of what is common to them is the one that a settlement with the
group turns on; what sets claimants apart is in the tree of each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np

from vismajor.reasoning.worlds import Column, Truth
from vismajor.settlement.decision_tree import Chance, End, Node, Outlay
from vismajor.settlement.flows import worth
from vismajor.settlement.prospects import Prospects
from vismajor.settlement.questions import APPEAL, CAP, Question, questions_of
from vismajor.settlement.suit import Suit
from vismajor.settlement.valuation import Valuation

SELDOM = 0.005  # what happens in fewer worlds is no limb of its own
OTHER = "other"  # the seldom ways to lose, together
NOTHING = Decimal(0)
Worth = Literal["award", "claimants", "respondent"]


@dataclass(frozen=True)
class Limb:
    """A set of worlds: those in which the questions so far were answered so.

    `question`, `answer`: the last answer (`question` is None at the root, and OTHER for the seldom ways to lose). It
    holds in `worlds` of the `parent` worlds in which its fork is reached, of `total`. `means`, in euros: of the final
    award, of what the claimants of the tree are left with, of what the suit costs the respondent (for a group of all).
    `lost`: whether the first court grants nothing there but the price, where that is given back.
    """

    question: str | None
    answer: bool | None
    worlds: int
    parent: int
    total: int
    means: Mapping[Worth, Decimal]
    lost: bool
    limbs: tuple[Limb, ...]

    @property
    def share(self) -> float:
        """The probability of the limb."""
        return self.worlds / self.total

    @property
    def given(self) -> float:
        """Its probability once its fork is reached."""
        return self.worlds / self.parent

    @property
    def ends(self) -> tuple[Limb, ...]:
        """The ends of the tree from here on, in order."""
        return tuple(end for limb in self.limbs for end in limb.ends) or (self,)


@dataclass(frozen=True)
class LitigationTree:
    """The tree of `claimants` (one, or all) from its `root`; `questions`: those that split a limb, in order.

    `outlays`: what the first instance costs whatever comes, the claimants of the tree and the respondent, in euros of
    the date of knowledge, on average.
    """

    claimants: tuple[str, ...]
    root: Limb
    questions: tuple[str, ...]
    outlays: Mapping[Worth, Decimal]

    def node(self, worth: Worth) -> Node:
        """Return the tree as chances and ends whose value, rolled back, is the mean over the worlds.

        Seen by who receives: what the respondent pays is negative. What the first instance costs comes off first.
        """
        spent, sign = self.outlays.get(worth, NOTHING), -1 if worth == "respondent" else 1
        tree = _node(self.root, lambda limb: sign * limb.means[worth] + spent)
        return Outlay(spent, tree) if spent else tree


def _node(limb: Limb, value: Callable[[Limb], Decimal]) -> Node:
    if not limb.limbs:
        return End(value(limb))
    chances = [Decimal(below.worlds) / below.parent for below in limb.limbs]
    chances[-1] = 1 - sum(chances[:-1], NOTHING)  # to the last digit
    return Chance(tuple((chance, _node(below, value)) for chance, below in zip(chances, limb.limbs, strict=True)))


def litigation_tree(valuation: Valuation, suit: Suit, prospects: Prospects, claimant: str | None = None
                    ) -> LitigationTree:
    """Return the tree of one claimant, or of all of them together."""
    members = tuple(suit.judgments.final) if claimant is None else (claimant,)
    count = valuation.assessment.worlds.count
    columns: dict[Worth, Column] = {"award": _sum([prospects.awarded[name] for name in members]),
                                    "claimants": _sum([prospects.claimants[name] for name in members])}
    flows = [flow for name in members for flow in suit.spent[name] if flow.stage == "first_instance"]
    outlays: dict[Worth, Decimal] = {"claimants": _mean(worth(flows, float(suit.rates.claimants), count))}
    if claimant is None:
        columns["respondent"] = prospects.respondent
        flows = [flow for flow in suit.spent_by_respondent if flow.stage == "first_instance"]
        outlays["respondent"] = _mean(worth(flows, float(suit.rates.respondent), count))
    growth = _Growth(columns, tuple(questions_of(valuation, suit.judgments, members)), count)
    root = growth.root()
    used = {limb.question for limb in _limbs(root)}
    asked = [question.name for question in growth.questions if question.name in used]
    return LitigationTree(members, root, tuple(asked), outlays)


def _limbs(limb: Limb) -> list[Limb]:
    return [limb, *(one for below in limb.limbs for one in _limbs(below))]


def _sum(columns: Sequence[Column]) -> Column:
    return np.asarray(np.sum(columns, axis=0))


def _mean(column: Column) -> Decimal:
    return Decimal(float(column.mean()))


@dataclass(frozen=True)
class _Growth:
    """The means of some worlds, split question by question."""

    columns: Mapping[Worth, Column]
    questions: tuple[Question, ...]
    count: int

    def root(self) -> Limb:
        """Return the whole tree: first the seldom ways to lose, together, then the forks of all the rest."""
        everywhere = np.ones(self.count, dtype=np.bool_)
        apart = self._seldom()
        limbs = self._fork(everywhere & ~apart, self.questions, self.count)
        if not apart.any() or not limbs:
            limbs = self._fork(everywhere, self.questions, self.count)
            return self._limb(None, None, everywhere, self.count, (), False, limbs)
        other = self._limb(OTHER, None, apart, self.count, (), True)
        return self._limb(None, None, everywhere, self.count, (), False, (other, *limbs))

    def _seldom(self) -> Truth:
        """Return the worlds that are lost on questions on which a suit is seldom lost."""
        alive, apart = np.ones(self.count, dtype=np.bool_), np.zeros(self.count, dtype=np.bool_)
        for question in self.questions:
            if question.needed is not None:
                lost = alive & (question.yes != question.needed)
                if np.mean(lost) < SELDOM:
                    apart |= lost
                alive = alive & ~lost
        return apart

    def _fork(self, where: Truth, questions: Sequence[Question], parent: int, lost: bool = False
              ) -> tuple[Limb, ...]:
        """Return the limbs of the first question that splits these worlds; none where no question does."""
        for index, question in enumerate(questions):
            rest = questions[index + 1:]
            parts = {answer: where & (question.yes == answer) for answer in (True, False)}
            if question.needed is None:
                if min(part.sum() for part in parts.values()) >= SELDOM * self.count:
                    first = question.name == CAP  # what brings less comes first
                    return tuple(self._limb(question.name, answer, parts[answer], parent, rest, lost)
                                 for answer in (first, not first))
                continue
            out, on = parts[not question.needed], parts[question.needed]
            if out.any():
                over = self._limb(question.name, not question.needed, out, parent, _appeal(rest), True)
                if not on.any():
                    return (over,)
                return over, self._limb(question.name, question.needed, on, parent, rest, False)
        return ()

    def _limb(self, question: str | None, answer: bool | None, where: Truth, parent: int,
              rest: Sequence[Question], lost: bool, limbs: tuple[Limb, ...] | None = None) -> Limb:
        worlds = int(where.sum())
        below = self._fork(where, rest, worlds, lost) if limbs is None else limbs
        means: dict[Worth, Decimal] = {name: _mean(column[where]) for name, column in self.columns.items()}
        return Limb(question, answer, worlds, parent, self.count, means, lost, below)


def _appeal(questions: Sequence[Question]) -> Sequence[Question]:
    return [question for question in questions if question.name == APPEAL]
