"""What a claimant says before the merits: why this court, that the action is in time, why several sue together.

Exceptions and bars that the other side has raised are answered elsewhere; here nothing is said that it could turn
against us, and nothing where the facts speak against it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from vismajor.drafting.acts.arguments import discussion
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.claims_said import terms_exhibits
from vismajor.drafting.acts.clauses import pinned
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import ExhibitSaid, SectionPleaded, SourceSaid
from vismajor.drafting.acts.sides import sides, views_of
from vismajor.drafting.hearing import grounds
from vismajor.reasoning.deadlines import Deadline, deadlines

PLACES = {"respondent_seat": "cpc-42", "performance": "cpc-46", "clause": "cpc-48"}
CLAUSE = ("contract.jurisdiction_clause", "contract.jurisdiction_clause_apparent", "client.trader")  # CPC 48
TOGETHER, INTERRUPTED = "cpc-367", "cc-2241"


@dataclass(frozen=True)
class Opening:
    """Why the court has jurisdiction, by its kind (`jurisdiction`) and by its place (`chosen_by`), that it is in time.

    `contested`: the other side has raised that it has none; `unargued` stands where nothing says of which kind it is.
    `chosen_exhibits`: the terms, where a clause names the court. `in_time`: the texts by which the action is in time,
    with its `last_day` where nothing leaves it open. `together`: whether several sue, under the `same_terms`.
    """

    contested: bool
    jurisdiction: tuple[SectionPleaded, ...]
    unargued: Blank | None
    chosen_by: str | Blank
    chosen_exhibits: tuple[ExhibitSaid, ...]
    in_time: tuple[SourceSaid, ...]
    last_day: dt.date | None
    together: bool
    same_terms: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts, by their ids, on which it rests beside its arguments."""
        place = (PLACES[self.chosen_by],) if isinstance(self.chosen_by, str) else ()
        return (*place, *((INTERRUPTED,) if self.in_time else ()), *((TOGETHER,) if self.together else ()))


def opening_of(matter: Matter, raised: Collection[str] = ()) -> Opening:
    """Build the opening; what the other side has `raised` (`commercial_court`, `time_bar`) is answered elsewhere."""
    court = matter.case.file.acts.court
    chosen_by: str | Blank | None = court.chosen_by if court else None
    if chosen_by == "clause" and not _bound_by_clause(matter):
        chosen_by = matter.blank("clause_facts", "acts.court.chosen_by")
    contracts = [contract for loss in matter.losses for contract in loss.claimant.agreements]
    limits = [one for one in deadlines(matter.case, matter.law) if set(one.claimants) & set(matter.claims)]
    bars = _unopposed(matter, "time_bar") if "time_bar" not in raised and _in_time(matter, limits) else ()
    contested = "commercial_court" in raised
    kind = () if contested else _unopposed(matter, "commercial_court")
    return Opening(
        contested=contested, jurisdiction=kind,
        unargued=None if contested or kind else matter.blank("court_kind", "claimants"),
        chosen_by=chosen_by or matter.blank("chosen_by", "acts.court.chosen_by"),
        chosen_exhibits=pinned(matter, CLAUSE[0], dict.fromkeys(
            exhibit for one in contracts for exhibit in terms_exhibits(matter, one)), matter.claims)
        if chosen_by == "clause" else (),
        in_time=tuple(dict.fromkeys(_sources(bars))), last_day=_last_day(limits) if bars else None,
        together=not matter.one, same_terms=len({one.terms for one in contracts}) == 1)


def _bound_by_clause(matter: Matter) -> bool:
    """Tell whether the facts of CPC 48 are stated of all: a clause, very apparent, between parties who are traders."""
    graphs = [graph for (claim, _), graph in matter.assessment.graphs.items() if claim in matter.claims]
    return all((one := graph.findings.get(name)) is not None and one.fact.value is True
               for graph in graphs for name in CLAUSE)


def _in_time(matter: Matter, limits: Collection[Deadline]) -> bool:
    """Tell whether the day of service is no later than the earliest last day that the facts leave these claims."""
    served = matter.case.file.acts.writ.served_on or matter.case.as_of
    return all(limit.state == "kept" or served <= limit.last_day for limit in limits)


def _last_day(limits: Collection[Deadline]) -> dt.date | None:
    """Return the last day to sue where it is the same for all and nothing leaves it open."""
    days = {limit.last_day for limit in limits}
    open_ = any(limit.reserved or limit.between is not None or limit.state == "kept" for limit in limits)
    return days.pop() if len(days) == 1 and not open_ else None


def _unopposed(matter: Matter, issue: str) -> tuple[SectionPleaded, ...]:
    """Return what our side says on an issue that the other has not raised, where it has an argument and they none."""
    found = matter.law.issues.get(issue)
    if found is None:
        return ()
    _, theirs = sides(matter, found, views_of(matter, found))
    if any(all(ground.as_stated for ground in grounds(one.argument)) for one in theirs):
        return ()
    return tuple(section for section in discussion(matter, (issue,))
                 if any(one.arguments for one in section.issues))


def _sources(sections: Collection[SectionPleaded]) -> Iterator[SourceSaid]:
    for section in sections:
        for issue in section.issues:
            for argument in issue.arguments:
                yield from argument.sources
