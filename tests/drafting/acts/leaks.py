"""What must never leave: every internal value of a valuation, as it could be printed, looked for in files."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import pypdf

from vismajor.case.heads import Rehosting
from vismajor.drafting import typography
from vismajor.reasoning.findings import likelihood_of
from vismajor.settlement.advice import advise
from vismajor.settlement.valuation import Spread, Valuation, Value

SMALLEST = Decimal(1000)  # smaller sums coincide with others by chance
LANGUAGES = ("fr", "en")
# Words of the engine and of the internal note: none has a place in an act.
WORDS = ("log-cote", "log-odds", "worlds", "mondes simulés", "issues simulées", "de réservation", "reservation value",
         "quantum prudent", "vraisemblance", "likelihood", "probabilité", "probability", "knock-out", "undercut")


def internal_values(valuation: Valuation, computed: bool = False) -> set[str]:
    """Return every internal value as printed: shares, sums, notes; sums that are also claimed or offered left out.

    With `computed` an act tells how each head was computed: the bounds of those that were measured are evidence, and
    the fees saved (some are six months of fees, as the cap is) come off.
    """
    heads = [head for loss in valuation.losses for head in loss.heads] if computed else []
    told = {bound for head in heads if head.measure.simulated is not None for bound in (head.low, head.high)}
    told |= {head.head.fees_saved for head in heads if isinstance(head.head, Rehosting)}
    return {text for text in (*_shares(valuation), *_sums(valuation, told), *_notes(valuation)) if text}


def _shares(valuation: Valuation) -> Iterator[str]:
    assessment = valuation.assessment
    chances = {view.probability for views in assessment.views.values() for view in views}
    chances |= {argument.share for views in assessment.views.values() for view in views
                for argument in (*view.arguments_for, *view.arguments_against)}
    for (_, _), graph in assessment.graphs.items():
        chances |= {finding.likelihood for finding in graph.findings.values()}
    for facts in (assessment.case.file.facts, *(terms.facts for terms in assessment.case.file.contracts)):
        chances |= {likelihood_of(fact, assessment.law) for fact in facts.values()}
    for loss in valuation.losses:
        for head in loss.heads:
            chances |= {float(head.accepted.low), float(head.accepted.likely), float(head.accepted.high),
                        head.certain, head.direct}
            chances |= {float(head.chance.likely)} if head.chance else set()
    values = [valuation.together, *valuation.claimants.values()]
    chances |= {standing.judgment_brings_more for value in values for standing in value.offers}
    chances |= {branch.probability for value in values for branch in (value.not_liable, value.capped, value.uncapped)}
    yield from (typography.share(chance, language) for chance in chances if 0 < chance < 1 for language in LANGUAGES)


def _sums(valuation: Valuation, measured: set[Decimal]) -> Iterator[str]:
    told = measured | {head.claimed for loss in valuation.losses for head in loss.heads}
    told |= {loss.claimed for loss in valuation.losses}
    told |= {sum((head.claimed for head in loss.heads if not head.consequential), Decimal(0))  # in the alternative
             for loss in valuation.losses}
    told |= {loss.due(valuation.assessment.case.as_of) for loss in valuation.losses} | {valuation.together.claimed}
    told |= {offer.amount for offer in valuation.assessment.case.file.offers}
    told |= {sum((loss.due(valuation.assessment.case.as_of) for loss in valuation.losses), Decimal(0))}
    inside = {head.provable for loss in valuation.losses for head in loss.heads}
    inside |= {amount for loss in valuation.losses
               for amount in (loss.provable, loss.documented, loss.low, loss.high, loss.cap) if amount is not None}
    for value in (valuation.together, *valuation.claimants.values()):
        inside |= set(_of_value(value))
    advice = advise(valuation)
    inside |= {advice.opening, advice.limit, advice.floor}
    inside |= {typography.about(one) for one in (advice.opening, advice.limit, advice.floor)}
    pleaded = set(_printed(_pleaded(valuation)))  # an award at the cap, or of all that is shown, is printed alike
    yield from (text for text in _printed(inside - told) if text not in pleaded)


def _printed(amounts: Iterable[Decimal]) -> Iterator[str]:
    for amount in amounts:
        if amount >= SMALLEST:
            yield from (typography.money(amount, language, cents) for language in LANGUAGES for cents in (False, True))


def _pleaded(valuation: Valuation) -> set[Decimal]:
    """Return the sums that a side pleads of its own: the claimants what is left of their claims within the caps.

    The respondent: the caps, and what the claimants' exhibits cover.
    """
    day, found = valuation.assessment.case.as_of, set[Decimal]()
    if valuation.assessment.case.file.acting_for == "claimants":
        capped = [loss.due_within_caps(day) for loss in valuation.losses]
        return {*capped, sum(capped, Decimal(0))}
    for loss in valuation.losses:
        found |= {cap for cap in (*loss.caps.values(), loss.cap) if cap is not None}
        found |= {head.documented for head in loss.heads}
        for shown in (loss.heads, [head for head in loss.heads if not head.consequential]):
            found.add(sum((head.documented for head in shown), Decimal(0)) - loss.received(day))
    return found


def _of_value(value: Value) -> Iterator[Decimal]:
    spread: Spread = value.award
    yield from (spread.mean, spread.p10, spread.p50, spread.p90)
    yield from (branch.mean for branch in (value.not_liable, value.capped, value.uncapped) if branch.mean is not None)


def _notes(valuation: Valuation) -> Iterator[str]:
    file = valuation.assessment.case.file
    facts = [file.facts, *(terms.facts for terms in file.contracts), *(one.facts for one in file.claimants)]
    yield from (fact.note for stated in facts for fact in stated.values() if fact.note)
    yield from (head.note for one in file.claimants for head in one.heads if head.note)


def texts_of(name: str, content: bytes) -> str:
    """Return all that a file holds: its text, notes, headers, comments, hidden fields and metadata."""
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(part).decode("utf-8", "replace") for part in archive.namelist()
                     if part.endswith((".xml", ".rels")) and "styles" not in part and "theme" not in part
                     and "fontTable" not in part and "numbering" not in part and "settings" not in part.lower()]
        return "\n".join(html.unescape(re.sub(r"</w:p>|<w:br/>", "\n", part)) for part in parts)
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(part).decode() for part in archive.namelist() if "styles" not in part]
        level = re.compile("\\(?90[\u00a0 ]?%\\)?")  # of the intervals: no share of anything
        return "\n".join(level.sub("", html.unescape(part)) for part in parts)
    if name.endswith(".pdf"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        pages = [page.extract_text() for page in reader.pages]
        return "\n".join([*pages, str(reader.metadata), str(reader.xmp_metadata)])
    layout = re.compile(r"<style>.*?</style>|\sstyle=\"[^\"]*\"", re.DOTALL)  # widths in per cent say nothing
    return html.unescape(layout.sub("", content.decode()))


def assert_none_in(files: Mapping[str, bytes], values: set[str]) -> None:
    """Assert that no internal value, and no word of the engine, occurs in any file (the receipt beside it apart)."""
    for name, content in files.items():
        if name.endswith(".json"):
            continue
        text = texts_of(name, content)
        seen = _bare(re.sub(r"<[^>]*>", "", text) + text)
        found = {value for value in values if _occurs(_bare(value), seen)}
        assert not found, (name, sorted(found)[:5])
        engine = {word for word in WORDS if _bare(word) in seen.lower()}
        assert not engine, (name, engine)


def _occurs(value: str, seen: str) -> bool:
    # A number is not a part of a longer one: “€1,050” is not in “€1,050.27”, which is looked for by itself.
    return value in seen and re.search(rf"(?<![\d,.]){re.escape(value)}(?!\d|(?<=\d)[.,]\d)", seen) is not None


def _bare(text: str) -> str:
    """Return a text without the spaces, hyphens and kinds of apostrophe that layout may change."""
    return re.sub(r"[ \u00a0\u202f\u00ad-]", "", text).replace("'", "’")
