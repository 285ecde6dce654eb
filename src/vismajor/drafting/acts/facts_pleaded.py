"""The facts on which an act rests: which our side states, how each may be stated, which it never volunteers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from vismajor.drafting.acts.clauses import pinned
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import ExhibitSaid, FactPleaded, Stance
from vismajor.drafting.acts.sides import Pleading
from vismajor.drafting.acts.wording import SAME_CLAUSE, restates
from vismajor.drafting.words import say_premise
from vismajor.law.conditions import fact_of
from vismajor.law.models import Declaration, Issue
from vismajor.reasoning.assessment import DOUBTFUL, Premise
from vismajor.reasoning.findings import Finding

WORTH_ASSERTING = DOUBTFUL[0]  # a lawyer does not assert what his own file makes unlikely (one chance in three)
BEYOND_CONTEST = 0.85  # nor contest what his own file makes all but certain
WORTH_SUBMITTING = 0.5  # what is only alleged is pleaded where it is likelier than not


def facts_pleaded(pleading: Pleading, premises: Iterable[Premise], claims: Sequence[str], some: bool, rule: str = "",
                  duties: Collection[str] = ()) -> tuple[FactPleaded, ...]:
    """Return the facts on which premises rest, as stated, each with the exhibits of all these claims.

    `some`: they are those of some claimants alone. What a court would conclude is not told where the `rule` says it.
    """
    found, matter = dict[str, FactPleaded](), pleading.matter
    for premise in premises:
        for ground in premise.grounds():
            if ground.finding is None or ground.finding.declaration.computed or _is_trivial(ground.finding) or adverse(
                    matter, ground.finding):
                continue
            clause = say_premise(matter.law, ground, matter.language)
            exhibits = exhibits_of(matter, ground.finding, claims, duties)
            declared = matter.law.vocabulary.facts[fact_of(ground.finding.name)]
            stance = stance_of(ground.finding, exhibits, declared.appraisal)
            found[clause] = FactPleaded(
                pleading.naming.clause(clause, some), exhibits, stance,
                restated=_restated(declared, rule, clause, stance),
                reason=_reason(matter, ground.finding))
    return tuple(found.values())


def _restated(declared: Declaration, rule: str, clause: str, stance: Stance) -> bool:
    """Tell whether a rule says a fact already: an appraisal, or of a clause what nobody has to submit."""
    if declared.appraisal:
        return restates(rule, clause)
    return declared.scope == "contract" and stance in ("shown", "admitted") and restates(rule, clause, SAME_CLAUSE)


def _reason(matter: Matter, finding: Finding) -> str:
    """Return what counsel says for a fact in acts, as the case states it for our side."""
    said = finding.fact.reason
    return said.in_language(matter.language) if said is not None and matter.side == matter.case.file.acting_for else ""


def stance_of(finding: Finding, exhibits: Sequence[ExhibitSaid], appraisal: bool = False) -> Stance:
    """Return how a fact may be stated: what is disputed and shown by nothing is only alleged.

    An appraisal is argued, not alleged: that a cap is derisory is what the party says of it.
    """
    status = finding.fact.status
    if appraisal and (status == "alleged" or not exhibits):
        return "shown"
    if status == "disputed":
        return "disputed" if exhibits else "alleged"
    return "admitted" if status == "admitted" else "alleged" if status == "alleged" else "shown"


def worth_stating(matter: Matter, finding: Finding) -> bool:
    """Tell whether a fact is pleaded: one only alleged where it is likelier than not, others unless unlikely.

    What a court concludes is argued from other facts, however it is stated.
    """
    if finding.fact.status == "alleged" and not matter.law.vocabulary.facts[fact_of(finding.name)].appraisal:
        return finding.likelihood > WORTH_SUBMITTING
    return finding.likelihood >= WORTH_ASSERTING


def contestable(pleading: Pleading, issue: Issue, premise: Premise) -> bool:
    """Tell whether our side may say that what sets its argument aside is not proved: the other side must prove it.

    Only where the other side relies on it, it is contested, and not all but certain.
    """
    return issue.burden != pleading.matter.side and premise.contested and all(
        ground.finding is None or (ground.finding.likelihood < BEYOND_CONTEST
                                   and ground.finding.name in pleading.relied_on)
        for ground in premise.grounds())


def adverse(matter: Matter, finding: Finding) -> bool:
    """Tell whether our own act would be held against us if it stated a fact."""
    declared = matter.law.vocabulary.facts[fact_of(finding.name)]
    return declared.adverse_to == matter.side and finding.fact.value is True


def held_against_us(matter: Matter, ground: Premise) -> bool:
    """Tell whether a premise rests on a fact that would be held against us."""
    return ground.finding is not None and adverse(matter, ground.finding)


def _is_trivial(finding: Finding) -> bool:
    """Tell whether a fact is what the whole act tells of: its kind, admitted by all."""
    return finding.name == "event.kind" and finding.fact.status == "admitted"


def exhibits_of(matter: Matter, finding: Finding, claims: Sequence[str], duties: Collection[str] = ()
                ) -> tuple[ExhibitSaid, ...]:
    """Return the exhibits of a fact that may be produced, for whichever of these claims and duties it was stated.

    Terms prove nothing of a contract that refers to others, or was made before them.
    """
    names = {exhibit for (claim, duty), graph in matter.assessment.graphs.items()
             if claim in claims and (not duties or duty is None or duty in duties)
             and (found := graph.findings.get(finding.name)) is not None for exhibit in found.fact.exhibits
             if matter.proves(exhibit, claim)}
    return pinned(matter, finding.name, matter.exhibits(names), claims)
