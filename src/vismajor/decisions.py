"""The pack beside real decisions: how often it is right (`validate`), and weights fitted to them (`calibrate`)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import yaml

from vismajor.case.decisions import REGIMES, Decision, Decisions, read_decisions
from vismajor.law.fitted import Fitted
from vismajor.law.models import Law
from vismajor.law.reader import read_law
from vismajor.reading.problems import InvalidInput, problem
from vismajor.reading.shipped import shipped_folder
from vismajor.reasoning.calibration import Calibration, Progress, editions, fitted_weights
from vismajor.reasoning.findings import catalog
from vismajor.reasoning.likelihood import Design
from vismajor.reasoning.precedents import precedents
from vismajor.reasoning.validation import NothingToJudgeError, Validation, validate_pack

FEWEST_DISPUTES = 10  # below that no weight can be told from its prior, and nothing can be held out

HEADER = """\
# Weights fitted to real decisions, beside the words of the rules. The command below wrote them: run it, do not edit.
# `issues`: log-odds of a condition once something is shown for it; `rules`: what each adds or takes away, at least 0;
# `together`: how often a court appraises all the conditions as one; low, high: 90 % of bootstrap samples of disputes.
# `held_out`: agreement with decisions that the weights had not seen. Read it with cases/decisions/README.md.
"""


def load_decisions(path: str | Path, law: Law) -> Decisions:
    """Read real decisions (a YAML file, or a folder of them), coded with the facts of `law`. Raises InvalidInput."""
    return read_decisions(Path(path), catalog(law), frozenset(law.regimes.regimes) if law.regimes else REGIMES)


def validate(path: str | Path, law: Law | None = None, progress: Progress | None = None) -> Validation:
    """Judge real decisions by the pack: each by weights that have not seen its dispute.

    Decisions that the weights were fitted to are held out, and everything refitted without their dispute; that takes
    the others, from `path` or from those that came with the installation. Raises InvalidInput.
    """
    law = law or read_law("fr")
    if law.regimes is None:
        raise InvalidInput([problem(str(law.folder), (1, 1), "no_regimes", read=law.id)])
    read = load_decisions(path, law).decisions
    try:
        return validate_pack(law, read, _behind(law, read), progress or _quiet)
    except NothingToJudgeError:
        raise InvalidInput([problem(str(path), (1, 1), "all_decisions_seen")]) from None


def _behind(law: Law, read: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Return the decisions that the weights were fitted to, from what was read or from what was installed.

    They are wanted even where none of them was read: one that was may be of the same dispute under another id.
    """
    seen = set(law.fitted.seen) if law.fitted else set()
    own = tuple(decision for decision in read if decision.id in seen)
    if seen <= {decision.id for decision in own}:
        return own
    try:
        installed = load_decisions(shipped_folder("cases") / "decisions", law).decisions
    except InvalidInput:  # coded with the facts of another pack: its weights were fitted to others
        return own
    return tuple(decision for decision in installed if decision.id in seen) or own


def calibrate(path: str | Path, law: Law | None = None, *, command: str = "vismajor.calibrate",
              made_on: dt.date | None = None, progress: Progress | None = None) -> Fitted:
    """Fit the weights of the pack to real decisions, around the words of its rules. Raises InvalidInput."""
    law = law or read_law("fr")
    if law.regimes is None:
        raise InvalidInput([problem(str(law.folder), (1, 1), "no_regimes", read=law.id)])
    read = load_decisions(path, law)
    bare = law.model_copy(update={"fitted": None})
    calibration = Calibration(Design(bare, tuple(precedents(bare, read.decisions))))
    if len(calibration.groups) < FEWEST_DISPUTES:
        raise InvalidInput([problem(str(path), (1, 1), "too_few_decisions", read=len(calibration.groups),
                                    least=FEWEST_DISPUTES)])
    held_out = calibration.held_out(progress or _quiet)
    earlier = editions(calibration.design, progress or _quiet)
    return fitted_weights(calibration, calibration.whole(progress or _quiet), held_out, earlier, command,
                          made_on or dt.date.today(), read.sha256)


def _quiet(_: str) -> None:
    """Tell nobody how far a long computation has come."""


def weights_file(fitted: Fitted) -> str:
    """Return the text of `weights.yaml`; read again, it is the same."""
    data = fitted.model_dump(mode="python")
    return HEADER + yaml.safe_dump(_plain(data), sort_keys=False, allow_unicode=True, width=120,
                                   default_flow_style=None)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, int | str):
        return value
    return value.isoformat() if isinstance(value, dt.date) else float(str(value))
