"""How a plea is put to a court: which conditions a body of law asks for, so that decisions are judged by their own."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from vismajor.reading.scalars import Bilingual, Flag, Id, Number, Period, Strict, Text


class Regime(Strict):
    """A body of law under which force majeure is pleaded.

    `asks`: the conditions that the debtor must prove (issues of the pack). `in_force`: when a contract is under it, for
    decisions that do not say when theirs was made. `given`: what follows from the regime itself, as facts. `apart`: it
    asks something else than the law of contract, and is told apart.
    """

    title: Bilingual
    asks: Annotated[tuple[Id, ...], Field(min_length=1)]
    in_force: Period | None = None
    given: dict[str, Flag | Text] = {}
    apart: Flag = False
    sources: tuple[Id, ...] = ()


class Regimes(Strict):
    """What `regimes.yaml` holds: the issues of the plea by law and by clause, the duty, the regimes by id.

    `in_court` is a lawyer's prior, in log-odds, of each condition in a dispute that reached judgment, before the facts
    are looked at: a decision says little of what nobody contested. `usual` is the regime where none is named;
    `with_clause` are facts taken as given in a decision that speaks of a clause, unless it says otherwise.
    """

    plea: Id
    clause: Id
    duty: Id
    usual: Id
    with_clause: dict[str, Flag | Text] = {}
    in_court: dict[str, Number]
    regimes: Annotated[dict[str, Regime], Field(min_length=1)]
