"""One issue in words: the answer, how every claimant stands, the arguments of both sides."""

from __future__ import annotations

from dataclasses import dataclass

from vismajor.law.models import Source

LABELS = ("established", "doubtful", "not_established")


@dataclass(frozen=True)
class ArgumentSaid:
    """One argument in words; `aside` says, in a clause, when or why it does not count (empty where it simply does)."""

    reason: str
    premises: tuple[str, ...]
    exhibits: tuple[str, ...]
    sources: tuple[Source, ...]
    weight: str
    aside: str


@dataclass(frozen=True)
class StandingSaid:
    """The answer to one issue for some groups and one duty: `groups` is empty where it holds for every claimant.

    `answer` is the word for the label (in `words`), which says where the probability is close to another answer.
    """

    duty: str
    groups: tuple[str, ...]
    chance: str
    label: str
    answer: str
    finding: str

    @property
    def band(self) -> str:
        """What the probability amounts to: established, doubtful or not established."""
        return next(label for label in LABELS if self.answer.startswith(f"answer_{label}"))


@dataclass(frozen=True)
class IssueSaid:
    """One issue: the leading answer with its arguments, and how every claimant stands.

    `affirmed` is the finding that goes with a yes, of which the probabilities are.

    `answer` is that of a StandingSaid; `span` is the range of the probability over all claimants
    and duties, `by_duty` the same range duty by duty.

    `further`: for each other duty, the arguments for and against that the leading answer does not hold; `settled` where
    hardly any court would answer otherwise, for any claimant: one line is enough.
    """

    id: str
    title: str
    question: str
    burden: str
    duty: str
    groups: tuple[str, ...]
    probability: float
    standard_error: float
    label: str
    answer: str
    span: str
    finding: str
    affirmed: str
    arguments_for: tuple[ArgumentSaid, ...]
    arguments_against: tuple[ArgumentSaid, ...]
    standings: tuple[StandingSaid, ...]
    by_duty: tuple[tuple[str, str], ...]
    further: tuple[tuple[str, tuple[ArgumentSaid, ...], tuple[ArgumentSaid, ...]], ...]
    weighed: bool
    conflict: str
    elements: tuple[str, ...]
    settled: bool

    @property
    def labels(self) -> frozenset[str]:
        """The answers that the claimants get, over all duties: one where they are all answered alike."""
        return frozenset(standing.label for standing in self.standings)

    @property
    def silent(self) -> bool:
        """Whether an issue that is weighed has no argument on either side, for any duty."""
        return self.weighed and not self.conflict and not (self.arguments_for or self.arguments_against or self.further)

    @property
    def bands(self) -> tuple[str, ...]:
        """What the probabilities amount to, over all duties and claimants, the most favourable first."""
        return tuple(label for label in LABELS if any(standing.band == label for standing in self.standings))

    @property
    def alike(self) -> bool:
        """Whether every claimant gets the same answer for every duty, none of them close to another answer."""
        return {standing.answer for standing in self.standings} == {f"answer_{self.label}"}
