"""The models of a case file: parties, contracts, incident, facts, claimants, heads of loss, exhibits, offers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from vismajor.case.account_map import AccountMap
from vismajor.case.acts import Acts
from vismajor.case.contracts import Contract, Terms
from vismajor.case.costs import CostsClaim, InterestClaim
from vismajor.case.customers import CustomerBook
from vismajor.case.facts import Facts
from vismajor.case.heads import HeadOfLoss
from vismajor.case.incident import Incident, Step, Told
from vismajor.case.offers import Offer
from vismajor.case.parties import Counsel, Party
from vismajor.case.proceedings import Bargaining, Inquiry, Proceedings
from vismajor.case.scenarios import Scenario
from vismajor.case.series import Books
from vismajor.reading.scalars import (
    Bilingual,
    Flag,
    Id,
    IsoDate,
    Language,
    Money,
    Month,
    PartialDate,
    Reading,
    Share,
    Strict,
    Text,
    last_day,
)
from vismajor.reading.yaml_source import YamlSource


class Exhibit(Strict):
    """A document of the file. `date` is the day from which it could be produced; `read` how far counsel read it.

    `expected`: counsel knows at the date of knowledge that it is to come (a report ordered, an answer promised).
    Without it an exhibit that is later than that date does not exist yet, and nothing tells of it.
    """

    id: Id
    title: Text
    date: PartialDate
    file: Text | None = None
    url: Text | None = None
    read: Reading = "full"
    expected: Flag = False

    @property
    def available_from(self) -> dt.date:
        """The last day that its date may mean: before it, nothing may rest on this exhibit."""
        return last_day(self.date)


class Break(Strict):
    """Months that do not speak for what would have been: a closure, a strike, a one-off order; both included."""

    from_: Month = Field(alias="from")
    to: Month
    why: Bilingual

    @model_validator(mode="after")
    def _in_order(self) -> Break:
        if self.to < self.from_:
            raise PydanticCustomError("dates_out_of_order", "an end that is not before the beginning")
        return self


class Accounts(Strict):
    """Where the claimant's figures are: a monthly table (CSV, XLSX), or its ledger (FEC, one file a financial year).

    `account_map` says which accounts are revenue and which share of which accounts varies with it, by the beginning
    of their numbers. `variable_cost_rate` is the share of revenue that variable costs take; a ledger shows it itself,
    and so does a table with a column of variable costs.
    `unaffected` is a monthly table that the event did not touch; `breaks` are known exceptional months.
    """

    revenue: Text | None = None
    ledger: tuple[Text, ...] = ()
    account_map: AccountMap | None = None
    variable_cost_rate: Share | None = None
    unaffected: Text | None = None
    breaks: tuple[Break, ...] = ()
    exhibits: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _has_one_source(self) -> Accounts:
        if (self.revenue is None) == (not self.ledger):
            raise PydanticCustomError("accounts_without_source", "exactly one of revenue, ledger")
        return self


class Item(Strict):
    """One of several things of a claimant (a server, a backup): its kind, what it belongs to, its own facts.

    A fact of its kind that is stated at the claimant holds for each item that does not state it otherwise.
    """

    id: Id
    kind: Id
    of: tuple[Id, ...] = ()
    facts: Facts = {}


class Received(Strict):
    """What the claimant received because of the event, known from its date on.

    An indemnity of the respondent is credited on the debt, after the cap; a voucher or free months only where they were
    agreed as payment. What an insurer paid leaves the claimant, who keeps the claim for the rest (C. ass. L. 121-12;
    C. civ. 1346-3). `contract` is needed where the claimant has several. `heads`: those that the insurer paid for (all
    of the contract where none is named).
    """

    id: Id
    kind: Literal["indemnity", "voucher", "free_months", "insurance"]
    date: IsoDate
    amount: Money
    agreed_as_payment: Flag = False
    contract: Id | None = None
    heads: tuple[Id, ...] = ()
    exhibits: tuple[Id, ...] = ()


class Claimant(Party):
    """Who claims: identity, sector and size, contract, facts of its own, accounts, heads of loss, what it received.

    `account`: what it does and what befell it, told after the incident's own. `vat_recovered`: the share of the tax on
    its purchases that it deducts: that share is no loss. `interest` and `costs` replace those of the case.
    """

    id: Id
    sector: Text | None = None
    size: Literal["very_small", "small_or_medium", "large", "unstated"] = "unstated"
    contract: Contract | None = None
    contracts: tuple[Contract, ...] = ()
    account: tuple[Told, ...] = ()
    facts: Facts = {}
    items: tuple[Item, ...] = ()
    accounts: Accounts | None = None
    heads: tuple[HeadOfLoss, ...] = ()
    received: tuple[Received, ...] = ()
    vat_recovered: Share = 1.0
    interest: InterestClaim | None = None
    costs: CostsClaim | None = None
    exhibits: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _has_contracts(self) -> Claimant:
        named = [contract.id for contract in self.contracts]
        unnamed = len(named) > 1 and (None in named or len(set(named)) < len(named))
        if unnamed:
            raise PydanticCustomError("contracts_without_id", "contracts each with an id of its own")
        if (self.contract is None) != bool(named):
            raise PydanticCustomError("contract_or_contracts", "one contract, or contracts each with an id")
        return self

    @property
    def agreements(self) -> tuple[Contract, ...]:
        """The claimant's contracts, in the order of the file."""
        return self.contracts or (() if self.contract is None else (self.contract,))


@dataclass(frozen=True)
class Claim:
    """What one claimant claims under one contract: the court answers claim by claim, and a cap counts for one of them.

    `id` is the claimant's, followed by the contract's where there are several.
    """

    claimant: Claimant
    contract: Contract

    @property
    def id(self) -> str:
        """The claimant's id, or `claimant/contract`."""
        several = len(self.claimant.agreements) > 1
        return f"{self.claimant.id}/{self.contract.id}" if several else self.claimant.id

    @property
    def heads(self) -> tuple[HeadOfLoss, ...]:
        """The heads of loss under this contract; a claimant with one contract need not name it."""
        only = len(self.claimant.agreements) == 1
        return tuple(head for head in self.claimant.heads
                     if (only if head.contract is None else head.contract == self.contract.id))


class CaseFile(Strict):
    """Everything that `case.yaml` holds.

    `expected`: the chance that a yes-or-no fact which nobody states turns out to be so, for what knowing it is worth.
    """

    title: Bilingual
    notice: Bilingual | None = None
    language: Language = "fr"
    law: Id
    as_of: IsoDate
    acting_for: Literal["claimants", "respondent"]
    respondent: Party
    counsel: Counsel | None = None
    opposing_counsel: Counsel | None = None
    incident: Incident
    facts: Facts = {}
    contracts: Annotated[tuple[Terms, ...], Field(min_length=1)]
    claimants: Annotated[tuple[Claimant, ...], Field(min_length=1)]
    exhibits: tuple[Exhibit, ...] = ()
    offers: tuple[Offer, ...] = ()
    procedure: tuple[Step, ...] = ()
    interest: InterestClaim | None = None
    costs: CostsClaim | None = None
    proceedings: Proceedings | None = None
    bargaining: Bargaining = Bargaining()
    evidence: tuple[Inquiry, ...] = ()
    expected: dict[Text, Share] = {}
    scenarios: tuple[Scenario, ...] = ()
    acts: Acts = Acts()


Incident.model_rebuild()


class Case(Strict):
    """A case as read: the file, the accounts by claimant, the customers lists by claimant and head of loss.

    `folder` is where it lies, `hashes` those of all that was read, `source` the file as written. `given` holds answers
    to issues and `chances` those of open questions of law, where a scenario takes them otherwise than the law pack.
    """

    file: CaseFile
    books: dict[str, Books]
    customers: dict[tuple[str, str], CustomerBook] = {}
    folder: Path
    hashes: dict[str, str]
    source: YamlSource = Field(repr=False)
    given: dict[str, bool] = {}
    chances: dict[str, float] = {}
    version: bool = False
    """Whether a scenario has already been applied."""

    @property
    def as_of(self) -> dt.date:
        """The date of knowledge: later exhibits and decisions are not used."""
        return self.file.as_of

    @property
    def seed(self) -> str:
        """The name from which draws follow unless another is given: the folder's."""
        return self.folder.resolve().name

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, in the order of the file: one for each contract of each claimant."""
        return tuple(Claim(claimant, contract) for claimant in self.file.claimants for contract in claimant.agreements)

    def claim(self, claim_id: str) -> Claim:
        """Return a claim by its id."""
        return next(claim for claim in self.claims if claim.id == claim_id)

    def name_of(self, claim_id: str) -> str:
        """Return the name of the claimant of a claim, with the contract where it has several."""
        claim = self.claim(claim_id)
        return claim.claimant.name if claim.id == claim.claimant.id else f"{claim.claimant.name} ({claim.contract.id})"

    def terms_of(self, contract: Contract) -> Terms:
        """Return the terms that a contract refers to."""
        return next(terms for terms in self.file.contracts if terms.id == contract.terms)

    def cap_of(self, contract: Contract) -> Decimal | None:
        """Return the ceiling of the clause that limits liability under a contract, in euros, or None without one."""
        cap = self.terms_of(contract).cap
        if cap is None:
            return None
        if cap.amount is not None:
            return cap.amount
        return contract.monthly_fees * (cap.months_of_fees or 0)

    @cached_property
    def exhibits_known(self) -> dict[str, Exhibit]:
        """The exhibits that exist at `as_of`, by id, in the order of the file."""
        return {exhibit.id: exhibit for exhibit in self.file.exhibits if exhibit.available_from <= self.as_of}

    def known(self, facts: Facts) -> Facts:
        """Return the facts that do not rest on later exhibits alone."""
        available = self.exhibits_known
        return {
            name: fact for name, fact in facts.items()
            if not fact.exhibits or any(exhibit in available for exhibit in fact.exhibits)
        }

    def at(self, as_of: dt.date) -> Case:
        """Return the same case with another date of knowledge."""
        return self._with(as_of=as_of)

    def said_in(self, language: Language) -> Case:
        """Return the same case told in another language than its own."""
        return self._with(language=language)

    def _with(self, **updates: object) -> Case:
        return self.model_copy(update={"file": self.file.model_copy(update=updates)})
