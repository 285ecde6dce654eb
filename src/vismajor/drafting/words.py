"""The interface's own words in the reader's language (`templates/<language>/words/`), and facts put into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from vismajor.drafting import typography
from vismajor.law.conditions import Condition, fact_of, item_of
from vismajor.law.models import Declaration, Law
from vismajor.reading.shipped import texts_of
from vismajor.reasoning.assessment import Premise
from vismajor.reasoning.findings import plain


def words(language: str) -> dict[str, str]:
    """Return the interface's words."""
    return texts_of(language, "words")


def counted(number: int, noun: str, language: str) -> str:
    """Return a number with its noun, in the singular or the plural (in French zero is singular): `20 demanderesses`."""
    one = number == 1 or (language == "fr" and number == 0)
    shown = typography.number(number, language)
    return f"{shown}{typography.NO_BREAK}{words(language)[noun + ('_one' if one else '_many')]}"


def cite(law: Law, source: str, language: str) -> str:
    """Return how a source is cited, marked as to be verified where nobody read it in full."""
    found = law.sources[source]
    cited = found.cite.in_language(language)
    return cited if found.read == "full" else f"{cited} [{words(language)['to_verify']}]"


def say_value(declaration: Declaration, value: object, language: str, bound: str = "{value}") -> str:
    """Say one value of a fact as a clause: “the building had no automatic extinguishing”.

    `bound` says a number or a date as the bound of a comparison: “less than {value}”.
    """
    if declaration.type in ("bool", "choice"):
        return declaration.states[plain(value)].in_language(language)
    shown = bound.replace("{value}", show_value(declaration, value, language))
    return declaration.states["value"].in_language(language).replace("{value}", shown)


def show_value(declaration: Declaration, value: object, language: str) -> str:
    """Return a date, a sum, a number or a name as it is printed."""
    shown = str(value)
    if declaration.type == "date":
        return typography.date(dt.date.fromisoformat(shown), language)
    if declaration.type == "money":
        return typography.money(Decimal(shown), language, cents=True)
    if declaration.type == "number":
        return typography.number(Decimal(shown), language) + (f" {declaration.unit}" if declaration.unit else "")
    return shown


def say_condition(law: Law, condition: Condition, language: str) -> str:
    """Say a condition of a rule as a clause; an issue by its finding."""
    if condition.on_issue:
        issue = law.issues[condition.name]
        finding = issue.findings.established if condition.values[0] else issue.findings.not_established
        text = finding.in_language(language).rstrip(".")
        return text[:1].lower() + text[1:]
    said = _say_test(law, condition, language)
    kind = law.vocabulary.kinds.get(law.vocabulary.kind_of(condition.fact) or "")
    if condition.quantifier and kind is not None:
        which = (kind.some if condition.quantifier == "any" else kind.each).in_language(language)
        said = words(language)["of_several"].format(which=which, what=said)
    return _of_items(law, condition.names, said, language)


def say_fact(law: Law, name: str, value: object, language: str) -> str:
    """Say one value of a fact that may be an item's: “for the backup nightly: the copies were kept …”."""
    return _of_items(law, (name,), say_value(law.vocabulary.facts[fact_of(name)], value, language), language)


def say_question(law: Law, name: str, language: str) -> str:
    """Ask for a fact that may be an item's: “for the backup nightly: Were the copies kept …?”."""
    return _of_items(law, (name,), law.vocabulary.facts[fact_of(name)].asks.in_language(language), language)


def _of_items(law: Law, names: Iterable[str], said: str, language: str) -> str:
    """Say of which items something is said: “for the copy “nightly” and the server “web”: …”."""
    things = []
    for name in names:
        kind, item = law.vocabulary.kind_of(fact_of(name)), item_of(name)
        if kind is not None and item:
            the = law.vocabulary.kinds[kind].the.in_language(language)
            things.append(words(language)["item"].format(the=the, item=item))
    if not things:
        return said
    return words(language)["of_several"].format(which=typography.listing(things, language), what=said)


def _say_test(law: Law, condition: Condition, language: str) -> str:
    declaration, say = law.vocabulary.facts[condition.fact], words(language)
    if condition.other is not None:
        other = law.vocabulary.facts[fact_of(condition.other)]
        kind = "date" if declaration.type == "date" else "compared"
        one, second = ((fact.named or fact.asks).in_language(language) for fact in (declaration, other))
        return say[f"{kind}_{_COMPARED[condition.operator]}_other"].format(one=one, other=second)
    if condition.numeric:
        kind = "date" if declaration.type == "date" else "number"
        return say_value(declaration, condition.values[0], language, say[f"{kind}_{_COMPARED[condition.operator]}"])
    said = [say_value(declaration, value, language) for value in condition.values]
    if condition.operator == "!=":
        return typography.elided(say["not_that"].format(what=say["or"].join(said)), language)
    return say["or"].join(said)


_COMPARED = {"=": "same", "!=": "different", "<": "less", "<=": "at_most", ">": "more", ">=": "at_least"}


def say_premise(law: Law, premise: Premise, language: str) -> str:
    """Say what meets a premise: the fact as stated where it is stated, else the condition itself."""
    if premise.derived_from:
        grounds = words(language)["and"].join(say_premise(law, below, language) for below in premise.derived_from)
        what = say_condition(law, premise.condition, language)
        return typography.elided(words(language)["derived"].format(what=what, why=grounds), language)
    finding = premise.finding
    if finding is None or finding.fact.value is None or not premise.as_stated:
        return say_condition(law, premise.condition, language)
    return say_fact(law, finding.name, finding.fact.value, language)
