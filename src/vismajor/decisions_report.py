"""What `validate` and `calibrate` print: how often the pack agreed with courts, where it did not and why; or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

from rich.table import Table

from vismajor.drafting import typography
from vismajor.drafting.words import words
from vismajor.law.fitted import Fitted
from vismajor.law.models import Law
from vismajor.reasoning.evaluation import Heard
from vismajor.reasoning.precedents import regimes_of
from vismajor.reasoning.scores import Scores
from vismajor.reasoning.validation import Judged, Validation
from vismajor.screen import WIDTH, render, wrapped

ARGUMENTS_SHOWN = 3
CLOSE = 0.1  # log-odds: a weight that moved less is not told apart from its word


def tell_validation(law: Law, validation: Validation, language: str) -> str:
    """Tell the scores, where the errors lie, and each decision on which the likelier answer was not the court's."""
    say = words(language)
    lines = [wrapped(say["validate_headline"].format(
        correct=validation.scores.correct, count=validation.scores.count,
        share=typography.share(validation.scores.accuracy, language)), language)]
    lines += [wrapped(text, language) for text in (_sureness(validation.scores, language), *_how(validation, language))]
    lines += ["", render(_main_table(validation, language)), "", render(_confusion(validation.scores, language))]
    for title, table in (
        ("validate_curve", _curve(validation, language)), ("validate_coverage", _coverage(validation, language)),
        ("validate_conditions", _parts({law.issues[issue].title.in_language(language): scores
                                        for issue, scores in validation.conditions.items()}, language)),
        ("validate_kinds", _parts({_kind(law, kind, language): scores
                                   for kind, scores in validation.kinds.items()}, language)),
        ("validate_regimes", _parts({regimes_of(law).regimes[regime].title.in_language(language): scores
                                     for regime, scores in validation.regimes.items()}, language)),
    ):
        if table.row_count:
            lines += ["", wrapped(say[title], language), render(table)]
    if validation.wrong:
        lines += ["", wrapped(say["validate_wrong"], language)]
        lines += [line for one in validation.wrong for line in _explained(law, one, language)]
    if validation.left_out:
        lines += ["", wrapped(say["validate_left_out"].format(ids=", ".join(validation.left_out)), language)]
    return "\n".join([*lines, "", wrapped(say["validate_note"], language)])


def _how(validation: Validation, language: str) -> Iterator[str]:
    """Say which decisions the weights had seen."""
    say = words(language)
    count = validation.scores.count
    held_out = sum(one.how == "held_out" for one in validation.judged)
    for key, number in (("validate_held_out", held_out), ("validate_unseen", count - held_out)):
        if number:
            yield say[f"{key}_all" if number == count else key].format(count=number)


def _sureness(scores: Scores, language: str) -> str:
    """Say how sure the agreement is, and what always answering as most courts did would have given."""
    say, (low, high) = words(language), _interval(scores)
    most = "accepted" if 2 * _accepted(scores) > scores.count else "rejected"
    return say["validate_base_rate"].format(
        low=typography.share(low, language), high=typography.share(high, language), answer=say[f"validate_{most}"],
        base=typography.share(_base_rate(scores), language))


def _accepted(scores: Scores) -> int:
    return scores.confusion[0] + scores.confusion[1]


def _base_rate(scores: Scores) -> float:
    """Return the agreement that always giving the answer of the majority of courts would have."""
    return max(_accepted(scores), scores.count - _accepted(scores)) / scores.count


def _interval(scores: Scores) -> tuple[float, float]:
    """Return the 95 % interval of the agreement after Wilson (1927), one decision independent of another."""
    from scipy.stats import binomtest  # noqa: PLC0415 — slow to import, and few commands ask for it

    found = binomtest(scores.correct, scores.count).proportion_ci(0.95, method="wilson")
    return float(found.low), float(found.high)


def _main_table(validation: Validation, language: str) -> Table:
    say = words(language)
    rows: list[tuple[str, Scores | None]] = [
        (say["validate_engine"], validation.scores), (say["validate_without"], validation.without_conclusive),
        (say["validate_regression"], validation.regression)]
    rows.insert(2, (say["validate_words"], validation.words))
    if len(validation.bodies) > 1:
        rows += [(say[f"validate_{body}"], scores) for body, scores in sorted(validation.bodies.items(), reverse=True)]
    rows += [(say[f"validate_{facts}_facts"], scores) for facts, scores in sorted(validation.facts.items())]
    return _parts({name: scores for name, scores in rows if scores is not None}, language)


def _parts(parts: Mapping[str, Scores], language: str) -> Table:
    say = words(language)
    table = Table(width=WIDTH)
    table.add_column("")
    for column in ("validate_count", "validate_accuracy", "validate_brier", "validate_log_loss"):
        table.add_column(say[column], justify="right")
    for name, scores in parts.items():
        table.add_row(typography.spaced(name, language), str(scores.count), typography.share(scores.accuracy, language),
                      *(_decimal(value, language) for value in (scores.brier, scores.log_loss)))
    return table


def _confusion(scores: Scores, language: str) -> Table:
    say = words(language)
    table = Table(width=WIDTH)
    for column in ("", "validate_expected_accepted", "validate_expected_rejected"):
        table.add_column(say[column] if column else "", justify="right" if column else "left")
    accepted, missed, wrongly, rejected = scores.confusion
    table.add_row(say["validate_court_accepted"], str(accepted), str(missed))
    table.add_row(say["validate_court_rejected"], str(wrongly), str(rejected))
    return table


def _curve(validation: Validation, language: str) -> Table:
    say = words(language)
    table = Table(width=WIDTH)
    for column in ("validate_range", "validate_count", "validate_mean", "validate_accepted"):
        table.add_column(say[column], justify="right")
    for part in validation.curve:
        low, high = (typography.share(bound, language) for bound in (part.low, part.high))
        table.add_row(say["range"].format(low=low, high=high), str(part.count),
                      typography.share(part.expected, language), typography.share(part.accepted, language))
    return table


def _coverage(validation: Validation, language: str) -> Table:
    say = words(language)
    table = Table(width=WIDTH)
    for column in ("validate_silence", "validate_told", "validate_accuracy"):
        table.add_column(say[column], justify="right")
    for part in validation.coverage:
        low, high = (typography.share(0.5 + side * part.distance, language) for side in (-1, 1))
        table.add_row(say["range"].format(low=low, high=high) if part.distance else say["validate_never"],
                      str(part.told), typography.share(part.accuracy, language))
    return table


def _kind(law: Law, kind: str, language: str) -> str:
    """Return the name of a kind of event: what is said of it, less what is said of all."""
    declared = law.vocabulary.facts.get("event.kind")
    if declared is None or kind not in declared.states:
        return kind
    said = {name: state.in_language(language).split(" ") for name, state in declared.states.items()}
    shared = len(list(takewhile(lambda words_at: len(set(words_at)) == 1, zip(*said.values(), strict=False))))
    return typography.capital(" ".join(said[kind][shared:]))


def _explained(law: Law, one: Judged, language: str) -> Iterator[str]:
    """Tell a decision on which the likelier answer was not the court's: what weighed for and against."""
    say, decision = words(language), one.decision
    day = typography.partial_date(decision.date, language) if decision.date else say["validate_undated"]
    yield wrapped(say["validate_one"].format(
        id=decision.id, given=", ".join(filter(None, (decision.court, day))),
        chance=typography.share(one.probability, language),
        decided=say[f"validate_{decision.outcome}"]), language, 0, "– ")
    issue = _hinge(law, one)
    clause = issue == regimes_of(law).clause
    yield wrapped(say["validate_hinge_clause" if clause else "validate_hinge"].format(
        issue=law.issues[issue].title.in_language(language), chance=typography.share(
            one.by_clause if clause else one.conditions[issue], language)), language, 2)
    sides = sorted(one.precedent.heard[issue], key=lambda heard: (-_size(heard), heard.argument.rule.id))
    for side, label in ((True, "for"), (False, "against")):
        told = [heard for heard in sides if heard.argument.argues_for is side][:ARGUMENTS_SHOWN]
        for heard in told:
            yield wrapped(f"{typography.capital(say[label])}{say['colon']}"
                          f"{heard.argument.rule.because.in_language(language)}", language, 4)
    if decision.outcome_kind != "decided":
        yield wrapped(say[f"validate_{decision.outcome_kind}"], language, 2)


def _hinge(law: Law, one: Judged) -> str:
    """Return the issue that weighed most in the answer: the least likely condition, or the clause where it carried."""
    if one.expected and one.by_clause > one.by_law:
        return regimes_of(law).clause
    return min(one.conditions, key=lambda issue: (one.conditions[issue], issue))


def _size(heard: Heard) -> float:
    return float("inf") if heard.argument.knocks_out else abs(heard.argument.weight) * heard.applies


def _decimal(value: float, language: str) -> str:
    return typography.decimal(value, language, 3)


def validation_json(validation: Validation) -> dict[str, Any]:
    """Return the validation as JSON data."""
    return {
        "n": validation.scores.count, **_scores_json(validation.scores),
        "base_rate": round(_base_rate(validation.scores), 6),
        "accuracy_interval_95": [round(bound, 6) for bound in _interval(validation.scores)],
        "without_conclusive_facts": _scores_json(validation.without_conclusive),
        "words_alone": _scores_json(validation.words), "plain_regression": _scores_json(validation.regression),
        "bodies": _parts_json(validation.bodies),
        "calibration": [{"low": b.low, "high": b.high, "n": b.count, "expected": round(b.expected, 6),
                         "accepted": round(b.accepted, 6)} for b in validation.curve],
        "cannot_tell": [{"within": c.distance, "told": c.told, "accuracy": round(c.accuracy, 6)}
                        for c in validation.coverage],
        "conditions": _parts_json(validation.conditions), "kinds": _parts_json(validation.kinds),
        "regimes": _parts_json(validation.regimes), "facts": _parts_json(validation.facts),
        "left_out": list(validation.left_out),
        "decisions": [_judged_json(one) for one in validation.judged],
    }


def _parts_json(parts: Mapping[str, Scores]) -> dict[str, Any]:
    return {key: {"n": scores.count, **_scores_json(scores)} for key, scores in parts.items()}


def _scores_json(scores: Scores | None) -> Any:
    if scores is None:
        return None
    names = ("accepted_as_expected", "accepted_unexpectedly", "rejected_unexpectedly", "rejected_as_expected")
    return {"accuracy": round(scores.accuracy, 6), "brier": round(scores.brier, 6),
            "log_loss": round(scores.log_loss, 6), "confusion": dict(zip(names, scores.confusion, strict=True))}


def _judged_json(one: Judged) -> dict[str, Any]:
    return {
        "id": one.decision.id, "probability": round(one.probability, 6),
        "predicted": "accepted" if one.expected else "rejected", "outcome": one.decision.outcome,
        "by_law": round(one.by_law, 6), "by_clause": round(one.by_clause, 6),
        "conditions": {issue: round(chance, 6) for issue, chance in one.conditions.items()},
        "regime": one.precedent.regime_id, "apart": one.precedent.regime.apart, "weights": one.how,
    }


def tell_calibration(law: Law, fitted: Fitted, out: Path, language: str) -> str:
    """Tell what was fitted, on what, how it does on decisions it has not seen, and where decisions speak otherwise."""
    say = words(language)
    lines = [
        wrapped(say["calibrate_headline"].format(decisions=fitted.decisions, groups=fitted.groups,
                                                 penalty=_decimal(float(fitted.penalty), language)), language),
        wrapped(say["calibrate_held_out"].format(
            correct=fitted.held_out.correct, count=fitted.decisions,
            share=typography.share(fitted.held_out.accuracy, language),
            brier=_decimal(fitted.held_out.brier, language)), language), ""]
    moved = sorted(fitted.rules.items(), key=lambda item: (-abs(_moved(law, item[0], fitted)), item[0]))
    for rule, found in moved:
        if abs(_moved(law, rule, fitted)) > CLOSE:
            weight, low, high = (_decimal(float(value), language) for value in (found.weight, found.low, found.high))
            lines += [rule, wrapped(say["calibrate_line"].format(
                word=say[law.rules[rule].weight or "weak"], weight=weight, low=low, high=high,
                decisions=found.decisions), language, 4)]
    lines += ["", wrapped(say["calibrate_others"], language), ""]
    for heavier, key in ((True, "calibrate_heavier"), (False, "calibrate_lighter")):
        rules = [rule for rule, _ in moved if abs(_moved(law, rule, fitted)) > CLOSE
                 and _outside(law, rule, fitted) and (_moved(law, rule, fitted) > 0) is heavier]
        lines.append(wrapped(say[key].format(rules=", ".join(rules) or say["none_such"]), language))
    return "\n".join([*lines, wrapped(say["calibrate_written"].format(file=out), language)])


def _outside(law: Law, rule: str, fitted: Fitted) -> bool:
    """Tell whether the word of a rule lies outside the interval of its fitted weight."""
    found = fitted.rules[rule]
    return not found.low <= law.weights[law.rules[rule].weight or "weak"] <= found.high


def _moved(law: Law, rule: str, fitted: Fitted) -> float:
    return float(fitted.rules[rule].weight) - float(law.weights[law.rules[rule].weight or "weak"])
