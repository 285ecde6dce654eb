"""The tables of `evidence`: what can be obtained, and what each answer to a contested fact would change."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.markup import escape
from rich.table import Table

from vismajor.drafting import typography
from vismajor.drafting.words import say_fact, say_question, words
from vismajor.screen import WIDTH
from vismajor.settlement.evidence import Evidence, FactWorth

TITLES, QUESTIONS = 24, 30  # columns of the first cell of each table


def signed(amount: Decimal, language: str) -> str:
    """Return an amount with its sign: `+1 200 €`, `-300 €`, `0 €`."""
    return ("+" if amount >= Decimal("0.5") else "") + typography.money(amount, language)


def question_said(evidence: Evidence, fact: FactWorth, language: str) -> str:
    """Ask for a fact as the law pack asks for it, and for which duty where it may differ from one to another."""
    law = evidence.valuation.assessment.law
    stated, _, rest = fact.name.partition("@")
    duty, _, item = rest.partition("#")
    asked = say_question(law, f"{stated}#{item}" if item else stated, language)
    if not duty:
        return asked
    return words(language)["evidence_for_duty"].format(
        question=asked, duty=law.vocabulary.duties[duty].short.in_language(language))


def value_said(evidence: Evidence, fact: FactWorth, value: object, language: str) -> str:
    """Say one answer: yes or no, or the clause that says what is found."""
    say = words(language)
    if value is None:
        return say["evidence_unknown_value"]
    if isinstance(value, bool):
        return say["evidence_yes" if value else "evidence_no"]
    return say_fact(evidence.valuation.assessment.law, fact.fact, value, language)


def _filled(text: str, language: str, width: int) -> str:
    """Return a text set in so many columns: a table would break it at the spaces inside an amount."""
    return escape(textwrap.fill(typography.spaced(text, language), width, subsequent_indent="  ",
                                break_long_words=False, break_on_hyphens=False))


def inquiries_table(evidence: Evidence, language: str) -> Table:
    """Return one row for each piece of evidence, in euros."""
    say, ours = words(language), evidence.ours
    table = Table(width=WIDTH, padding=(0, 0))
    for name in ("piece", "price", "worth", "net", "other", "moves", "producing"):
        table.add_column(say[f"evidence_{name}"], justify="left" if name == "piece" else "right",
                         no_wrap=name != "piece", min_width=TITLES if name == "piece" else None)
    for number, one in enumerate(evidence.inquiries, start=1):
        theirs = next(worth for side, worth in one.sample.items() if side != ours)
        amounts = (one.inquiry.price, one.sample[ours].decision, one.net, theirs.decision, one.sample[ours].moves,
                   one.producing)
        table.add_row(_filled(f"{number}. {one.inquiry.title.in_language(language)}", language, TITLES),
                      *(typography.money(amount, language) for amount in amounts), end_section=True)
    return table


def facts_table(evidence: Evidence, facts: Sequence[FactWorth], language: str) -> Table:
    """Return the rows of each fact: what is asked and what knowing it is worth, then one row an answer."""
    say = words(language)
    table = Table(width=WIDTH, padding=(0, 0))
    for name in ("fact", "chance", "claimants", "respondent", "liable", "excused", "capped"):
        table.add_column(say[f"evidence_{name}"], justify="left" if name == "fact" else "right",
                         no_wrap=name != "fact", min_width=QUESTIONS if name == "fact" else None)
    for number, fact in enumerate(facts, start=1):
        table.add_row(_filled(f"{number}. {question_said(evidence, fact, language)}", language, QUESTIONS))
        table.add_row(_filled(_worth_said(evidence, fact, language), language, QUESTIONS))
        for last, row in _answers(evidence, fact, language):
            table.add_row(*row, end_section=last)
    return table


def _answers(evidence: Evidence, fact: FactWorth, language: str) -> Iterator[tuple[bool, list[str]]]:
    ours = sum((choice.court for choice in evidence.choices.claimants), Decimal(0))
    for index, found in enumerate(fact.found, start=1):
        chances = [typography.share(chance, language) for chance in (found.liable, found.excused, found.capped)]
        yield index == len(fact.found), [
            _filled("– " + value_said(evidence, fact, found.value, language), language, QUESTIONS),
            typography.share(found.chance, language), signed(found.claimants - ours, language),
            signed(found.respondent - evidence.choices.respondent.court, language), *chances]


def _worth_said(evidence: Evidence, fact: FactWorth, language: str) -> str:
    say, worth = words(language), fact.worth[evidence.ours]
    status = say[f"status_{fact.status}"]
    known = "evidence_fact_idle" if worth.decision < Decimal("0.5") else (
        "evidence_fact_worth" if worth.decision > worth.error else "evidence_fact_doubtful")
    error = f" (± {typography.money(worth.error, language)})"
    listed = [str(number) for number, one in enumerate(evidence.inquiries, start=1)
              if one.inquiry.id in fact.inquiries]
    told = say["evidence_fact_inquiries"].format(inquiries=typography.listing(listed, language)) if listed else (
        say["evidence_fact_nothing"])
    text = say[known].format(status=status, worth=typography.money(worth.decision, language), error=error)
    return text + say["semicolon"] + told


