"""What happened in the dispute, as an act may tell it: steps and offers that an exhibit shows and the account does not.

The account of the facts goes before: what a paragraph tells, or keeps from the other side, no step tells again.
"""

from __future__ import annotations

from collections.abc import Sequence

from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import ExhibitSaid, OfferSaid, ToldSaid


def steps_told(matter: Matter) -> tuple[ToldSaid, ...]:
    """Return the steps of the dispute; talks are confidential."""
    talks = {(step.date, step.what.in_language(matter.language))
             for step in matter.case.file.procedure if step.kind == "talks"}
    return tuple(step for step in matter.steps()
                 if (step.date, step.text) not in talks and _untold(matter, step.exhibits))


def offers_told(matter: Matter, shown: bool = True) -> tuple[OfferSaid, ...]:
    """Return the other side's offers; before a court those alone that an exhibit shows: lawyers' are confidential."""
    return tuple(offer for offer in matter.offers() if not offer.ours and (
        _untold(matter, offer.exhibits) or not (shown or offer.exhibits)))


def _untold(matter: Matter, exhibits: Sequence[ExhibitSaid]) -> bool:
    """Tell whether there are exhibits, none of them one on which the account of the facts rests."""
    told = {name for one in matter.case.file.incident.account for name in one.exhibits}
    return bool(exhibits) and not told & {exhibit.id for exhibit in exhibits}
