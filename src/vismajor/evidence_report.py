"""What `evidence` prints: what to obtain first and why, what knowing each fact is worth, what to ask next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from vismajor.case.models import Case
from vismajor.damages.money import NOTHING
from vismajor.drafting import typography
from vismajor.drafting.offers_said import insurer_said, standing_said
from vismajor.drafting.standings import short_names
from vismajor.drafting.words import words
from vismajor.evidence_tables import facts_table, inquiries_table, question_said, signed, value_said
from vismajor.law.models import Law
from vismajor.reading.problems import InvalidInput, nearest, problem
from vismajor.reasoning.assessment import Progress
from vismajor.reasoning.findings import plain
from vismajor.report import in_cents
from vismajor.screen import render, worlds_note, wrapped
from vismajor.settlement.asking import Asked, asked_of_client, asked_of_others
from vismajor.settlement.choices import Choice
from vismajor.settlement.evidence import Evidence, FactWorth, InquiryWorth, evidence_of
from vismajor.settlement.studies import SIDES, Worth
from vismajor.workbench import assess, value, vary_case

MOST_ASKED = 3  # questions for each group


def evidence_for(case: Case, law: Law, claimant: str | None = None, scenarios: Sequence[str] = (),
                 offer: Decimal | None = None, *, worlds: int, seed: str | None, progress: Progress | None = None
                 ) -> Evidence:
    """Assess and value a case as its scenarios would have it, and return what knowing each fact is worth.

    Raises InvalidInput for a claimant or a scenario that the case does not have.
    """
    known = {"--claimant": [one.id for one in case.file.claimants], "--scenario": [s.id for s in case.file.scenarios]}
    asked = [("--claimant", "unknown_claimant", claimant)] if claimant is not None else []
    asked += [("--scenario", "unknown_scenario", name) for name in scenarios]
    wrong = [problem(option, (1, 1), code, read=name, nearest=nearest(name, known[option]))
             for option, code, name in asked if name not in known[option]]
    if wrong:
        raise InvalidInput(wrong)
    varied = vary_case(case, law, scenarios) if scenarios else case
    valuation = value(assess(varied, law, worlds=worlds, seed=seed, progress=progress), progress)
    return evidence_of(valuation, claimant, offer, progress)


def evidence_json(evidence: Evidence, scenarios: Sequence[str]) -> dict[str, Any]:
    """Return all as JSON data: sums as texts with two decimals, facts and inquiries what is worth most first."""
    assessment, choices = evidence.valuation.assessment, evidence.choices
    return {
        "case": assessment.case.file.title.model_dump(), "as_of": assessment.case.as_of.isoformat(),
        "seed": assessment.worlds.seed, "worlds": assessment.worlds.count, "worlds_of_a_supposition": evidence.worlds,
        "scenarios": list(scenarios), "acting_for": evidence.ours,
        "choices": {"claimants": [_choice_json(one) for one in choices.claimants],
                    "respondent": _choice_json(choices.respondent)},
        "inquiries": [_inquiry_json(one) for one in evidence.inquiries],
        "facts": [_fact_json(one) for one in evidence.facts],
        "facts_without_bearing": evidence.idle,
        "ask_client": [_asked_json(one) for one in asked_of_client(evidence, MOST_ASKED)],
        "ask_others": [_asked_json(one) for one in asked_of_others(evidence, MOST_ASKED)],
    }


def _choice_json(choice: Choice) -> dict[str, Any]:
    return {"claimants": list(choice.claimants), "certain": in_cents(choice.certain), "ground": choice.ground,
            "court": in_cents(choice.court)}


def _worth_json(worth: Worth) -> dict[str, str]:
    return {"decision": in_cents(worth.decision), "standard_error": in_cents(worth.error),
            "moves": in_cents(worth.moves)}


def _inquiry_json(one: InquiryWorth) -> dict[str, Any]:
    return {
        "id": one.inquiry.id, "title": one.inquiry.title.model_dump(), "facts": list(one.inquiry.facts),
        "price": in_cents(one.inquiry.price), "months": str(one.inquiry.months),
        "reliability": one.inquiry.reliability,
        "perfect": {side: _worth_json(one.perfect[side]) for side in SIDES},
        "sample": {side: _worth_json(one.sample[side]) for side in SIDES}, "delay": in_cents(one.delay),
        "net": in_cents(one.net), "moves_per_euro": round(one.per_euro, 4) if one.inquiry.price else None,
        "producing": in_cents(one.producing), "facts_without_bearing": list(one.without_bearing),
        "facts_left_aside": list(one.left_aside),
    }


def _fact_json(one: FactWorth) -> dict[str, Any]:
    return {
        "fact": one.name, "asks": one.declaration.asks.model_dump(), "status": one.status or "unknown",
        "chances_from": one.chance_from, "claimants": list(one.claimants),
        "worth": {side: _worth_json(one.worth[side]) for side in SIDES},
        "swing": {side: in_cents(one.swing[side]) for side in SIDES}, "swing_error": in_cents(one.swing_error),
        "best_for_us": plain(one.best), "proving": in_cents(one.proving),
        "found": [{"value": plain(found.value), "chance": round(found.chance, 6),
                   "claimants": in_cents(found.claimants), "respondent": in_cents(found.respondent),
                   "liable": round(found.liable, 6), "excused": round(found.excused, 6),
                   "capped": round(found.capped, 6)} for found in one.found],
        "inquiries": list(one.inquiries),
    }


def _asked_json(asked: Asked) -> dict[str, Any]:
    return {"claimants": list(asked.claimants), "questions": [
        {"fact": fact.name, "asks": fact.declaration.asks.model_dump(), "answers": [
            {"value": plain(found.value), "moves_each": in_cents(_each(fact, found.value, asked.claimants)),
             "by_amount": str(found.value) in fact.declaration.by_amount}
            for found in fact.found]} for fact in asked.questions]}


def _each(fact: FactWorth, value: object, claimants: Sequence[str]) -> Decimal:
    """Return by how much an answer moves what the suit leaves one of these claimants, on average."""
    moved = [fact.by_claimant[name][value] for name in claimants if name in fact.by_claimant]
    return sum(moved, NOTHING) / len(moved) if moved else NOTHING


def tell_evidence(evidence: Evidence, scenarios: Sequence[str], top: int) -> str:
    """Tell all in the case's language; `top` facts are told."""
    return "\n".join(_told(evidence, scenarios, top))


def _told(evidence: Evidence, scenarios: Sequence[str], top: int) -> Iterator[str]:
    case, language = evidence.valuation.assessment.case, evidence.valuation.assessment.case.file.language
    say = words(language)
    yield wrapped(say["evidence_title"].format(case=case.file.title.in_language(language)), language)
    if len(evidence.choices.members) == 1 < len(case.file.claimants):
        yield wrapped(say["exposure_of_claimant"].format(name=case.name_of(evidence.choices.members[0])), language)
    for scenario in case.file.scenarios:
        if scenario.id in scenarios:
            yield wrapped(say["exposure_scenario"].format(title=scenario.title.in_language(language)), language)
    yield ""
    yield from (wrapped(line, language) for line in first_lines(evidence, language))
    yield ""
    yield from (wrapped(line, language) for line in choice_lines(evidence, language))
    law = evidence.valuation.assessment.law
    if evidence.valuation.standing is not None:
        yield from (wrapped(line, language) for line in standing_said(evidence.valuation, language))
    yield from (wrapped(line, language) for line in insurer_said(case, law, language, evidence.choices.members))
    stances = case.file.bargaining
    if case.file.proceedings is None:
        yield wrapped(say["evidence_nothing_stated"], language)
    if any(one.believes or one.risk_tolerance for one in (stances.claimants, stances.respondent)):
        yield wrapped(say["evidence_as_stated"], language)
    if evidence.inquiries:
        yield "\n" + say["evidence_inquiries"] + "\n" + render(inquiries_table(evidence, language))
        yield from (wrapped(line, language) for line in _bearing_lines(evidence, language))
    contested = [fact for fact in evidence.facts if fact.status is not None]
    if contested:
        yield "\n" + say["evidence_facts"] + "\n" + render(facts_table(evidence, contested[:top], language))
        if len(contested) > top:
            yield wrapped(say["evidence_facts_more"].format(count=len(contested) - top), language)
    yield from _question_lines(evidence, language)
    yield ""
    unknown = ["evidence_note_unknown"] if any(fact.status is None for fact in evidence.facts) else []
    for note in (["evidence_note_terms"] if evidence.inquiries else []) + ["evidence_note_facts", *unknown]:
        yield wrapped(say[note], language)
    yield wrapped(say["evidence_note_worlds"].format(
        count=typography.number(evidence.worlds, language), idle=evidence.idle), language)
    yield wrapped(worlds_note(evidence.valuation.assessment, language), language)
    yield wrapped(say["value_internal"], language)


def first_lines(evidence: Evidence, language: str) -> Iterator[str]:
    """Say what to obtain first and why, what else as proof, what not to pay for before; or that nothing is listed."""
    say = words(language)
    if not evidence.facts:
        yield say["evidence_nothing_moves"]
        return
    if not evidence.inquiries:
        most = question_said(evidence, evidence.facts[0], language)
        yield say["evidence_none"].format(fact=say["evidence_none_fact"].format(question=most))
        return
    first, *rest = evidence.inquiries
    worth = first.sample[evidence.ours]
    if first.net <= 0 and not any(one.sample[evidence.ours].moves for one in evidence.inquiries):
        yield say["evidence_moves_nothing"]
        return
    yield say["evidence_first_worth" if first.net > 0 else "evidence_first_unworth"].format(
        title=first.inquiry.title.in_language(language), price=typography.money(first.inquiry.price, language),
        whom=_whom(evidence, language), worth=typography.money(worth.decision, language),
        error=typography.money(worth.error, language), net=typography.money(first.net, language),
        why=_why(evidence, first, language))
    also = max((one for one in rest if one.net <= 0 and one.as_proof > 0), key=lambda one: one.as_proof, default=None)
    if also is not None:
        yield say["evidence_also"].format(
            title=also.inquiry.title.in_language(language), price=typography.money(also.inquiry.price, language),
            producing=typography.money(also.producing, language))
    dear = max((one for one in rest if one.net <= 0 and one.as_proof <= 0 and one.inquiry.price > first.inquiry.price),
               key=lambda one: one.inquiry.price, default=None)
    if dear is not None:
        worth = dear.sample[evidence.ours]
        yield say["evidence_last_less" if worth.decision > 0 else "evidence_last_idle"].format(
            title=dear.inquiry.title.in_language(language), price=typography.money(dear.inquiry.price, language),
            moves=typography.money(worth.moves, language), worth=typography.money(worth.decision, language))


def _why(evidence: Evidence, one: InquiryWorth, language: str) -> str:
    """Say what an inquiry would bring, to whom, and on which question it mostly bears."""
    say = words(language)
    other = next(worth.decision for side, worth in one.sample.items() if side != evidence.ours)
    facts = [fact for fact in evidence.facts if one.inquiry.id in fact.inquiries]
    mostly = say["evidence_why_mostly"].format(question=question_said(evidence, facts[0], language)) if facts else ""
    return say["evidence_why"].format(
        moves=typography.money(one.sample[evidence.ours].moves, language),
        producing=typography.money(one.producing, language), mostly=mostly,
        other=say["evidence_why_other" if other else "evidence_why_other_idle"].format(
            worth=typography.money(other, language)))


def _whom(evidence: Evidence, language: str) -> str:
    number = "_one" if len(evidence.choices.members) == 1 else "_many"
    return words(language)[f"evidence_whom_{evidence.ours}{number if evidence.ours == 'claimants' else ''}"]


def choice_lines(evidence: Evidence, language: str) -> Iterator[str]:
    """Say between what each side chooses: the decisions that knowing serves."""
    ours, theirs = evidence.choices.claimants, evidence.choices.respondent
    grounds = {choice.ground for choice in ours}
    whose = "claimant" if len(evidence.choices.members) == 1 else "claimants"
    for who, ground, choices in ((whose, grounds.pop() if len(grounds) == 1 else "mixed", ours),
                                 ("respondent", theirs.ground, (theirs,))):
        one = "_one" if whose == "claimant" and (who, ground) == ("respondent", "court") else ""
        yield words(language)[f"evidence_choice_{who}_{ground}{one}"].format(
            certain=typography.money(sum((one.certain for one in choices), NOTHING), language),
            court=typography.money(sum((one.court for one in choices), NOTHING), language))
    if len(evidence.choices.members) == 1 < len(evidence.valuation.assessment.case.file.claimants):
        yield words(language)["evidence_choice_respondent_part"].format(court=typography.money(theirs.court, language))


def _bearing_lines(evidence: Evidence, language: str) -> Iterator[str]:
    """Say how many facts of each inquiry count for nothing, or were left aside."""
    say = words(language)
    for key in ("idle", "aside"):
        listed = [say["evidence_of_piece"].format(number=number, count=count, all=len(one.inquiry.facts))
                  for number, one in enumerate(evidence.inquiries, start=1)
                  if (count := len(one.without_bearing if key == "idle" else one.left_aside))]
        if listed:
            yield say[f"evidence_{key}_facts"].format(listed=say["semicolon"].join(listed))


def _question_lines(evidence: Evidence, language: str) -> Iterator[str]:
    say, case = words(language), evidence.valuation.assessment.case
    for heading, found in ((f"evidence_ask_{evidence.ours}", asked_of_client(evidence, MOST_ASKED)),
                           ("evidence_ask_others", asked_of_others(evidence, MOST_ASKED))):
        if found:
            yield "\n" + say[heading]
        for asked in found:
            every = len(asked.claimants) == len(case.file.claimants)
            if not every:
                yield wrapped(say["evidence_ask_group"].format(
                    names=short_names([case.name_of(name) for name in asked.claimants], language)), language, 2)
            for number, fact in enumerate(asked.questions, start=1):
                yield wrapped(_question(evidence, fact, asked.claimants, language), language, 2 if every else 4,
                              f"{number}. ")


def _moved(fact: FactWorth, value: object, claimants: Sequence[str], each: str, language: str
           ) -> dict[str, str]:
    """Say by how much an answer moves the suit of each; in words where that hangs on a sum that nobody stated."""
    moved, by_amount = _each(fact, value, claimants), fact.declaration.by_amount.get(str(value))
    if by_amount is not None and abs(moved) < Decimal("0.5"):
        return {"moved": by_amount.in_language(language), "each": ""}
    return {"moved": signed(moved, language), "each": each}


def _question(evidence: Evidence, fact: FactWorth, claimants: Sequence[str], language: str) -> str:
    say = words(language)
    each = say["evidence_each"] if len(evidence.choices.members) > 1 else ""
    answers = say["semicolon"].join(say["evidence_answer"].format(
        value=value_said(evidence, fact, found.value, language),
        **_moved(fact, found.value, claimants, each if index == 0 else "", language))
        for index, found in enumerate(fact.found))
    mark = say["evidence_equal"] if fact.chance_from == "equal" else ""
    return say["evidence_question"].format(question=question_said(evidence, fact, language) + mark, answers=answers)
