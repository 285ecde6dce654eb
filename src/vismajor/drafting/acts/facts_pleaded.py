"""The facts on which an act rests: which our side states, how each may be stated, which it never volunteers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vismajor.drafting.acts.clauses import pinned
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import ExhibitSaid, FactPleaded, Stance
from vismajor.drafting.acts.sides import Pleading
from vismajor.drafting.acts.wording import restates
from vismajor.drafting.words import say_premise
from vismajor.law.conditions import fact_of
from vismajor.reasoning.assessment import DOUBTFUL, Premise
from vismajor.reasoning.findings import Finding

WORTH_ASSERTING = DOUBTFUL[0]  # a lawyer does not assert what his own file makes unlikely (one chance in three)
WORTH_SUBMITTING = 0.5  # what is only alleged is pleaded where it is likelier than not


def facts_pleaded(pleading: Pleading, premises: Iterable[Premise], claims: Sequence[str], some: bool, rule: str = ""
           ) -> tuple[FactPleaded, ...]:
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
            exhibits = exhibits_of(matter, ground.finding, claims)
            appraisal = matter.law.vocabulary.facts[fact_of(ground.finding.name)].appraisal
            found[clause] = FactPleaded(pleading.naming.clause(clause, some), exhibits,
                                        stance_of(ground.finding, exhibits, appraisal),
                                        restated=appraisal and restates(rule, clause))
    return tuple(found.values())


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


def exhibits_of(matter: Matter, finding: Finding, claims: Sequence[str]) -> tuple[ExhibitSaid, ...]:
    """Return the exhibits of a fact that may be produced, whichever of these claims it was stated for."""
    names = {exhibit for (claim, _), graph in matter.assessment.graphs.items() if claim in claims
             and (found := graph.findings.get(finding.name)) is not None for exhibit in found.fact.exhibits}
    return pinned(matter, finding.name, matter.exhibits(names), claims)
