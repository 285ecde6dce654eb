"""The list of exhibits of an act (CPC 56, 3°, and 446-2-1), numbered in order of first use in that act.

Of which act: the one that counsel names under `acts.exhibits.of`, else that of the stage which the case has reached
(`vismajor.drafting.acts.stages`): the letter, then the writ, then the pleadings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from vismajor.case.acts import Stage
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.naming import naming_of
from vismajor.drafting.acts.outgoing import CounselSaid, CourtSaid, ExhibitSaid, PartySaid
from vismajor.drafting.acts.parties_said import claimant_said, counsel_said, court_said, respondent_said
from vismajor.drafting.words import words
from vismajor.reading.problems import InvalidInput, closest

LETTERS = ("formal-notice", "reply")  # what is annexed to a letter; other acts are for a court
# The act of each stage that cites exhibits, of either side.
OF_STAGE: Mapping[Stage, tuple[str, ...]] = {
    "demand": LETTERS, "negotiation": LETTERS, "suit": ("writ", "reply"), "pleadings": ("pleadings",)}


@dataclass(frozen=True)
class ExhibitList:
    """The list: of which act (its name in words), of which side, before which court; None where none is seised."""

    act: str
    court: CourtSaid | None
    ours: bool
    claimants: tuple[PartySaid, ...]
    feminine: bool
    respondent: PartySaid
    counsel: CounselSaid
    date: dt.date | None
    exhibits: tuple[ExhibitSaid, ...]

    @property
    def one(self) -> bool:
        """Whether there is one claimant."""
        return len(self.claimants) == 1


def build(matter: Matter) -> ExhibitList:
    """Build the list of the act. Raises InvalidInput where counsel names an act that our side does not draft."""
    from vismajor.drafting.acts.kinds import KINDS  # noqa: PLC0415 — the register lists this kind
    from vismajor.drafting.acts.rendering import render  # noqa: PLC0415 — likewise
    from vismajor.drafting.acts.stages import standing_of  # noqa: PLC0415 — likewise

    acts = matter.case.file.acts
    ours = {kind.id: kind for kind in KINDS if matter.side in kind.sides and kind.exhibits}
    of_stage = OF_STAGE[standing_of(matter.case, matter.stage).stage]
    wanted: str = acts.exhibits.of or next((name for name in of_stage if name in ours), next(iter(ours)))
    kind = ours.get(wanted)
    if kind is None:
        raise InvalidInput([matter.case.source.problem(
            ("acts", "exhibits", "of"), "exhibits_of_unknown", read=wanted, expected=", ".join(ours),
            nearest=closest(wanted, list(ours)))])
    numbered = render(kind, matter).register.numbered()
    claimants = tuple(claimant_said(matter, at, ()) for at in range(len(matter.losses)))
    dates = {"writ": acts.writ.served_on, "pleadings": acts.pleadings.date, "formal-notice": acts.notice.date,
             "reply": acts.notice.reply_date}
    return ExhibitList(
        words(matter.language)[f"kind_{kind.id}"], None if kind.id in LETTERS else court_said(matter),
        matter.side == "claimants", claimants, naming_of(matter, "court").client.feminine,
        respondent_said(matter, ()), counsel_said(matter), dates.get(kind.id),
        tuple(one.exhibit for one in numbered))
