"""Real decisions of courts, coded with the facts of the law pack, beside what the court held."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from vismajor.case.decision_checks import check_decisions
from vismajor.case.fact_checks import Catalog
from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.reading.scalars import Id, PartialDate, Strict, Text, first_day
from vismajor.reading.validation import validate
from vismajor.reading.yaml_source import YamlSource, parse_yaml, read_text

# The law that governs the plea. `other`: neither the contract law of force majeure nor the liability of a keeper.
REGIMES = frozenset({"art_1148_old", "art_1218_new", "contractual_clause", "tort_1242", "other"})
# What `other` stands for: texts with an excuse of their own, near to force majeure but not it.
SPECIAL_REGIMES = frozenset({
    "air_passengers", "builder_liability", "cmr", "judgment_debt", "labour", "neighbour_disturbance",
    "package_travel", "road_carriage_domestic", "sea_carriage", "other",
})

Holding = Literal["met", "not_met", "not_examined"]
Outcome = Literal["accepted", "rejected"]
OutcomeKind = Literal["decided", "quashed_towards", "partial_or_temporary"]


def _factor(value: Any) -> Any:
    if isinstance(value, bool | int | Decimal | str):
        return value
    raise PydanticCustomError("not_a_factor", "the value alone")


def _digits_as_text(value: Any) -> Any:
    """Read a number of a decision made of digits alone as the text it is."""
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


Factor = Annotated[bool | int | Decimal | str, BeforeValidator(_factor)]
Number = Annotated[Text, BeforeValidator(_digits_as_text)]
Positions = Annotated[tuple[Annotated[int, Field(strict=True)], ...], Field(min_length=1)]


class Sparse(Strict):
    """What leaves out whatever is not known: a key that is null is a key that is not there."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        required = {name for name, field in cls.model_fields.items() if field.is_required()}
        return {key: value for key, value in data.items()
                if value is not None or key in required or key not in _keys(cls)}


def _keys(model: type[Strict]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


class Holdings(Sparse):
    """What the court held of each criterion; `not_examined` is no answer, never a negative one."""

    control: Holding = "not_examined"
    unforeseeable: Holding = "not_examined"
    unavoidable: Holding = "not_examined"
    prevented: Holding = "not_examined"
    clause: Holding = "not_examined"


class Decision(Sparse):
    """One decision: which it is, its facts in words, the same as facts of the law pack, and what the court decided.

    `factors` leaves out what the decision does not mention (unknown, not false). `added` names the factors that come
    from the second, blind reading, with the positions, from 1, of the facts they rest on. `judged_under` says what a
    regime `other` stands for.
    """

    id: Id
    court: Text | None = None
    date: PartialDate | None = None
    number: Number | None = None
    ecli: Text | None = None
    source_url: Text | None = None
    contract_date: PartialDate | None = None
    regime: Id = "other"
    judged_under: Id | None = None
    debtor: Text | None = None
    group_: Id | None = Field(None, alias="group")
    facts: tuple[Text, ...] = ()
    factors: dict[str, Factor]
    added: dict[str, Positions] = {}
    holdings: Holdings = Holdings()
    outcome: Outcome
    outcome_kind: OutcomeKind = "decided"
    note: Text | None = None
    confidence: Literal["high", "medium", "low"] | None = None
    audit: dict[str, Any] = {}

    @property
    def group(self) -> str:
        """The dispute or series that the decision belongs to: its own id where none is named."""
        return self.group_ or self.id

    @property
    def day(self) -> dt.date | None:
        """The first day that the date of the decision may mean."""
        return first_day(self.date) if self.date else None

    @property
    def contract_day(self) -> dt.date | None:
        """The first day that the date of the contract may mean."""
        return first_day(self.contract_date) if self.contract_date else None

    @property
    def proper(self) -> bool:
        """Whether the court itself decided the plea, wholly and for good: no cassation, no partial excuse."""
        return self.outcome_kind == "decided"


@dataclass(frozen=True)
class Decisions:
    """Decisions read together, in the order of their ids.

    `sha256` is that of the contents: how files are called, and in which order they come, leaves it as it is.
    """

    decisions: tuple[Decision, ...]
    sha256: str
    files: tuple[str, ...]


def read_decisions(path: Path, catalog: Catalog, regimes: AbstractSet[str] = REGIMES,
                   special: AbstractSet[str] = SPECIAL_REGIMES, *, today: dt.date | None = None) -> Decisions:
    """Read the decisions of a YAML file, or of every YAML file of a folder.

    `catalog` declares the facts with which they may be coded, `regimes` the names that `regime` may take and `special`
    those of `judged_under`; no date may lie after `today` (the day of reading where left out).
    Raises InvalidInput with every problem of every file.
    """
    problems: list[Problem] = []
    sources: list[YamlSource] = []
    hashes: list[str] = []
    for file in _files(path):
        try:
            text = read_text(file)
            sources.append(parse_yaml(text, str(file)))
            hashes.append(hashlib.sha256(text.encode()).hexdigest())
        except InvalidInput as error:
            problems += error.problems
    problems += check_decisions(sources, catalog, regimes, special, today or dt.date.today())
    decisions: list[Decision] = []
    for source in sources:
        for index, item in enumerate(source.data if isinstance(source.data, list) else []):
            if item is None:
                continue  # told by the checks
            decision, found = validate(Decision, source, (index,), item)
            problems += found
            decisions += [decision] if decision else []
    if problems:
        raise InvalidInput(problems)
    together = hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()
    return Decisions(tuple(sorted(decisions, key=lambda decision: decision.id)), together,
                     tuple(source.file for source in sources))


def _files(path: Path) -> list[Path]:
    """Return the YAML files at `path`, in the order of their names. Raises InvalidInput where there is none."""
    files = sorted(file for file in path.glob("*") if file.suffix in (".yaml", ".yml")) if path.is_dir() else \
        [path] if path.is_file() else []
    if not files:
        raise InvalidInput([problem(str(path), (1, 1), "no_decisions")])
    return files
