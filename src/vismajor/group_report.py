"""What `group` prints: what company is worth to each claimant, who takes an offer, shares of one, one case first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from vismajor.damages.money import NOTHING
from vismajor.drafting import typography
from vismajor.drafting.offers_said import insurer_said, lapsed_said, standing_said
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import words
from vismajor.joint_action import JointAction
from vismajor.screen import WIDTH, render, worlds_note, wrapped
from vismajor.settlement.allocation import Allocation
from vismajor.settlement.shapley import ORDERS


def tell_group(found: JointAction, scenarios: Sequence[str] = (), claimant: str | None = None) -> str:
    """Tell the claimants together, in the case's language; answers in words to all of them, or to one."""
    return "\n".join(_Told(found).lines(scenarios, claimant))


def answers_of(found: JointAction, claimant: str | None = None) -> dict[str, str]:
    """Return the plain answer to each claimant, or to one, by id."""
    told = _Told(found)
    return {name: told.answer(name) for name in (told.everyone if claimant is None else [claimant])}


class _Told:
    """Tells a joint action, part after part."""

    def __init__(self, found: JointAction) -> None:
        self.found, self.case = found, found.valuation.assessment.case
        self.language, self.law = self.case.file.language, found.valuation.assessment.law
        self.say = {key: typography.spaced(text, self.language) for key, text in words(self.language).items()}
        self.named = {one.id: one.name for one in self.case.file.claimants}
        self.claimed = {loss.claimant.id: loss.claimed for loss in found.valuation.losses}
        self.everyone = list(found.pool.own)

    def text(self, key: str, **values: object) -> str:
        return wrapped(self.say[key].format(**values), self.language)

    def money(self, amount: Decimal) -> str:
        return typography.money(amount, self.language)

    def amount(self, amount: Decimal) -> str:
        return typography.amount(amount, self.language)

    def share(self, chance: float) -> str:
        return typography.share(chance, self.language)

    def names(self, claimants: Sequence[str]) -> str:
        return short_names([self.named[name] for name in claimants], self.language)

    def lines(self, scenarios: Sequence[str], claimant: str | None) -> Iterator[str]:
        yield self.text("group_title", case=self.case.file.title.in_language(self.language))
        titles = [one.title.in_language(self.language) for name in scenarios
                  for one in self.case.file.scenarios if one.id == name]
        if titles:
            yield self.text("value_scenarios", titles=typography.listing(titles, self.language))
        if self.case.file.proceedings is None:
            yield self.text("group_nothing_stated")
        yield from self._stance()
        if claimant is not None:  # what goes to one client shows nothing of the others
            yield from self._ending([claimant])
            return
        yield from ("", self._risk(), "", render(self._worth()))
        yield self.text("group_worth_note", common=self.money(Decimal(repr(self.found.pool.spent_for_all))))
        yield from self._suing()
        yield from self._offer()
        yield from self._allocation()
        yield from self._lead()
        yield from self._ending(self.everyone)

    def _ending(self, names: Sequence[str]) -> Iterator[str]:
        yield "\n" + self.say["group_answers"]
        for name in names:
            yield wrapped(self.answer(name), self.language, 0, "– ")
        if self.found.response is not None and self.found.offers and self.case.file.acting_for == "claimants":
            yield self.text("group_before_accepting")
        yield from (wrapped(said, self.language) for said in insurer_said(self.case, self.law, self.language, names))
        yield "\n" + render(Text(worlds_note(self.found.valuation.assessment, self.language), style="dim"))
        yield self.text("value_internal")

    def _stance(self) -> Iterator[str]:
        """Say through which eyes the claimants are seen, where they believe in a scenario or shun risk."""
        stance = self.case.file.bargaining.claimants
        if stance.believes:
            title = next(one.title for one in self.case.file.scenarios if one.id == stance.believes)
            yield self.text("group_believes", title=title.in_language(self.language))
        if stance.risk_tolerance is not None:
            yield self.text("group_risk_tolerance", amount=self.money(stance.risk_tolerance))
        if self.case.file.acting_for == "respondent":
            yield self.text("group_seen_by_respondent")

    def _risk(self) -> str:
        risk = self.found.risk
        if risk.correlation is None:
            return self.text("group_risk_alone", together=self.money(risk.together))
        return self.text("group_risk", count=len(self.everyone), together=self.money(risk.together),
                         independent=self.money(risk.independent),
                         correlation=typography.decimal(risk.correlation, self.language, 2))

    def _table(self, title: str, *columns: str) -> Table:
        table = Table(width=WIDTH, title=self.say[title] if title else None, title_justify="left", padding=(0, 0))
        table.add_column(self.say["group_claimant"], ratio=1)
        for name in columns:
            table.add_column(self.say[name], justify="right")
        return table

    def _worth(self) -> Table:
        table = self._table("group_worth", "group_claimed", "group_alone", "group_everyone", "group_floor")
        company, without = self.found.company, self.found.without
        rows = {name: (self.claimed[name], company[name].alone.value, company[name].together.value,
                       without.suit(name)) for name in self.everyone}
        for name, row in rows.items():
            table.add_row(escape(self.named[name]), *map(self.amount, row))
        table.add_section()
        sums = [sum(column, NOTHING) for column in zip(*rows.values(), strict=True)]
        table.add_row(self.say["group_total"], self.amount(sums[0]), "", *map(self.amount, sums[2:]), style="bold")
        return table

    def _suing(self) -> Iterator[str]:
        found, going = self.found, self.found.without.go_on
        form = {len(self.everyone): "all", 0: "none", 1: "one"}.get(len(going), "some")
        yield self.text(f"group_suing_{form}", count=len(going), names=self.names(going) if going else "")
        if found.together_worth > found.without.total and self.case.file.proceedings is not None:
            how = self.say[f"group_sharing_{self.case.file.proceedings.shared}"]
            yield self.text("group_sharing", how=how, count=len(found.together), names=self.names(found.together),
                            worth=self.money(found.together_worth))

    def _offer(self) -> Iterator[str]:
        found, told = self.found, self.found.response
        yield ""
        if told is None:
            yield self.text("group_no_offer", as_of=typography.date(self.case.as_of, self.language))
            yield from (wrapped(said, self.language) for said in lapsed_said(self.case, self.law, self.language))
            yield from self._made()
            return
        if found.key is not None:
            yield self.text("group_whole", amount=self.money(sum(found.offers.values(), NOTHING)),
                            by=self.say[f"group_key_{found.key}"])
        table = self._table("group_offer", "group_offered", "group_reserve", "group_p10", "group_p50", "group_p90",
                            "group_answer")
        for name in self.everyone:
            left, offer = found.left[name], found.offers.get(name)
            answer = "none" if offer is None else "accept" if name in told.accept else "go_on"
            table.add_row(escape(self.named[name]), "–" if offer is None else self.amount(offer),
                          *map(self.amount, (told.suit(name), left.p10, left.p50, left.p90)),
                          self.say[f"group_answer_{answer}"])
        yield render(table)
        yield self.text("group_offer_note")
        yield from self._response()

    def _response(self) -> Iterator[str]:
        told = self.found.response
        assert told is not None
        form = "_all" if len(told.accept) == len(self.everyone) else "" if told.accept else "_nobody"
        yield self.text(f"group_response{form}", accept=len(told.accept), all=len(self.everyone),
                        go_on=len(told.go_on))
        followers = [name for name in told.accept if name not in told.at_once]
        if followers:
            yield self.text("group_followers", names=self.names(followers))
        if told.at_least is not None:
            yield self.text("group_threshold_met" if told.holds else "group_threshold_missed", at_least=told.at_least,
                            missing=told.missing)
        if self.found.key is None:
            yield from (wrapped(said, self.language) for said in standing_said(self.found.valuation, self.language))
        yield from self._made()

    def _made(self) -> Iterator[str]:
        """Say what all have together without a further agreement, and of what it is made: the floor of the group."""
        made = self.found.made
        if self.case.file.proceedings is None or len(self.everyone) == 1:
            return
        yield self.text("group_made" if made.accept else "group_made_without", total=self.money(made.total),
                        suit=self.money(made.from_suit), going_on=len(made.go_on), offer=self.money(made.from_offers),
                        taking=len(made.accept), without=self.money(self.found.without.total))

    def _allocation(self) -> Iterator[str]:
        ways = self.found.allocations
        if not ways or len(self.everyone) == 1:
            return
        table = self._table("", *(f"group_by_{one.key}" for one in ways), "group_least")
        total = sum(ways[0].amounts.values(), NOTHING)
        table.title = self.say["group_allocation"].format(amount=self.money(total))
        for name in self.everyone:
            cells = [self.amount(one.amounts[name]) for one in ways]
            table.add_row(escape(self.named[name]), *cells, self.amount(ways[0].floors[name]))
        table.add_section()
        for key, cells in (("group_short", [str(len(one.short)) for one in ways]),
                           ("group_lacks", [self._lacks(one) for one in ways]),
                           ("group_objecting", [str(len(one.objecting)) for one in ways])):
            table.add_row(self.say[key].replace("\n", " "), *cells, "")
        yield "\n" + render(table)
        yield self.text("group_allocation_note")
        yield from self._no_share()
        errors = [error for one in ways for error in one.standard_errors.values()]
        if errors:
            yield self.text("group_sampled", orders=typography.number(ORDERS, self.language),
                            error=self.money(max(errors)))
        yield self.text("group_consent")

    def _no_share(self) -> Iterator[str]:
        """Say with whom nothing would be settled, as a way to share gives it nothing."""
        ways = [self.say["group_no_share_by"].format(by=self.say[f"group_key_{one.key}"], names=self.names(one.nothing))
                for one in self.found.allocations if one.nothing]
        if ways:
            yield self.text("group_no_share", ways=self.say["semicolon"].join(ways))

    def _lacks(self, one: Allocation) -> str:
        return "–" if one.worst is None else self.amount(one.short[one.worst])

    def _lead(self) -> Iterator[str]:
        if not self.found.leads:
            return
        say, best = self.say, self.found.leads[0]
        gain = best.gain.quantize(Decimal(1))
        verdict = say[f"group_lead_{'gain' if gain > 0 else 'loss' if gain < 0 else 'even'}"].format(
            gain=self.money(abs(gain)))
        yield "\n" + say["group_lead"]
        yield self.text("group_lead_best", name=self.named[best.claimant], months=f"{best.months:g}",
                        alone=self.money(best.alone), others=self.money(best.others), worth=self.money(best.worth),
                        now=self.money(best.now), verdict=verdict)
        table = Table(width=WIDTH, padding=(0, 0))
        table.add_column(say["group_lead_if"], ratio=1)
        for name in ("chance", "go_on", "accept", "give_up", "worth"):
            table.add_column(say[f"group_lead_{name}"], justify="right")
        for one in best.branches:
            table.add_row(say[f"group_lead_{one.outcome}"], self.share(one.probability), str(len(one.go_on)),
                          str(len(one.accept)), str(len(one.give_up)), self.amount(one.worth))
        yield render(table)
        yield self.text("group_lead_note")
        if self.found.late:
            day = typography.date(min(self.found.late.values()), self.language)
            yield self.text("group_lead_late", names=self.names(list(self.found.late)), day=day,
                            reserve=self.say["group_lead_reserve"] if self.found.late_reserved else "")

    def answer(self, name: str) -> str:
        """Return the plain answer to one claimant: the offer or the suit, and why."""
        found, told = self.found, self.found.response or self.found.without
        worth, everyone = told.worth[name].figure.value, found.company[name].together.value
        values = {"name": self.named[name], "claimed": self.money(self.claimed[name]), "worth": self.money(worth),
                  "loss": self.money(-everyone), "everyone": self.money(everyone), "cost": self.money(-worth),
                  "included": self.say["group_included"] if self.case.file.proceedings else ""}
        if name not in found.offers:
            return self.say["group_told_sue" if name in told.go_on else "group_told_give_up"].format(
                **values | {"loss": self.money(-min(worth, everyone))})
        values |= {"offer": self.money(found.offers[name]), "more": self.share(found.chance_of_more(name)),
                   "lost": self.share(found.chance_of_loss(name))}
        if name in told.go_on:
            return self.say["group_told_go_on"].format(**values)
        follows = "follow_loses" if worth < 0 else "follow"
        form = "loses" if everyone < 0 else "accept" if name in told.at_once else follows
        return self.say[f"group_told_{form}"].format(**values)
