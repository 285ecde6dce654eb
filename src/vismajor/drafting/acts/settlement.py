"""The settlement agreement (C. civ. 2044 to 2052), for one claimant or as one agreement for all who settle.

Either side drafts it and both sign it: it argues nothing. Its sums are those that counsel states for it, never a value
of ours. Of several claimants each settles for itself; the sum of each stands in an annex that the others do not see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from vismajor.case.settlement_terms import SettlementTerms, apportioned
from vismajor.damages.heads import ClaimantLoss
from vismajor.drafting import typography
from vismajor.drafting.acts.amicable_said import DisputeSaid, counsel_of, dispute_said, in_force, suit_pending
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.claims_said import claimants_pleaded
from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import (
    ClaimantPleaded,
    ContractPleaded,
    CounselSaid,
    PartySaid,
    Said,
    SourceSaid,
)
from vismajor.drafting.acts.parties_said import court_said, respondent_said
from vismajor.reading.scalars import Bilingual

TERMS = "acts.settlement"


@dataclass(frozen=True)
class SettlingSaid:
    """A claimant who settles: its number, who it is, its contracts, its sum; what it claimed where that is told.

    `insured`: its insurer has paid. `given`: what the respondent concedes to it alone.
    """

    number: int
    party: PartySaid
    contracts: tuple[ContractPleaded, ...]
    share: Decimal | Blank
    claimed: Decimal | None
    insured: bool
    given: tuple[str, ...]

    @property
    def stated(self) -> bool:
        """Whether its sum is stated."""
        return isinstance(self.share, Decimal)

    @property
    def paid(self) -> bool:
        """Whether it is to receive money; a sum still to be written counts."""
        return self.share != 0


@dataclass(frozen=True)
class InstalmentSaid:
    """One payment: days after the settlement takes effect, its part in percent, its sum where one claimant settles."""

    days: int
    percent: str
    amount: Decimal | None


@dataclass(frozen=True)
class ThresholdSaid:
    """So many claimants must have signed by a day for the agreement to take effect."""

    at_least: int
    sign_by: dt.date | Blank


@dataclass(frozen=True)
class Settlement:
    """Everything that the agreement may say.

    `less`: each sum is known, and less than what that claimant claims, which may so be said to give up the rest.
    `by_…` is what each side concedes, a blank where counsel states nothing. `court` where a suit is pending; `forum`
    the court chosen, which companies alone may choose (CPC 48). `approving` and `enforcing` are the texts of the day.
    """

    date: dt.date | Blank
    signed_at: Said
    electronic: bool
    claimants: tuple[SettlingSaid, ...]
    respondent: PartySaid
    claimants_counsel: CounselSaid
    respondent_counsel: CounselSaid
    dispute: DisputeSaid
    background: tuple[str, ...]
    by_claimants: tuple[Said, ...]
    by_respondent: tuple[Said, ...]
    less: bool
    total: Decimal | None
    vat_on_top: bool
    advances: str | Blank
    payment_days: int | Blank
    instalments: tuple[InstalmentSaid, ...]
    forfeiture: bool
    payment_account: Said
    late_rate: str
    on_default: str
    default_days: int | Blank
    threshold: ThresholdSaid | None
    confidential: bool
    homologation: bool
    approving: tuple[SourceSaid, ...]
    enforcing: tuple[SourceSaid, ...]
    court: Said | None
    case_number: str
    forum: str

    @property
    def one(self) -> bool:
        """Whether one claimant alone settles."""
        return len(self.claimants) == 1

    @property
    def paid(self) -> bool:
        """Whether any claimant is to receive money."""
        return any(claimant.paid for claimant in self.claimants)

    @property
    def unpaid(self) -> tuple[SettlingSaid, ...]:
        """The claimants who settle for something else than money."""
        return tuple(claimant for claimant in self.claimants if not claimant.paid)

    @property
    def insured(self) -> tuple[SettlingSaid, ...]:
        """The claimants whose insurer has paid."""
        return tuple(claimant for claimant in self.claimants if claimant.insured)

    @property
    def favoured(self) -> tuple[SettlingSaid, ...]:
        """The claimants to whom alone the respondent concedes something."""
        return tuple(claimant for claimant in self.claimants if claimant.given)

    @property
    def claims_told(self) -> bool:
        """Whether the agreement says what each claimed."""
        return any(claimant.claimed is not None for claimant in self.claimants)

    @property
    def originals(self) -> int:
        """How many originals are signed: one a party, one more for the court that approves."""
        return len(self.claimants) + 1 + self.homologation


def build(matter: Matter) -> Settlement:
    """Build the agreement for those who settle; texts of procedure are those of its day, else of knowledge."""
    terms = matter.case.file.acts.settlement or SettlementTerms()
    settling = _settling(matter, terms)
    claimants, pleaded = _claimants(settling, terms)
    day, court, pending = terms.date or matter.case.as_of, court_said(settling), suit_pending(settling)
    respondent = respondent_said(matter)
    return Settlement(
        date=terms.date or matter.blank("settlement_date", f"{TERMS}.date"),
        signed_at=matter.or_blank(terms.signed_at, "settlement_city", f"{TERMS}.signed_at"),
        electronic=terms.signature == "electronic", claimants=claimants, respondent=respondent,
        claimants_counsel=counsel_of(matter, "claimants"), respondent_counsel=counsel_of(matter, "respondent"),
        dispute=dispute_said(settling, pleaded), background=_said(matter, terms.background),
        by_claimants=_conceded(matter, terms.concessions.claimants, "claimants"),
        by_respondent=() if all(one.given for one in claimants) and not terms.concessions.respondent else
        _conceded(matter, terms.concessions.respondent, "respondent"),
        less=all(isinstance(one.share, Decimal) and one.share < loss.due(matter.case.as_of)
                 for one, loss in zip(claimants, settling.losses, strict=True)),
        total=_total(claimants, terms), vat_on_top=terms.vat == "on_top", advances=_advances(settling, terms),
        payment_days=_payment_days(matter, terms),
        instalments=_instalments(claimants, terms, matter.language), forfeiture=terms.forfeiture,
        payment_account=matter.or_blank(terms.payment_account, "payment_account", f"{TERMS}.payment_account"),
        late_rate="" if terms.late_rate is None else typography.number(terms.late_rate, matter.language),
        on_default=terms.on_default, default_days=_default_days(matter, terms),
        threshold=_threshold(settling, terms), confidential=terms.confidential, homologation=terms.homologation,
        approving=in_force(matter, day, "settlement-approval", "settlement-approval-former"),
        enforcing=in_force(matter, day, "agreement-enforceable"),
        court=court.name if pending else None, case_number=court.case_number,
        forum=_forum(matter, (*(one.party for one in claimants), respondent)))


def _settling(matter: Matter, terms: SettlementTerms) -> Matter:
    """Return the matter of those who settle: of a group, those who have a sum where sums are stated."""
    if matter.one:
        return matter
    among = set(terms.parties([loss.claimant.id for loss in matter.losses]))
    return replace(matter, losses=tuple(loss for loss in matter.losses if loss.claimant.id in among))


def _claimants(matter: Matter, terms: SettlementTerms) -> tuple[tuple[SettlingSaid, ...], tuple[ClaimantPleaded, ...]]:
    shares = terms.shares([one.id for one in matter.case.file.claimants])
    pleaded = claimants_pleaded(matter)
    blank = matter.blank("settlement_share", f"{TERMS}.amounts")
    return tuple(
        SettlingSaid(one.number, one.party, one.contracts,
                     blank if (share := shares.get(loss.claimant.id)) is None else share,
                     one.due if terms.claims_stated else None, _insured(matter, loss),
                     _said(matter, terms.concessions.to.get(loss.claimant.id, ())))
        for one, loss in zip(pleaded, matter.losses, strict=True)), pleaded


def _insured(matter: Matter, loss: ClaimantLoss) -> bool:
    return any(one.kind == "insurance" and one.date <= matter.case.as_of for one in loss.claimant.received)


def _said(matter: Matter, texts: Sequence[Bilingual]) -> tuple[str, ...]:
    return tuple(text.in_language(matter.language) for text in texts)


def _conceded(matter: Matter, stated: Sequence[Bilingual], side: str) -> tuple[Said, ...]:
    """Return what a side concedes; a side that concedes nothing is a blank: it is of the essence (C. civ. 2044)."""
    return _said(matter, stated) or (matter.blank(f"concession_{side}", f"{TERMS}.concessions.{side}"),)


def _total(claimants: Sequence[SettlingSaid], terms: SettlementTerms) -> Decimal | None:
    shares = [one.share for one in claimants if isinstance(one.share, Decimal)]
    return sum(shares, Decimal("0.00")) if len(shares) == len(claimants) else (
        terms.total if len(claimants) > 1 else None)


def _advances(matter: Matter, terms: SettlementTerms) -> str | Blank:
    """Tell whether what was already received is within the sums; empty where nothing was."""
    if not any(loss.received(matter.case.as_of) for loss in matter.losses):
        return ""
    return terms.advances or matter.blank("advances", f"{TERMS}.advances")


def _instalments(claimants: Sequence[SettlingSaid], terms: SettlementTerms, language: str
                 ) -> tuple[InstalmentSaid, ...]:
    share = claimants[0].share if len(claimants) == 1 else None
    percents = {str(at): one.percent for at, one in enumerate(terms.instalments)}
    amounts = apportioned(share, percents) if isinstance(share, Decimal) else {}
    return tuple(InstalmentSaid(one.days, typography.number(one.percent, language), amounts.get(str(at)))
                 for at, one in enumerate(terms.instalments))


def _payment_days(matter: Matter, terms: SettlementTerms) -> int | Blank:
    """Return the days left to pay at once; 0 where payment is by instalments."""
    if terms.instalments:
        return 0
    return terms.payment_days or matter.blank("payment_days", f"{TERMS}.payment_days")


def _default_days(matter: Matter, terms: SettlementTerms) -> int | Blank:
    """Return the days that a notice leaves before the settlement ends or all instalments fall due; 0 where neither."""
    if not terms.forfeiture and terms.on_default != "resolution":
        return 0
    return terms.default_days or matter.blank("default_days", f"{TERMS}.default_days")


def _threshold(matter: Matter, terms: SettlementTerms) -> ThresholdSaid | None:
    if terms.at_least is None or matter.one:
        return None
    return ThresholdSaid(terms.at_least, terms.sign_by or matter.blank("sign_by", f"{TERMS}.sign_by"))


def _forum(matter: Matter, parties: Sequence[PartySaid]) -> str:
    """Return the court chosen: that of the case, among companies alone; empty: the courts that the law gives."""
    court = matter.case.file.acts.court
    return "" if court is None or any(one.natural for one in parties) else court.name.in_language(matter.language)
