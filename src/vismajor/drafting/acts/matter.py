"""The matter of an act: a case as one side may tell it to the other or to the court.

Everything that goes out is built here and in the modules beside it: exhibits that exist at the date of knowledge and
belong to no other claimant, sources with how far they were read, facts as our side states them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from vismajor.case.acts import Stage
from vismajor.case.contracts import Contract
from vismajor.case.incident import Told
from vismajor.case.models import Case, Claimant, Exhibit
from vismajor.damages.heads import ClaimantLoss
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.outgoing import ExhibitSaid, OfferSaid, Said, SourceSaid, ToldSaid
from vismajor.drafting.words import words
from vismajor.law.models import Law, Side
from vismajor.reading.problems import InvalidInput, nearest, problem
from vismajor.reading.scalars import Language, first_day, last_day
from vismajor.reasoning.assessment import Assessment


@dataclass(frozen=True)
class Matter:
    """A case, as `side` tells it for the claimants whose `losses` these are.

    `stage`: the stage for whose documents it is told, where one is asked for beside what the case says.
    """

    assessment: Assessment
    losses: tuple[ClaimantLoss, ...]
    side: Side
    language: Language
    stage: Stage | None = None

    @property
    def case(self) -> Case:
        """The case."""
        return self.assessment.case

    @property
    def law(self) -> Law:
        """The law pack."""
        return self.assessment.law

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each claimant in the act, by id, from 1."""
        return {loss.claimant.id: number for number, loss in enumerate(self.losses, start=1)}

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """The ids of the claims of these claimants."""
        return tuple(claim.id for claim in self.case.claims if claim.claimant.id in self.numbers)

    @property
    def one(self) -> bool:
        """Whether the act is for one claimant."""
        return len(self.losses) == 1

    @cached_property
    def governing(self) -> tuple[dt.date, ...]:
        """The dates that govern the contracts of these claims."""
        return tuple(sorted({self.case.claim(claim).contract.governing_date for claim in self.claims}))

    def position(self, claimant: Claimant) -> int:
        """Return where a claimant stands in the file, for the path of a blank."""
        return next(at for at, one in enumerate(self.case.file.claimants) if one.id == claimant.id)

    def or_blank(self, value: str | None, what: str, path: str) -> Said:
        """Return a text, or the blank that stands for it; `what` is a key of the words, without `blank_`."""
        return self.blank(what, path) if value is None else value

    def blank(self, what: str, path: str) -> Blank:
        """Return the blank for something missing; `what` is a key of the words, without `blank_`."""
        return Blank(words(self.language)[f"blank_{what}"], path)

    def producible(self, exhibit: str) -> bool:
        """Tell whether an exhibit exists at `as_of` and is not the own exhibit of a claimant outside the act."""
        return exhibit in self.case.exhibits_known and exhibit not in self._of_others

    def proves(self, exhibit: str, claim: str) -> bool:
        """Tell whether an exhibit may prove something of a claim: terms only of the contracts that refer to them.

        Nor do terms later than a contract prove what it says.
        """
        contract = self.case.claim(claim).contract
        if exhibit not in self._terms_exhibits:
            return True
        known = self.case.exhibits_known.get(exhibit)
        return exhibit in self.case.terms_of(contract).exhibits and (
            known is None or first_day(known.date) <= contract.governing_date)

    @cached_property
    def _terms_exhibits(self) -> frozenset[str]:
        return frozenset(exhibit for terms in self.case.file.contracts for exhibit in terms.exhibits)

    @cached_property
    def _of_others(self) -> frozenset[str]:
        own = {e for loss in self.losses for e in loss.claimant.exhibits}
        others = {e for one in self.case.file.claimants if one.id not in self.numbers for e in one.exhibits}
        return frozenset(others - own)

    def exhibits(self, ids: Iterable[str]) -> tuple[ExhibitSaid, ...]:
        """Return the exhibits that may be produced, each once, in the order of the file."""
        asked = set(ids)
        return tuple(said_exhibit(one) for name, one in self.case.exhibits_known.items()
                     if name in asked and self.producible(name))

    def sources(self, ids: Sequence[str]) -> tuple[SourceSaid, ...]:
        """Return the sources that can be cited: texts in force for these contracts, decisions known by now."""
        known = {name for day in self.governing for name in self.law.sources_known(ids, self.case.as_of, day)}
        return tuple(self.said_source(name) for name in dict.fromkeys(ids)
                     if name in known and self.law.sources[name].kind != "argument")

    def said_source(self, name: str) -> SourceSaid:
        """Put a source into the words of an act; unread where neither we nor counsel read it in full."""
        source = self.law.sources[name]
        return SourceSaid(source.id, source.cite.in_language(self.language), source.kind == "statute",
                          source.read != "full" and name not in self.case.file.acts.verified)

    def rule_of(self, sources: Iterable[SourceSaid]) -> str:
        """Return what the texts among some sources hold, in our own words, as sentences."""
        held = [self.law.sources[one.id].holds.in_language(self.language) for one in sources if one.statute]
        return " ".join(text if text.endswith(".") else f"{text}." for text in held)

    def account(self) -> tuple[ToldSaid, ...]:
        """Return the account of the facts that may leave our side, as far as its exhibits exist by now.

        What concerns the group is told where the act is for more than one claimant.
        """
        return self.told(self.case.file.incident.account)

    def told(self, account: Iterable[Told]) -> tuple[ToldSaid, ...]:
        """Return the paragraphs of an account that this act may tell, as far as their exhibits exist by now."""
        others = "respondent" if self.side == "claimants" else "claimants"
        kept = {"ours", others, *(("group",) if self.one and len(self.case.file.claimants) > 1 else ())}
        return tuple(
            ToldSaid("", told.in_language(self.language), self.exhibits(told.exhibits)) for told in account
            if told.told_to not in kept and (not told.exhibits or self.exhibits(told.exhibits)))

    def steps(self) -> tuple[ToldSaid, ...]:
        """Return the steps of the dispute up to `as_of`."""
        return tuple(ToldSaid(step.date, step.what.in_language(self.language), self.exhibits(step.exhibits))
                     for step in self.case.file.procedure if last_day(step.date) <= self.case.as_of)

    def offers(self) -> tuple[OfferSaid, ...]:
        """Return the offers made up to `as_of` to, or by, one of these claimants."""
        return tuple(
            OfferSaid(offer.date, offer.form.in_language(self.language), offer.amount, offer.in_cash,
                      offer.by == self.side, self.exhibits(offer.exhibits))
            for offer in self.case.file.offers
            if offer.date <= self.case.as_of and (offer.to == "all" or set(offer.to) & set(self.numbers)))

    def title_of(self, contract: Contract) -> str:
        """Return the title of the terms of a contract."""
        return self.case.terms_of(contract).title.in_language(self.language)

    def named(self, claims: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the claimants of some claims, in order."""
        return tuple(sorted({self.numbers[self.case.claim(claim).claimant.id] for claim in claims}))


def said_exhibit(exhibit: Exhibit) -> ExhibitSaid:
    """Put an exhibit into the words of an act."""
    return ExhibitSaid(exhibit.id, exhibit.title, exhibit.date, exhibit.read != "full")


def texts_of(matter: Matter) -> Iterator[SourceSaid]:
    """Yield every text and decision that a template may cite by its id."""
    known = matter.law.sources_known(tuple(matter.law.sources), matter.case.as_of)
    yield from (matter.said_source(name) for name in known
                if matter.law.sources[name].kind != "argument")


def matter_of(assessment: Assessment, losses: Sequence[ClaimantLoss], claimant: str | None = None,
              language: Language | None = None) -> Matter:
    """Return the matter of a whole case, or of one claimant; told by the side for which we act.

    Raises InvalidInput when there is no such claimant.
    """
    chosen = tuple(loss for loss in losses if claimant is None or loss.claimant.id == claimant)
    if not chosen:
        known = [loss.claimant.id for loss in losses]
        raise InvalidInput([problem("--claimant", (1, 1), "unknown_claimant", read=claimant,
                                    nearest=nearest(claimant or "", known))])
    file = assessment.case.file
    return Matter(assessment, chosen, file.acting_for, language or file.language)
