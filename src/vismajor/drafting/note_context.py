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
from vismajor.drafting.decision_said import Decision, Suit
from vismajor.drafting.groups import Group, GroupsAlike
from vismajor.drafting.issue_said import IssueSaid
from vismajor.drafting.nothing_due import Cause
from vismajor.drafting.receipt import Receipt
from vismajor.drafting.studies_said import InquirySaid, ScenarioSaid
from vismajor.drafting.weaknesses_said import Weaknesses
from vismajor.law.models import Source
from vismajor.settlement.advice import Ground, Place, Position
from vismajor.settlement.valuation import OfferStanding, StandingOffers, Value, last_open


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
    exhibits_count: int
    unread_exhibits: int
    unread_terms: tuple[str, ...]
    deadlines: tuple[DeadlineSaid, ...]
    proof: Proof | None
    not_encoded: tuple[tuple[str, str], ...]
    offers: tuple[tuple[str, dt.date], ...]
    standing: StandingOffers | None
    advice: AdviceSaid
    causes: tuple[Cause, ...]
    decision: Decision
    sides: BargainSaid | None
    suit: Suit | None
    patterns: tuple[str, ...]
    proposal: str
    weaknesses: Weaknesses
    scenarios: tuple[ScenarioSaid, ...]
    scenarios_left: tuple[str, ...]
    inquiries: tuple[InquirySaid, ...]
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
