"""The texts on which a suit rests beside its discussion, as far as they govern these contracts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vismajor.damages.accessories import interest_of
from vismajor.drafting.acts.claims_asked import LossAsked
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import SectionPleaded, SourceSaid
from vismajor.drafting.acts.texts_seen import TextsSeen, texts_seen

BESIDE = ("cpc-514", "cpc-696", "cpc-700")
EXPERT = ("cpc-144",)


@dataclass(frozen=True)
class SuitTexts:
    """The texts on formal notice, loss, the binding contract, interest (damages; sums given back), capitalisation.

    Empty where the matter raises no such question. `seen`: all those that the court is asked to have seen.
    """

    notice: tuple[SourceSaid, ...]
    loss: tuple[SourceSaid, ...]
    contract: tuple[SourceSaid, ...]
    interest: tuple[SourceSaid, ...]
    interest_back: tuple[SourceSaid, ...]
    capitalisation: tuple[SourceSaid, ...]
    seen: tuple[TextsSeen, ...]


def suit_texts(matter: Matter, sections: Sequence[SectionPleaded], losses: Sequence[LossAsked], limited: bool,
               opening: Sequence[SourceSaid] = ()) -> SuitTexts:
    """Return the texts of a suit; `limited`: a claim within what a clause leaves is made in the alternative.

    `opening` are the texts on which it rests before the merits.
    """
    rates, asked = matter.law.rates, [interest_of(matter.case, loss.claimant) for loss in matter.losses]
    interest: tuple[SourceSaid, ...] = ()
    back: tuple[SourceSaid, ...] = ()
    capitalisation: tuple[SourceSaid, ...] = ()
    if rates is not None and any(asked):
        interest = matter.sources(rates.runs_from["damages"].sources)
        if any(loss.kind == "restitution" for loss in losses):
            back = matter.sources(rates.runs_from["restitution"].sources)
        if any(one.capitalisation for one in asked if one is not None):
            capitalisation = matter.sources(rates.capitalisation.sources)
    notice = matter.sources(("cc-1231", "cc-1344", "cc-former-1146"))
    loss = matter.sources(("cc-1231-2", "cc-former-1149"))
    contract = matter.sources(("cc-1103", "cc-former-1134")) if limited else ()
    beside = matter.sources((*BESIDE, *(EXPERT if matter.case.file.acts.pleadings.expert else ())))
    told = (*opening, *told_in(sections), *notice, *loss, *(source for one in losses for source in one.sources),
            *contract, *interest, *back, *capitalisation, *beside)
    return SuitTexts(notice, loss, contract, interest, back, capitalisation, texts_seen(told, matter.language))


def told_in(sections: Sequence[SectionPleaded]) -> Iterator[SourceSaid]:
    """Yield every source of a discussion: of its parts, their questions and the arguments on them."""
    for section in sections:
        yield from section.sources
        for issue in section.issues:
            yield from issue.sources
            for argument in issue.arguments:
                yield from argument.sources
