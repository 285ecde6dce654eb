"""Quotes the articles that an act cites from local copies of the codes; what cannot be quoted is told, not invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from vismajor.drafting.acts.matter import Matter
from vismajor.drafting.acts.outgoing import SourceSaid
from vismajor.drafting.codes import Citation, CodeCopy, Codes, citation
from vismajor.law.models import Source

Lacking = Literal["quote_no_code", "quote_other_version", "quote_no_article"]


@dataclass(frozen=True)
class QuotedSaid:
    """An article word for word: its number, its code, the date of the version, its paragraphs.

    `later`: the only version at hand was consolidated after the date at which the case stands.
    """

    source: str
    article: str
    code: str
    version: dt.date
    paragraphs: tuple[str, ...]
    later: bool


@dataclass(frozen=True)
class UnquotedSaid:
    """An article that cannot be quoted: how it is cited, why (a key of the messages), the file and its date if any."""

    source: str
    cite: str
    code: Lacking
    place: str
    date: str


@dataclass(frozen=True)
class Quotations:
    """What a matter may quote from the copies of the codes at hand, at the date at which the case stands."""

    matter: Matter
    codes: Codes

    def of(self, source: str) -> tuple[tuple[QuotedSaid, ...], tuple[UnquotedSaid, ...]]:
        """Return the articles of a source that are quoted, and those that cannot be; none for what is no code.

        A version serves when it is not older than the wording that the law pack cites, nor younger than its end. Of
        those that serve, the last one up to the date of the case is taken, else the first one after it.
        """
        found = self.matter.law.sources[source]
        cited = citation(found.cite.fr)
        if cited is None:
            return (), ()
        copies = [copy for copy in self.codes.copies if copy.title.casefold() == cited.code.casefold()]
        if not copies:
            return (), (self._unquoted(found, "quote_no_code"),)
        copy = self._in_force(found, cited, copies)
        if copy is None:
            return (), (self._unquoted(found, "quote_other_version", copies[-1]),)
        return self._quoted(found, cited, copy)

    def _quoted(self, source: Source, cited: Citation, copy: CodeCopy
                ) -> tuple[tuple[QuotedSaid, ...], tuple[UnquotedSaid, ...]]:
        texts = {article: copy.paragraphs(article) for article in cited.articles}
        quoted = tuple(
            QuotedSaid(source.id, article, copy.title, copy.updated, text, copy.updated > self.matter.case.as_of)
            for article, text in texts.items() if text is not None)
        missing = not texts or None in texts.values()
        return quoted, (self._unquoted(source, "quote_no_article", copy),) if missing else ()

    def _in_force(self, source: Source, cited: Citation, copies: Iterable[CodeCopy]) -> CodeCopy | None:
        period, day = source.in_force, self.matter.case.as_of
        if cited.former and (period is None or period.to is None):
            return None  # a number that now stands for another text
        usable = [copy for copy in copies if period is None or period.covers(copy.updated)]
        before = [copy for copy in usable if copy.updated <= day]
        return before[-1] if before else usable[0] if usable else None

    def _unquoted(self, source: Source, code: Lacking, copy: CodeCopy | None = None) -> UnquotedSaid:
        return UnquotedSaid(source.id, source.cite.in_language(self.matter.language), code, copy.file if copy else "",
                            copy.updated.isoformat() if copy else "")


def quotations(matter: Matter, codes: Codes | None, sources: Iterable[SourceSaid]
               ) -> tuple[tuple[QuotedSaid, ...], tuple[UnquotedSaid, ...]]:
    """Return what an act quotes of the texts that it cites, each article once, and what it cannot quote."""
    if codes is None:
        return (), ()
    at_hand = Quotations(matter, codes)
    found = [at_hand.of(one.id) for one in sources if one.statute]
    quoted = {(one.code, one.article, one.version): one for some, _ in found for one in some}
    return tuple(quoted.values()), tuple(one for _, lacking in found for one in lacking)
