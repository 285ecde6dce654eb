"""What the result may depend on, in words: a fact as it is stated, a reason of law, a weight, a loss."""

from __future__ import annotations

from dataclasses import dataclass

from vismajor.case.models import Case
from vismajor.drafting import typography
from vismajor.drafting.scenario_said import open_question, say_stated
from vismajor.drafting.words import say_fact, say_value, words
from vismajor.law.models import Law
from vismajor.settlement.factors import Factor
from vismajor.settlement.sensitivity import Effect, Row


@dataclass(frozen=True)
class FactorSaid:
    """A factor in words: its kind, what holds at its first end, and at its second where that says more."""

    kind: str
    what: str
    otherwise: str = ""

    def line(self, language: str) -> str:
        """Return it in one sentence."""
        return "".join((self.what, words(language)["semicolon"] if self.otherwise else "", self.otherwise))


def say_factor(law: Law, case: Case, effect: Effect, language: str) -> FactorSaid:
    """Say what an effect is the effect of."""
    factor, say = effect.factor, words(language)
    what, otherwise = _ends(law, case, effect, language)
    concerned = len(factor.claimants)
    if factor.kind in ("fact", "quantity", "unknown") and 0 < concerned < len(case.file.claimants):
        number = typography.number(concerned, language)
        what = say["sensitivity_for_some"].format(what=what, number=number)
    return FactorSaid(say[f"sensitivity_kind_{factor.kind}"], what, otherwise)


def _ends(law: Law, case: Case, effect: Effect, language: str) -> tuple[str, str]:
    factor, say = effect.factor, words(language)
    if factor.kind == "question":
        rule, titles = open_question(law, factor.name, case.as_of, language)
        because = typography.uncapital(rule.because.in_language(language)).rstrip(".")
        return say["sensitivity_argument"].format(what=because, on=typography.listing(titles, language)), ""
    if factor.kind == "weight":
        return _weight(law, effect, language)
    if factor.kind == "head":
        return say["sensitivity_accepted"].format(what=_head(law, case, factor, language)), ""
    return _fact(law, effect, language)


def _fact(law: Law, effect: Effect, language: str) -> tuple[str, str]:
    factor, say = effect.factor, words(language)
    plain = factor.name.partition("@")[0]
    if factor.kind == "unknown":
        first, second = (say_fact(law, plain, end.side.value, language) for end in (effect.first, effect.second))
        few = law.vocabulary.facts[plain].type == "bool"
        return first, "" if few else say["sensitivity_or"].format(what=second)
    assert factor.fact is not None
    certain = factor.fact.model_copy(update={"likelihood": 1.0})
    stated = say_stated(law, factor.name, certain, language)
    if factor.kind == "quantity" or factor.fact.otherwise is None:
        return stated, ""
    other = say_value(law.vocabulary.facts[plain], factor.fact.otherwise, language)
    return stated, say["sensitivity_or"].format(what=other)


def _weight(law: Law, effect: Effect, language: str) -> tuple[str, str]:
    rule, say = law.rules[effect.factor.name], words(language)
    because = typography.uncapital(rule.because.in_language(language)).rstrip(".")
    on = law.issues[rule.issue].title.in_language(language) if rule.issue else rule.target
    low, now, high = (typography.decimal(float(str(weight)), language, 1) for weight in
                      (effect.second.side.value, law.size(rule), effect.first.side.value))
    basis = say["sensitivity_weight_fitted" if effect.factor.fitted else "sensitivity_weight_step"]
    return (say["sensitivity_argument"].format(what=because, on=on),
            say["sensitivity_weight"].format(low=low, high=high, now=now, basis=basis))


def _head(law: Law, case: Case, factor: Factor, language: str) -> str:
    if factor.name in law.heads:
        return law.heads[factor.name].title.in_language(language)
    heads = [head for claimant in case.file.claimants if claimant.id in factor.claimants
             for head in claimant.heads if head.id == factor.name]
    title = law.heads[heads[0].kind].title.in_language(language)
    return f"{title} ({factor.name})"


def say_row(law: Law, row: Row, language: str) -> str:
    """Say an issue, and the duty where it is asked of one."""
    title = law.issues[row.issue].title.in_language(language)
    return f"{title} ({law.vocabulary.duties[row.duty].short.in_language(language)})" if row.duty else title
