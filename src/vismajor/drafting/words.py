"""The interface's own words in the reader's language (`templates/<language>/words.yaml`), and facts put into words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache

import yaml

from vismajor.drafting import typography
from vismajor.law.conditions import Condition
from vismajor.law.models import Declaration, Law
from vismajor.reading.shipped import shipped_folder
from vismajor.reasoning.assessment import Premise
from vismajor.reasoning.findings import plain


@cache
def words(language: str) -> dict[str, str]:
    """Return the interface's words."""
    text = (shipped_folder("templates") / language / "words.yaml").read_text(encoding="utf-8")
    found: dict[str, str] = yaml.safe_load(text)
    return found


def say_value(declaration: Declaration, value: object, language: str) -> str:
    """Say one value of a fact as a clause: “the building had no automatic extinguishing”."""
    if declaration.type in ("bool", "choice"):
        return declaration.states[plain(value)].in_language(language)
    shown = str(value)
    if declaration.type == "date":
        shown = typography.date(dt.date.fromisoformat(shown), language)
    elif declaration.type == "money":
        shown = typography.money(Decimal(shown), language, cents=True)
    elif declaration.type == "number":
        shown = typography.number(Decimal(shown), language) + (f" {declaration.unit}" if declaration.unit else "")
    return declaration.states["value"].in_language(language).replace("{value}", shown)


def say_condition(law: Law, condition: Condition, language: str) -> str:
    """Say a condition of a rule as a clause; an issue by its finding."""
    if condition.on_issue:
        issue = law.issues[condition.name]
        finding = issue.findings.established if condition.values[0] else issue.findings.not_established
        text = finding.in_language(language).rstrip(".")
        return text[:1].lower() + text[1:]
    declaration = law.vocabulary.facts[condition.name]
    said = [say_value(declaration, value, language) for value in condition.values]
    if condition.operator == "!=":
        return words(language)["not_that"].format(what=words(language)["or"].join(said))
    return words(language)["or"].join(said)


def say_premise(law: Law, premise: Premise, language: str) -> str:
    """Say what meets a premise: the fact as stated where it is stated, else the condition itself."""
    if premise.derived_from:
        grounds = words(language)["and"].join(say_premise(law, below, language) for below in premise.derived_from)
        return words(language)["derived"].format(what=say_condition(law, premise.condition, language), why=grounds)
    finding = premise.finding
    if finding is None or finding.fact.value is None:
        return say_condition(law, premise.condition, language)
    if premise.condition.numeric or premise.condition.operator == "!=":
        return say_value(law.vocabulary.facts[finding.name], finding.fact.value, language)
    return say_condition(law, premise.condition, language)
