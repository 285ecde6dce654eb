"""The respondent's pleadings before the commercial court (CPC 446-2-1): exceptions, bars, merits, limits, dispositif.

Exceptions come first, before any bar and any defence on the merits (CPC 74); bars to the suit next (CPC 122); then no
liability as the principal plea, and in the alternative what limits it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.defence_said import among, sections_of
from vismajor.drafting.acts.dispute_said import steps_told
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.merits import LIFTED, Merits, merits_of
from vismajor.drafting.acts.opening import CLAUSE
from vismajor.drafting.acts.outgoing import (
    CounselSaid,
    FactPleaded,
    PartySaid,
    Said,
    SectionPleaded,
    SourceSaid,
    ToldSaid,
)
from vismajor.drafting.acts.parties_said import counsel_said, respondent_said
from vismajor.drafting.acts.suit_texts import told_in
from vismajor.drafting.acts.texts_seen import TextsSeen, texts_seen
from vismajor.drafting.words import say_fact, words

NEEDS = ("form", "seat", "registration", "representative", "profession", "domicile")
# What would lift the limits, and what a letter does not raise of its own motion: a court is told why it does not.
FURTHER = tuple(LIFTED)


@dataclass(frozen=True)
class ExceptionPleaded:
    """The plea that the court has no jurisdiction (CPC 75): the court that has, and why.

    `clause`: the facts of a clause that names the court (CPC 48), `whom` it binds (empty: all); `sections`: why this
    kind of court cannot hear the case.
    """

    court: Said
    clause: tuple[FactPleaded, ...]
    whom: tuple[int, ...]
    sections: tuple[SectionPleaded, ...]


@dataclass(frozen=True)
class PleaAsked:
    """A plea as the dispositif asks for it: its issue, the claimants and the duties that it reaches.

    Empty `whom`: all the claimants; empty `duties`: whatever duty they rely on.
    """

    issue: str
    whom: tuple[int, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True)
class Defence(Merits):
    """Everything that the pleadings may say; sums in euros.

    `fault` is the claimants' own, which leaves a part of the loss with them. `costs` is what is asked under CPC 700;
    `against_enforcement` whether the court is asked to set provisional enforcement aside (CPC 514-1), and for what
    reason; `expert` whether one is asked for in the last alternative (CPC 144). `seen`: the texts that the court is
    asked to have seen, which are those of the discussion.
    """

    court: Said
    chamber: str
    case_number: str
    hearing: dt.date | None
    number: int | Blank
    date: dt.date | Blank
    respondent: PartySaid
    ours: CounselSaid
    theirs: CounselSaid
    served_on: dt.date | None
    steps: tuple[ToldSaid, ...]
    exception: ExceptionPleaded | None
    bars_asked: tuple[PleaAsked, ...]
    fault: PleaAsked | None
    expert: bool
    against_enforcement: bool
    enforcement_reason: Said
    costs: Decimal | Blank
    seen: tuple[TextsSeen, ...] = ()

    @property
    def limited(self) -> bool:
        """Whether the contract or the law limits what is claimed, whatever is proved of it."""
        return self.capped or any(reason.bars for reason in self.reasons)

    @property
    def empty(self) -> tuple[int, ...]:
        """The claimants, by number, to whom nothing is due on what they produce."""
        return tuple(claimant.number for claimant in self.claimants if not claimant.most)


def build(matter: Matter) -> Defence:
    """Build the pleadings."""
    acts, court, terms = matter.case.file.acts, matter.case.file.acts.court, matter.case.file.acts.pleadings
    restitution = any(head.head.kind == "restitution" for loss in matter.losses for head in loss.heads)
    merits = merits_of(matter, 99, (), (*FURTHER, "restitution") if restitution else FURTHER)
    context = Defence(
        **vars(merits),
        court=matter.or_blank(court.name.in_language(matter.language) if court else None, "court", "acts.court.name"),
        chamber=(court.chamber if court else None) or "", case_number=(court.case_number if court else None) or "",
        hearing=court.hearing if court and not (terms.date and court.hearing and court.hearing < terms.date) else None,
        number=terms.number or matter.blank("defence_number", "acts.pleadings.number"),
        date=terms.date or matter.blank("defence_date", "acts.pleadings.date"),
        respondent=respondent_said(matter, NEEDS), ours=counsel_said(matter),
        theirs=counsel_said(matter, ours=False), served_on=acts.writ.served_on, steps=steps_told(matter),
        exception=_exception(matter), bars_asked=tuple(_asked(merits.bars)),
        fault=next(_asked(among(merits.limits, ("own_fault",))), None), expert=terms.expert,
        against_enforcement=terms.against_enforcement, enforcement_reason=_enforcement_reason(matter),
        costs=terms.defence_costs if terms.defence_costs is not None
        else matter.blank("defence_costs", "acts.pleadings.defence_costs"))
    return replace(context, seen=_seen(matter, context))


def _enforcement_reason(matter: Matter) -> Said:
    """Return why provisional enforcement does not suit this case: for counsel to say; empty where it is not opposed."""
    terms = matter.case.file.acts.pleadings
    if not terms.against_enforcement:
        return ""
    reason = terms.enforcement_reason
    return matter.or_blank(reason.in_language(matter.language) if reason else None, "enforcement_reason",
                           "acts.pleadings.enforcement_reason")


def _seen(matter: Matter, said: Defence) -> tuple[TextsSeen, ...]:
    """Return the texts that the discussion cites, code by code: no other is put before the court."""
    names = ["cc-1353", "cc-1231-2", "cc-1231-4", "cpc-696", "cpc-700"]
    names += ["cc-1103"] * said.capped + ["cc-1231-1"] * (not said.excused) + ["cc-1231-7"] * bool(said.interest)
    names += ["cpc-122"] * said.barred + ["cpc-48"] * bool(said.exception and said.exception.clause)
    say = words(matter.language)
    rules = {"proof": True, "exception": said.exception, "expert": said.expert,
             "enforcement": said.against_enforcement}
    cites = (SourceSaid(name, say[f"defence_seen_{name}"], True, False) for name, pleaded in rules.items() if pleaded)
    sections = (*(said.exception.sections if said.exception else ()), *said.bars, *said.no_liability, *said.limits)
    return texts_seen((*told_in(sections), *(source for one in said.reasons for source in one.sources),
                       *(matter.said_source(name) for name in names), *cites), matter.language)


def _exception(matter: Matter) -> ExceptionPleaded | None:
    """Return the plea of no jurisdiction where counsel names another court, or the facts speak against this one."""
    named = matter.case.file.acts.pleadings.competent_court
    sections = tuple(one for one in sections_of(matter, ("commercial_court",), 99)
                     if any(issue.arguments for issue in one.issues))
    if named is None and not sections:
        return None
    court = matter.or_blank(named.in_language(matter.language) if named else None, "competent_court",
                            "acts.pleadings.competent_court")
    clause, whom = _court_clause(matter) if named is not None else ((), ())
    return ExceptionPleaded(court, clause, whom, sections)


def _court_clause(matter: Matter) -> tuple[tuple[FactPleaded, ...], tuple[int, ...]]:
    """Return the facts of a clause that names a court, for those whom it binds: all three must be stated (CPC 48)."""
    found: dict[str, set[str]] = {}
    bound = []
    for (claim, _), graph in matter.assessment.graphs.items():
        facts = [graph.findings.get(name) for name in CLAUSE]
        if claim in matter.claims and all(one is not None and one.fact.value is True for one in facts):
            bound.append(claim)
            for name, one in zip(CLAUSE, facts, strict=True):
                found.setdefault(name, set()).update(one.fact.exhibits if one is not None else ())
    clause = tuple(FactPleaded(say_fact(matter.law, name, True, matter.language), matter.exhibits(exhibits))
                   for name, exhibits in found.items())
    whom = matter.named(bound)
    return clause, () if len(whom) == len(matter.losses) else whom


def _asked(pleas: tuple[SectionPleaded, ...]) -> Iterator[PleaAsked]:
    """Yield what each plea asks of the court: no further than its arguments go."""
    for issue in (issue for section in pleas for issue in section.issues):
        everybody = any(not argument.whom for argument in issue.arguments)
        every_duty = any(not argument.duties for argument in issue.arguments)
        yield PleaAsked(
            issue.id, () if everybody else tuple(sorted({n for one in issue.arguments for n in one.whom})),
            () if every_duty else tuple(dict.fromkeys(duty for one in issue.arguments for duty in one.duties)))
