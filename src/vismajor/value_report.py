"""What `value` prints: both sides' reservation values, the zone and what makes it, our position, offers, what next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.table import Table
from rich.text import Text

from vismajor.drafting import typography
from vismajor.drafting.bargain_said import BargainSaid, bargain_said, floor_said, unravels
from vismajor.drafting.negotiation_said import pattern_said, proposal_said
from vismajor.drafting.offers_said import insurer_said, term_said
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import words
from vismajor.screen import WIDTH, render, worlds_note, wrapped
from vismajor.settlement.bargaining import Bargain
from vismajor.settlement.negotiation import SIDES
from vismajor.settlement.valuation import TRIED
from vismajor.talks import OfferPlaced, Talks


def tell_talks(talks: Talks, scenarios: Sequence[str]) -> str:
    """Tell both sides of a negotiation, in the case's language."""
    return "\n".join(_Told(talks).lines(scenarios))


class _Told:
    """Tells the talks, part after part."""

    def __init__(self, talks: Talks) -> None:
        self.talks, self.case = talks, talks.valuation.assessment.case
        self.language = self.case.file.language
        self.say = {key: typography.spaced(text, self.language) for key, text in words(self.language).items()}
        self.one = len(talks.concerned) == 1
        self.apart = len(talks.concerned) < len(talks.valuation.awards)

    def money(self, amount: Decimal) -> str:
        return typography.money(amount, self.language)

    def text(self, key: str, **values: object) -> str:
        return wrapped(self.say[key].format(**values), self.language)

    def lines(self, scenarios: Sequence[str]) -> Iterator[str]:
        case = self.case
        yield self.text("value_title", case=case.file.title.in_language(self.language))
        titles = [one.title.in_language(self.language) for name in scenarios
                  for one in case.file.scenarios if one.id == name]
        if titles:
            yield self.text("value_scenarios", titles=typography.listing(titles, self.language))
        named = {one.id: one.name for one in case.file.claimants}
        names = short_names([named[name] for name in self.talks.concerned], self.language)
        if self.apart:
            yield self.text("value_apart", names=names)
        yield ""
        if self.talks.bargain is None:
            yield self.text("value_nothing_stated")
            yield self.text("value_nothing_counted")
        else:
            yield from self._sides(self.talks.bargain)
        yield from self._position()
        yield from self._offers()
        yield from self._next()
        yield from self._exchange()
        yield "\n" + render(Text(worlds_note(self.talks.valuation.assessment, self.language), style="dim"))
        yield self.text("value_internal")

    def _sides(self, found: Bargain) -> Iterator[str]:
        said = bargain_said(found, self.language, apart=self.apart)
        yield render(self._reservations(found, said))
        note = "_apart" if self.apart else "_one" if self.one else ""
        yield self.text(f"value_mean_note{note}")
        yield from self._beliefs()
        for sentence in (said.suing, said.respondent, "", said.zone):
            yield wrapped(sentence, self.language)
        yield "\n" + render(self._terms(said))
        if said.customers:
            yield render(self._precedent(said))

    def _reservations(self, found: Bargain, said: BargainSaid) -> Table:
        stances, say = self.case.file.bargaining, self.say
        table = self._table("", say["value_side"], say["value_claimant" if self.one else "value_claimants"],
                            say["value_respondent"])
        table.add_row(say["value_mean_suit_apart" if self.apart else "value_mean_suit"], *map(self._amount, said.mean))
        table.add_row(say["value_reserve"], *(self._amount(one.value) for one in (found.together, found.respondent)),
                      style="bold")
        table.add_row(say["value_error"], *(self._amount(one.standard_error)
                                            for one in (found.together, found.respondent)))
        sides = (stances.claimants, stances.respondent)
        if any(side.risk_tolerance for side in sides):
            table.add_row(say["value_tolerance"], *(
                "–" if side.risk_tolerance is None else self._amount(side.risk_tolerance) for side in sides))
        return table

    def _beliefs(self) -> Iterator[str]:
        """Say in which scenario of the case a side believes, by its title."""
        titles = {one.id: one.title.in_language(self.language) for one in self.case.file.scenarios}
        for side in SIDES:
            believes = getattr(self.case.file.bargaining, side).believes
            if believes is not None:
                whose = "value_believes_one" if self.one and side == "claimants" else f"value_believes_{side}"
                yield self.text(whose, title=titles[believes])

    def _amount(self, amount: Decimal) -> str:
        return typography.amount(amount, self.language)

    def _table(self, title: str, first: str, *columns: str) -> Table:
        table = Table(width=WIDTH, title=title or None, title_justify="left")
        table.add_column(first, ratio=1)
        for name in columns:
            table.add_column(name, justify="right")
        return table

    def _terms(self, said: BargainSaid) -> Table:
        table = self._table(self.say["value_terms"], self.say["value_term"], self.say["value_side"])
        for name, amount in said.terms:
            table.add_row(typography.spaced(name, self.language), self._amount(amount))
        table.add_section()
        table.add_row(self.say["value_term_sum"], self._amount(said.difference), style="bold")
        return table

    def _precedent(self, said: BargainSaid) -> Table:
        say = self.say
        table = self._table(say["value_precedent"], say["value_customers"], say["value_reserve_respondent"],
                            say["value_split"])
        for number, respondent, split in said.customers:
            table.add_row(number, self._amount(respondent), "–" if split is None else self._amount(split))
        return table

    def _position(self) -> Iterator[str]:
        say, aims, side = self.say, self.talks.aims, self.case.file.acting_for
        title = say["value_position_claimant" if self.one and side == "claimants" else f"value_position_{side}"]
        table = Table(width=WIDTH, title=title, title_justify="left")
        table.add_column("")
        table.add_column(say["value_side"], justify="right")
        table.add_column(say["value_because"], ratio=1)
        for name, amount, why in (
            ("opening", aims.opening, f"value_ground_{self.talks.advice.opening_on}"),
            ("target", aims.target, self._why_target()), ("floor", aims.floor, self._why_floor()),
        ):
            label = "ceiling" if name == "floor" and side == "respondent" else name
            because = say.get(why) or typography.spaced(why, self.language)
            table.add_row(say[f"value_{label}"], self._amount(amount), because)
        yield "\n" + render(table)

    def _why_target(self) -> str:
        found = self.talks.bargain
        if found is None:
            return "value_mean_award"
        return "value_target_because" if found.zone else "value_target_no_zone"

    def _why_floor(self) -> str:
        found, aims, ours = self.talks.bargain, self.talks.aims, self.case.file.acting_for == "claimants"
        if found is None:
            return "value_floor_award" if ours and aims.floor < aims.target else "value_mean_award"
        if not ours:
            return "value_ceiling_because"
        if found.made is not None and found.made.taking:
            return floor_said(found, self.language)
        if unravels(found):
            return "value_floor_unravel"
        return floor_said(found, self.language) if found.suing else "value_floor_none"

    def _offers(self) -> Iterator[str]:
        yield "\n" + self.say["value_offers"]
        if not self.talks.offers:
            yield self.text("value_no_offer", as_of=typography.date(self.case.as_of, self.language))
        for one in self.talks.offers:
            yield wrapped(" ".join(self._offer(one)), self.language, 0, "– ")
        if self.talks.whole is not None:
            amount, place = self.talks.whole
            yield wrapped(self.say["value_whole"].format(
                amount=self.money(amount), place=self.say[f"value_place_{place}"]), self.language, 0, "– ")

    def _offer(self, one: OfferPlaced) -> Iterator[str]:
        say, offer = self.say, one.offer
        key = f"value_offer_of_{offer.by}" + ("_one" if self.one else "")
        yield say[key].format(date=typography.date(offer.date, self.language), worth=self.money(one.worth),
                              form=offer.form.in_language(self.language), whom=self._whom(one))
        if one.cost != one.worth and offer.by == "respondent":
            yield say["value_offer_costs"].format(cost=self.money(one.cost))
        if offer.at_least is not None and not self.one:
            yield say["value_at_least"].format(count=offer.at_least)
        if offer.id != TRIED:
            yield term_said(offer, self.case, self.talks.valuation.assessment.law, self.language)
        for key, zone in (("value_then", one.then), ("value_now", one.now)):
            if zone is not None:
                yield say[key].format(low=self.money(zone.bargain.together.value),
                                      high=self.money(zone.bargain.respondent.value),
                                      place=say[f"value_place_{zone.place}"])
        yield from self._taken(one)

    def _taken(self, one: OfferPlaced) -> Iterator[str]:
        """Say that some had better take an offer which is too little for all of them together."""
        made = one.now.bargain.made if one.now else None
        standing = self.talks.valuation.standing
        if made and made.taking and one.now and one.now.place == "below_zone" and standing and (
                one.offer in standing.offers):
            yield self.say["value_some_take"].format(taking=len(made.taking), all=len(one.claimants))

    def _whom(self, one: OfferPlaced) -> str:
        count, everyone = len(one.claimants), len(self.talks.log.claimants)
        form = "all" if count == everyone else "one" if count == 1 else "some"
        return self.say[f"value_whom_{form}"].format(count=count, all=everyone)

    def _next(self) -> Iterator[str]:
        log, aims = self.talks.log, self.talks.aims
        yield "\n" + self.say["value_next"]
        for side in SIDES:
            if any(move.by == side for move in log.moves):
                yield wrapped(pattern_said(side, log.patterns[side], len(log.claimants), self.language), self.language)
        if self.talks.proposal is not None:
            yield wrapped(proposal_said(self.talks.proposal, aims, self.language), self.language)
            yield from self._counter()

    def _counter(self) -> Iterator[str]:
        """Say what a counter-proposal may cost those who had better take the offer."""
        found, proposal = self.talks.bargain, self.talks.proposal
        taking = found.made.taking if found and found.made else ()
        if taking and proposal and proposal.side == "claimants" and proposal.because != "accept":
            names = {one.id: one.name for one in self.case.file.claimants}
            yield self.text("value_counter_drops_one" if self.one else "value_counter_drops",
                            names=short_names([names[name] for name in taking], self.language))

    def _exchange(self) -> Iterator[str]:
        yield "\n" + self.say["value_exchange"]
        for one in self.talks.offers:
            if one.offer.in_exchange:
                asked = [what.in_language(self.language) for what in one.offer.in_exchange]
                yield self.text("value_exchange_asked", date=typography.date(one.offer.date, self.language),
                                what=typography.listing(asked, self.language))
        for key in ("value_exchange_claimants", "value_exchange_respondent", "value_exchange_note"):
            yield self.text(key)
        law = self.talks.valuation.assessment.law
        yield from (wrapped(said, self.language) for said in insurer_said(
            self.case, law, self.language, self.talks.concerned))
