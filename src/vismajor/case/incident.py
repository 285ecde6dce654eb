"""The incident and the dispute that followed: what happened, told in paragraphs with exhibits, and each dated step."""

from __future__ import annotations

from typing import Literal

from vismajor.reading.scalars import Bilingual, ClockTime, Id, IsoDate, PartialDate, Strict

StepKind = Literal["hearing", "exchange", "expert", "talks", "other"]


class Told(Bilingual):
    """One paragraph of the account of the facts.

    `told_to`: everybody, only `ours` (it never leaves us), the `group` (told in an act of all the claimants, not in
    that of one: what concerns the others is confidential), or in the acts of one side alone.
    """

    exhibits: tuple[Id, ...] = ()
    told_to: Literal["everybody", "ours", "group", "claimants", "respondent"] = "everybody"


class Incident(Strict):
    """What happened, where and when, told in short paragraphs, each with its exhibits."""

    title: Bilingual
    date: IsoDate
    place: Bilingual
    account: tuple[Told, ...] = ()


class Step(Strict):
    """One dated step of the dispute (notice, talks, suit), past or to come; the day may be unknown.

    `time`: its hour where it has one, as a writ states that of the hearing (CPC 56).
    """

    date: PartialDate
    time: ClockTime | None = None
    kind: StepKind = "other"
    what: Bilingual
    exhibits: tuple[Id, ...] = ()
