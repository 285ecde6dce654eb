"""The only types of which an act for the other side or the court may be made.

What must not leak cannot be reached: no probability, weight, accepted share, reservation value or note has a place in
them. A context is a frozen dataclass of these, of text, dates, whole numbers, sums, and tuples;
`foreign_types` refuses any other.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from vismajor.drafting.acts.blanks import Blank

Said = str | Blank
# How our side may state a fact: admitted by all, shown, shown but disputed, or only alleged.
Stance = Literal["admitted", "shown", "disputed", "alleged"]


@dataclass(frozen=True)
class ExhibitSaid:
    """An exhibit that exists at the date of the act: its title and its date (as far as known: 2021, 2021-03 …).

    `id` is counsel's own mark, never printed; `unread` where nobody on our side read it in full. `at`: the clause of it
    that is meant, by its number; empty for the whole.
    """

    id: str
    title: str
    date: str
    unread: bool
    at: str = ""


@dataclass(frozen=True)
class SourceSaid:
    """A text or a decision, cited; `statute` tells one from the other; `unread` where nobody read it in full."""

    id: str
    cite: str
    statute: bool
    unread: bool


@dataclass(frozen=True)
class PartySaid:
    """A party as an act names it; a company has form, capital, seat, registration and representative.

    A natural person (`natural`) has profession, domicile, nationality and birth instead; `feminine` for its gender.
    `address` is where it is written to. Empty text: not needed for this act.
    """

    name: str
    natural: bool
    feminine: bool
    form: Said
    capital: Decimal | Blank | None
    seat: Said
    registration: Said
    representative: Said
    address: Said
    profession: Said
    domicile: Said
    nationality: Said
    born_on: dt.date | Blank | None
    born_at: Said
    counsel: str


@dataclass(frozen=True)
class CounselSaid:
    """A law firm: its name, the lawyer who signs, the bar, the address."""

    firm: Said
    lawyer: Said
    bar: Said
    address: Said


@dataclass(frozen=True)
class CourtSaid:
    """The court: its name, its seat, the hearing, the chamber where one is designated, the number of the case."""

    name: Said
    seat: Said
    hearing: dt.date | Blank
    time: Said
    chamber: str
    case_number: str


@dataclass(frozen=True)
class ClauseSaid:
    """A clause in its own words: its number (or nothing), the titles of the terms that hold it, their exhibits."""

    number: str
    text: str
    terms: tuple[str, ...]
    exhibits: tuple[ExhibitSaid, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its paragraphs, a line each."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


@dataclass(frozen=True)
class FactPleaded:
    """One fact in a clause, without capital and final point; `again` where the discussion has already stated it.

    `stance`: how our side may state it; `restated` where the rules of its argument say the same already; `reason`: what
    is said for it, as a sentence without final point.
    """

    clause: str
    exhibits: tuple[ExhibitSaid, ...]
    stance: Stance = "shown"
    again: bool = False
    restated: bool = False
    reason: str = ""

    @property
    def pinned(self) -> bool:
        """Whether a clause is cited for it: in running text what follows stands between commas."""
        return any(exhibit.at for exhibit in self.exhibits)


@dataclass(frozen=True)
class ArgumentPleaded:
    """An argument of our side: rules (sentences), the facts that they meet, exhibits, sources.

    `unproved`: what would set it aside and the other side has to prove, as clauses.

    `duties`: for which duties alone it holds (titles), `whom`: for which claimants alone, by their numbers in the act
    (`those`: how they are called); empty: for all. `supposing`: clauses of what it supposes against our first answer:
    it is then pleaded in the alternative. `submitting` says who submits what is only alleged. `leads`: whether its
    scope can be said before it, in the same sentence. `turn` counts the arguments of a discussion from 0, to vary
    their wording.
    """

    rules: tuple[str, ...]
    facts: tuple[FactPleaded, ...]
    unproved: tuple[str, ...]
    sources: tuple[SourceSaid, ...]
    duties: tuple[str, ...]
    whom: tuple[int, ...]
    those: str
    supposing: tuple[str, ...]
    submitting: str
    leads: bool = True
    turn: int = 0

    @property
    def alternative(self) -> bool:
        """Whether it is pleaded in the alternative."""
        return bool(self.supposing)

    @property
    def new(self) -> tuple[FactPleaded, ...]:
        """The facts that neither the discussion nor the rules have stated."""
        return tuple(fact for fact in self.facts if not fact.again and not fact.restated)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is said for its facts, where the discussion has not said it before."""
        return tuple(dict.fromkeys(fact.reason for fact in self.facts if fact.reason and not fact.again))

    @property
    def proof(self) -> tuple[ExhibitSaid, ...]:
        """The exhibits of the facts that the rules themselves state."""
        return tuple(dict.fromkeys(exhibit for fact in self.facts if fact.restated for exhibit in fact.exhibits))

    @property
    def known(self) -> tuple[ExhibitSaid, ...]:
        """The exhibits of the facts that the rules state, and of the last fact that the discussion stated before."""
        last = [fact for fact in self.facts if fact.again and not fact.restated and fact.stance != "alleged"][-1:]
        return tuple(dict.fromkeys((*self.proof, *(exhibit for fact in last for exhibit in fact.exhibits))))

    @property
    def exhibits(self) -> tuple[ExhibitSaid, ...]:
        """The exhibits of all its facts, each once."""
        return tuple(dict.fromkeys(exhibit for fact in self.facts for exhibit in fact.exhibits))


@dataclass(frozen=True)
class AnswerPleaded:
    """An argument of the other side, which is said because it is answered.

    `set_aside`: by these facts; else `contradicted`: these facts are the contrary of what it supposes; else it rests on
    facts that the other side must prove and does not (`unproved`: these facts, as it alleges them). `sources`: the
    texts of the issue, where no exhibit supports the answer; the authorities of the other side are not cited for it.
    `clause` is the objection as one that can follow “que”; empty where it is more than one clause. `turn`, `those`
    and `submitting`: see `ArgumentPleaded`.
    """

    objection: str
    set_aside: tuple[FactPleaded, ...]
    contradicted: tuple[FactPleaded, ...]
    unproved: tuple[str, ...]
    sources: tuple[SourceSaid, ...]
    duties: tuple[str, ...]
    whom: tuple[int, ...]
    those: str
    clause: str
    submitting: str
    turn: int = 0


@dataclass(frozen=True)
class IssuePleaded:
    """One issue as our side pleads it: title, arguments, answers, conclusion, the texts that state its rule.

    `ours` where the burden of proof is on our side. `conclusion` is a sentence, which holds for `duties` and
    for claimants (`those`) alone (empty: for all). `quoted`: the clauses on which its arguments rest, where no issue
    before has quoted them.
    """

    id: str
    title: str
    sources: tuple[SourceSaid, ...]
    ours: bool
    arguments: tuple[ArgumentPleaded, ...]
    answers: tuple[AnswerPleaded, ...]
    duties: tuple[str, ...]
    those: str
    conclusion: str
    quoted: tuple[ClauseSaid, ...] = ()


@dataclass(frozen=True)
class RuleSaid:
    """What one text holds, in our own words (sentences), and the text."""

    text: str
    source: SourceSaid


@dataclass(frozen=True)
class SectionPleaded:
    """Issues told under one heading: one issue, or the conditions of one (the four of force majeure).

    `rules` state what those of its `sources` hold that no section before it has stated; `own` where they are the texts
    of the question itself, not those on which our answer rests. `whole`: whether our side argues each condition that it
    must prove; else the conclusion goes further than the arguments.
    """

    id: str
    title: str
    rules: tuple[RuleSaid, ...]
    sources: tuple[SourceSaid, ...]
    own: bool
    ours: bool
    issues: tuple[IssuePleaded, ...]
    conclusion: str
    whole: bool

    @property
    def duties(self) -> tuple[str, ...]:
        """The duties as to which alone its conclusion holds; empty for all, or where it is that of several issues."""
        return self.issues[0].duties if self.single else ()

    @property
    def those(self) -> str:
        """The claimants for whom alone its conclusion holds, as `duties`."""
        return self.issues[0].those if self.single else ""

    @property
    def single(self) -> bool:
        """Whether the section is one issue and no more."""
        return len(self.issues) == 1 and self.issues[0].id == self.id


@dataclass(frozen=True)
class HeadPleaded:
    """One head of loss: title, duties broken, sum claimed, first and last month, exhibits.

    `alternative`: the sum asked for a chance lost, only where counsel pleads it in the case.
    """

    title: str
    duties: tuple[str, ...]
    claimed: Decimal
    first: str
    last: str
    exhibits: tuple[ExhibitSaid, ...]
    alternative: Decimal | None
    restitution: bool


@dataclass(frozen=True)
class ContractPleaded:
    """A contract: the title of its terms, their version, when it was made and last renewed, monthly fees.

    `exhibits` are the contract itself, `terms_exhibits` the terms that the other side says govern it.
    """

    terms: str
    version: str
    concluded: dt.date
    renewed: dt.date | None
    monthly_fees: Decimal
    exhibits: tuple[ExhibitSaid, ...]
    terms_exhibits: tuple[ExhibitSaid, ...]


@dataclass(frozen=True)
class ClaimantPleaded:
    """One claimant: its number in the act, who it is, contracts, what befell it, heads; sums in euros.

    `received`: what was already paid on account; `due`: what is still asked.
    """

    number: int
    party: PartySaid
    contracts: tuple[ContractPleaded, ...]
    account: tuple[ToldSaid, ...]
    heads: tuple[HeadPleaded, ...]
    claimed: Decimal
    received: Decimal
    due: Decimal

    @property
    def alternative(self) -> Decimal | None:
        """The whole claim where each head pleaded so counts as a chance lost; None where none is pleaded so."""
        if all(head.alternative is None for head in self.heads):
            return None
        return sum((head.claimed if head.alternative is None else head.alternative for head in self.heads),
                   Decimal("0.00"))


@dataclass(frozen=True)
class InterestPleaded:
    """Interest as it is asked: capitalisation or not, whether sums to be given back are claimed, the texts."""

    notice: dt.date
    capitalisation: bool
    restitution: bool
    sources: tuple[SourceSaid, ...]


@dataclass(frozen=True)
class ToldSaid:
    """One paragraph of the account of the facts, or one dated step of the dispute (`date` empty for the account)."""

    date: str
    text: str
    exhibits: tuple[ExhibitSaid, ...]


@dataclass(frozen=True)
class OfferSaid:
    """An offer that was made, in words, with its amount in euros; `ours` where our side made it."""

    date: dt.date
    form: str
    amount: Decimal
    in_cash: bool
    ours: bool
    exhibits: tuple[ExhibitSaid, ...]
