"""The context of the internal negotiation note: all that its template may say, already in words.

The note is for our own side's eyes: its context holds probabilities and weaknesses. Documents for others get another
context type, which does not.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from vismajor.case.models import Exhibit
from vismajor.drafting import typography
from vismajor.drafting.bargain_said import BargainSaid
from vismajor.drafting.deadlines_said import DeadlineSaid
from vismajor.drafting.receipt import Receipt
from vismajor.law.models import Source
from vismajor.settlement.advice import Ground, Place, Position
from vismajor.settlement.valuation import OfferStanding, StandingOffers, Value, last_open

LABELS = ("established", "doubtful", "not_established")


@dataclass(frozen=True)
class Group:
    """Claimants who plead the same on every issue: a letter, their names, their terms and since when, their traits."""

    letter: str
    names: str
    ids: tuple[str, ...]
    terms: str
    agreed: str
    traits: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """How often the engine agreed with courts on decisions that its weights had not seen.

    `behind`: the number of decisions, known at the date of the case, on which its weights rest.
    """

    decisions: int
    correct: int
    accuracy: float
    behind: int


@dataclass(frozen=True)
class GroupsAlike:
    """Groups with the same terms and traits, told together; `apart` names the issues on which they differ."""

    groups: tuple[Group, ...]
    apart: tuple[str, ...]

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the groups."""
        return tuple(group.letter for group in self.groups)

    @property
    def terms(self) -> str:
        """The title of the terms that bind them all."""
        return self.groups[0].terms

    @property
    def traits(self) -> tuple[str, ...]:
        """What they all have, and not every claimant of the case."""
        return self.groups[0].traits


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


@dataclass(frozen=True)
class FactSaid:
    """One fact stated in the case, in words."""

    clause: str
    status: str
    likelihood: float
    exhibits: tuple[str, ...]


@dataclass(frozen=True)
class OpenFactSaid:
    """A question still to be answered, and what the answer would change."""

    question: str
    issue: str
    now: float
    then: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class InterestSaid:
    """The interest that the claimants ask for, together, in euros; `unconfirmed` where a rate is not confirmed.

    `planned` where the notice is still to be served; `earlier`: how likely the court lets damages bear interest from
    it; `restitution` where sums to be given back are claimed; `sources`: the texts in force for the contracts.
    """

    notice: dt.date
    planned: bool
    until: dt.date
    amount: Decimal
    capitalised: bool
    unconfirmed: bool
    earlier: float
    restitution: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class AdviceSaid:
    """The advice on the offer, its amounts rounded for a sentence: see Advice.

    `most`: what the respondent would pay at most, `least`: what the claimants must get at least (`target`, `place`,
    `least` and `most` where the case says what the suit costs, else None).
    """

    position: Position
    opening: Decimal
    opening_on: Ground
    limit: Decimal
    floor: Decimal
    worse: float
    deciding: tuple[IssueSaid, ...]
    obstacle: IssueSaid | None
    otherwise: str
    otherwise_count: int
    target: Decimal | None = None
    place: Place | None = None
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class HeadSaid:
    """One kind of loss over all claimants: how many claim it, the sums in euros, what the law does with it.

    `chance` is what is pleaded in the alternative as a chance lost; None where none is.
    """

    title: str
    claimants: int
    claimed: Decimal
    documented: Decimal
    provable: Decimal
    chance: Decimal | None
    treatment: str


@dataclass(frozen=True)
class ClaimantRow:
    """One claimant in the tables."""

    name: str
    group: str
    documented: Decimal
    provable: Decimal
    low: Decimal
    high: Decimal
    cap: Decimal | None
    value: Value

    @property
    def offer(self) -> OfferStanding | None:
        """The last offer that the respondent made to this claimant, if it still stands."""
        return last_open(self.value)


@dataclass(frozen=True)
class NegotiationNote:
    """Everything the internal note may say."""

    language: str
    title: str
    notice: str
    acting_for: str
    as_of: dt.date
    claimants_count: int
    respondent: str
    counsel: str
    incident: str
    incident_date: dt.date
    incident_place: str
    account: tuple[tuple[str, tuple[str, ...]], ...]
    procedure: tuple[tuple[str, str, tuple[str, ...]], ...]
    facts: tuple[FactSaid, ...]
    groups: tuple[Group, ...]
    alike: tuple[GroupsAlike, ...]
    issues: tuple[IssueSaid, ...]
    heads: tuple[HeadSaid, ...]
    interest: InterestSaid | None
    costs: bool
    rows: tuple[ClaimantRow, ...]
    together: Value
    open_facts: tuple[OpenFactSaid, ...]
    sources: tuple[Source, ...]
    exhibits: tuple[Exhibit, ...]
    claimants_exhibits: tuple[tuple[str, tuple[str, ...]], ...]
    unread_terms: tuple[str, ...]
    deadlines: tuple[DeadlineSaid, ...]
    proof: Proof | None
    not_encoded: tuple[tuple[str, str], ...]
    offers: tuple[tuple[str, dt.date], ...]
    standing: StandingOffers | None
    advice: AdviceSaid
    sides: BargainSaid | None
    receipt: Receipt
    worlds: int
    seed: str

    def issue(self, issue_id: str) -> IssueSaid:
        """Return one issue by its id."""
        return next(issue for issue in self.issues if issue.id == issue_id)

    @property
    def discussed(self) -> tuple[IssueSaid, ...]:
        """The issues on which there is something to discuss."""
        return tuple(issue for issue in self.issues if not issue.settled and not issue.silent)

    @property
    def silent(self) -> tuple[IssueSaid, ...]:
        """The issues on which nothing is argued, and that are not settled: one line each is enough."""
        return tuple(issue for issue in self.issues if issue.silent and not issue.settled)

    @property
    def settled(self) -> tuple[IssueSaid, ...]:
        """The issues on which there hardly is."""
        return tuple(issue for issue in self.issues if issue.settled)

    @property
    def traits(self) -> tuple[str, ...]:
        """The traits that set some groups apart, each once."""
        return tuple(dict.fromkeys(trait for group in self.groups for trait in group.traits))

    @property
    def documented(self) -> Decimal:
        """What all claimants together document, in euros."""
        return sum((row.documented for row in self.rows), Decimal("0.00"))

    @property
    def provable(self) -> Decimal:
        """What a court would probably accept of it, in euros."""
        return sum((row.provable for row in self.rows), Decimal("0.00"))

    @property
    def has_margin(self) -> bool:
        """Whether some claimant claims a loss whose amount is known within an interval only."""
        return any(row.low != row.high for row in self.rows)

    @property
    def worlds_shown(self) -> str:
        """The number of simulated outcomes, as it is printed."""
        return typography.number(self.worlds, self.language)

    @property
    def beyond_cap(self) -> int:
        """The number of claimants whose last offer exceeds what the cap would leave them."""
        return sum(row.offer is not None and row.cap is not None and row.offer.amount > row.cap for row in self.rows)

    @property
    def better_judged(self) -> int:
        """The number of claimants to whom, taken alone, judgment more often than not brings more than the offer."""
        return sum(row.offer is not None and row.offer.judgment_brings_more > 0.5 for row in self.rows)

    @property
    def unread(self) -> tuple[Source, ...]:
        """The sources that nobody has read in full: to be verified before anything is signed."""
        return tuple(source for source in self.sources if source.read != "full")
