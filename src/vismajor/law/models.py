"""The models of a law pack: vocabulary, sources, issues, rules, heads of loss, what is not encoded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Discriminator, Field, Tag

from vismajor.law.conditions import Condition
from vismajor.law.fitted import Fitted
from vismajor.law.heads import ChanceLeft, HeadKind, OwnFaultShare
from vismajor.law.rates import Rates
from vismajor.law.regimes import Regimes
from vismajor.law.settlement import SettlementRules
from vismajor.law.time_limits import TimeLimit
from vismajor.reading.scalars import (
    Bilingual,
    Flag,
    Id,
    IsoDate,
    Number,
    Period,
    Reading,
    Share,
    Status,
    Strict,
    Text,
)

Weight = Literal["decisive", "strong", "moderate", "weak", "knock_out"]
Side = Literal["claimants", "respondent"]


class Declaration(Strict):
    """A fact of the vocabulary: its type, the question that asks it, how each of its values is said.

    `states` maps each value (`true`, `false`, a choice) to a clause; a number, a date, a sum or a name uses `{value}`
    under the key `value`. `scope` says whose fact it is: common, a contract's, a claimant's, or that of one of several
    items (the name of a kind). `per_duty` facts may be stated apart for one duty, as `name@duty`. A `computed` fact
    follows from the rest of the case and cannot be stated. A `past` date is that of an act, never after the day of
    knowledge. `named` is what it is called where a rule compares it with another: “the building in which the server
    was”. `answered_by` names the facts that, once stated, leave nothing to ask about it; a `legal` one is a matter of
    law, which no client can find out. An `appraisal` is what a court concludes from other facts (“the cap is
    derisory”), not what a document shows. `by_amount`: of a choice, the values that change an award only by a sum which
    the case states elsewhere, with what is said instead of a figure. `adverse_to` names the side that does not
    volunteer the fact: its own act would be held against it.
    """

    type: Literal["bool", "choice", "number", "date", "money", "name"] = "bool"
    values: tuple[Text, ...] = ()
    unit: Text | None = None
    scope: Id = "common"
    computed: Flag = False
    past: Flag = False
    per_duty: Flag = False
    bears_on: tuple[Id, ...] = ()
    answered_by: tuple[Id, ...] = ()
    legal: Flag = False
    appraisal: Flag = False
    adverse_to: Side | None = None
    by_amount: dict[str, Bilingual] = {}
    asks: Bilingual
    named: Bilingual | None = None
    states: dict[str, Bilingual]


class Duty(Strict):
    """A duty that one party owed: what excuses one need not excuse another.

    `chance`: what share of a loss its breach leaves, where all that was lost is a chance of acting otherwise.
    """

    title: Bilingual
    short: Bilingual
    chance: ChanceLeft | None = None


class Kind(Strict):
    """A kind of thing of which a claimant may have several, such as servers; `of`: the kind that one belongs to.

    `the` introduces one of them by its id: “the server web-1”; `some` and `each` stand for any and every: “one of the
    servers at least”, “each of the servers”.
    """

    title: Bilingual
    the: Bilingual
    some: Bilingual
    each: Bilingual
    of: Id | None = None


class Words(Strict):
    """What `vocabulary.yaml` holds: duties, kinds of things, the default likelihood of each status."""

    duties: dict[str, Duty]
    kinds: dict[str, Kind] = {}
    likelihood_by_status: dict[Status, Share]


class Vocabulary(Words):
    """The words in which facts are stated."""

    facts: dict[str, Declaration]

    def kind_of(self, name: str) -> str | None:
        """Return the kind of thing that a fact describes, or None when it is not a fact of one of several items."""
        declaration = self.facts.get(name)
        return declaration.scope if declaration is not None and declaration.scope in self.kinds else None


SourceKind = Literal["statute", "decision", "report", "contract", "commentary", "argument"]
SOURCE_ORDER: tuple[SourceKind, ...] = get_args(SourceKind)  # in which sources are listed


class Source(Strict):
    """A text or a decision: where it is, when it counts, what it holds in our own words, how far it was read."""

    id: Id
    kind: SourceKind
    cite: Bilingual
    court: Text | None = None
    date: IsoDate | None = None
    number: Text | None = None
    in_force: Period | None = None
    url: Text | None = None
    holds: Bilingual
    read: Reading


class Weigh(Strict):
    """A weighed issue: `prior` is its log-odds when nothing is shown (the burden of proof)."""

    prior: Number


class Findings(Strict):
    """How the answer to an issue is said."""

    established: Bilingual
    not_established: Bilingual
    doubtful: Bilingual


class Issue(Strict):
    """A question the court answers: who bears the burden, how it is decided.

    Exactly one of `weigh` (arguments add up), `all`, `any` (names of issues, `not` before one reverses it).
    `appraisal: common` means that one court answers alike for every duty. Before `known_from` nobody asked it.
    `heading` is its title at the head of a part of an act: “Sur l'inexécution”.
    """

    id: Id
    title: Bilingual
    heading: Bilingual | None = None
    question: Bilingual
    burden: Side
    per_duty: Flag = True
    appraisal: Literal["common", "per_duty"] = "per_duty"
    weigh: Weigh | None = None
    all: tuple[Text, ...] = ()
    any: tuple[Text, ...] = ()
    findings: Findings
    known_from: IsoDate | None = None
    sources: tuple[Id, ...] = ()

    def elements(self) -> list[tuple[str, bool]]:
        """Return (issue id, expected answer) of each element of a composite issue."""
        return [(name.removeprefix("not "), not name.startswith("not ")) for name in (*self.all, *self.any)]


def _open_kind(value: object) -> str:
    return "steps" if isinstance(value, list | tuple) else "chance"


class OpenFrom(Strict):
    """From a date on, the chance that this court follows the rule."""

    from_: IsoDate = Field(alias="from")
    chance: Share


# One chance for all dates, or one from each date on.
Open = Annotated[
    Annotated[Share, Tag("chance")] | Annotated[tuple[OpenFrom, ...], Tag("steps"), Field(min_length=1)],
    Discriminator(_open_kind),
]


class Rule(Strict):
    """One rule: conditions, what undercuts it, what follows, with which weight, why and on which source."""

    id: Id
    duties: tuple[Id, ...] = ()
    if_: Annotated[tuple[Condition, ...], Field(min_length=1, max_length=12, alias="if")]
    unless: tuple[Condition, ...] = ()
    then: Annotated[dict[str, Any], Field(min_length=1)]
    weight: Weight | None = None
    group: Id | None = None
    in_force: Period | None = None
    known_from: IsoDate | None = None
    known_to: IsoDate | None = None
    open: Open | None = None
    question: Id | None = None
    because: Bilingual
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]

    @property
    def issue(self) -> str | None:
        """The issue that the rule argues, or None when it concludes a fact."""
        for side in ("for", "against"):
            if side in self.then:
                return str(self.then[side])
        return None

    @property
    def argues_for(self) -> bool:
        """Whether the rule speaks for its issue."""
        return "for" in self.then

    @property
    def concludes(self) -> tuple[str, bool | str]:
        """The fact and the value that an intermediate rule concludes."""
        name, value = next(iter(self.then.items()))
        return name, value

    @property
    def target(self) -> str:
        """The issue that the rule argues, or the fact that it concludes."""
        return self.issue or self.concludes[0]

    def chance(self, as_of: dt.date) -> float:
        """Return the chance that a court follows the rule, on what is known at `as_of`: 1.0 for settled law."""
        if self.open is None:
            return 1.0
        if not isinstance(self.open, tuple):
            return self.open
        started = [step for step in self.open if step.from_ <= as_of]
        return started[-1].chance if started else self.open[0].chance

    @property
    def question_id(self) -> str:
        """The name of the open question of law: rules that share it are followed together."""
        return self.question or self.id


class NotEncoded(Strict):
    """A point of law that the pack leaves out, and why; one that rests on a later decision is not told before it."""

    topic: Bilingual
    reason: Bilingual
    known_from: IsoDate | None = None


class PackHeader(Strict):
    """What `pack.yaml` says: the name and version of the pack, and what each weight adds in log-odds."""

    id: Id
    title: Bilingual
    version: Text
    weights: dict[Weight, Number]


class Law(PackHeader):
    """A whole pack, ready to reason with. `version` and `hash` go into every receipt."""

    folder: Path
    vocabulary: Vocabulary
    sources: dict[str, Source]
    issues: dict[str, Issue]
    rules: dict[str, Rule]
    heads: dict[str, HeadKind]
    own_fault_share: OwnFaultShare | None = None
    time_limits: dict[str, TimeLimit] = {}
    not_encoded: tuple[NotEncoded, ...]
    regimes: Regimes | None = None
    fitted: Fitted | None = None
    rates: Rates | None = None
    settlement: SettlementRules = SettlementRules()
    given: dict[str, bool] = {}
    """Answers that a scenario takes as given, by issue: no argument is heard on these."""
    hashes: dict[str, str]
    places: dict[str, str] = {}
    """Where each rule, issue and source stands, by id: `file:line:column`."""
    order: tuple[str, ...]
    """Facts and issues in an order in which each comes after all that it depends on."""

    @property
    def offers_open_for(self) -> int | None:
        """The months for which an offer without a term may be accepted; None where the pack has no rule."""
        return self.settlement.offers.open_for_months if self.settlement.offers else None

    def on(self, day: dt.date) -> Law:
        """Return the pack with its weights fitted to no decision given after `day`."""
        fitted = self.fitted.on(day) if self.fitted else None
        return self if fitted is self.fitted else self.model_copy(update={"fitted": fitted})

    def supposing(self, given: Mapping[str, bool], chances: Mapping[str, float]) -> Law:
        """Return the pack with answers taken as given, by issue, and other chances for open questions of law."""
        if not given and not chances:
            return self
        rules = {name: rule.model_copy(update={"open": chances[rule.question_id]})
                 if rule.open is not None and rule.question_id in chances else rule
                 for name, rule in self.rules.items()}
        return self.model_copy(update={"rules": rules, "given": {**self.given, **given}})

    def size(self, rule: Rule) -> float:
        """Return what a rule adds or takes away, in log-odds: as fitted to decisions, else as its word says."""
        if rule.weight is None:
            return 0.0
        found = self.fitted.rules.get(rule.id) if self.fitted else None
        return float(found.weight if found and rule.weight != "knock_out" else self.weights[rule.weight])

    def shown(self, issue: Issue) -> float | None:
        """Return the log-odds of an issue once something is shown for it, where decisions were looked at."""
        found = self.fitted.issues.get(issue.id) if self.fitted else None
        return float(found.prior) if found else None

    def appraised_with(self, issue: str) -> tuple[str, float] | None:
        """Return the composite issue whose elements a court may appraise as one with `issue`, and how often."""
        for composite, found in (self.fitted.together if self.fitted else {}).items():
            if any(issue == name for name, _ in self.issues[composite].elements()):
                return composite, found.share
        return None

    def sources_known(self, sources: Sequence[Id], day: dt.date, governing: dt.date | None = None) -> tuple[Id, ...]:
        """Return those of `sources` that are not decided after `day` and, if texts, are in force on `governing`."""
        def counts(source: Source) -> bool:
            in_force = governing is None or source.in_force is None or source.in_force.covers(governing)
            return in_force and not (source.date and source.date > day)

        return tuple(name for name in sources if counts(self.sources[name]))

    def as_known(self, rule: Rule, day: dt.date, governing: dt.date | None = None) -> Rule:
        """Return a rule without the decisions that came after `day`, and without texts not in force on `governing`."""
        known = self.sources_known(rule.sources, day, governing)
        return rule.model_copy(update={"sources": known}) if known and known != rule.sources else rule
