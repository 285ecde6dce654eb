"""What an act has used while it was written: exhibits numbered in order of first use, blanks, sources to verify."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from markupsafe import Markup

from vismajor.drafting import typography
from vismajor.drafting.acts.blanks import Blank
from vismajor.drafting.acts.outgoing import ExhibitSaid, SourceSaid
from vismajor.drafting.environment import finalize
from vismajor.drafting.words import words

ARTICLE = "art. "  # what comes between the name of a code and the number of an article, in both languages


@dataclass(frozen=True)
class NumberedExhibit:
    """An exhibit with its number in one act."""

    number: int
    exhibit: ExhibitSaid


@dataclass
class Register:
    """The exhibits, blanks and sources of one act, in the order in which they were met; one register a rendering.

    `texts` are the texts and decisions that a template may cite by id. With `final`, nothing is marked as to be
    verified: a final document is refused before it is written.
    """

    language: str
    texts: Mapping[str, SourceSaid] = field(default_factory=dict)
    exhibits: dict[ExhibitSaid, int] = field(default_factory=dict)
    blanks: dict[Blank, None] = field(default_factory=dict)
    sources: dict[SourceSaid, None] = field(default_factory=dict)

    def numbered(self) -> tuple[NumberedExhibit, ...]:
        """Return the exhibits used so far, by number."""
        return tuple(NumberedExhibit(number, exhibit) for exhibit, number in self.exhibits.items())

    def show(self, value: Any) -> Any:
        """Return what is printed of a value; a blank is noted, and stands out in its place."""
        if isinstance(value, Blank):
            self.blanks.setdefault(value)
            return self._span("blank", words(self.language)["blank"].format(what=value.what))
        return finalize(value, self.language)

    def mention(self, exhibits: Sequence[ExhibitSaid]) -> Markup:
        """Return `pièce n° 1`, `pièces n° 1, 3 à 5 et 8`, `pièce n° 2, art. 7.7`; nothing without an exhibit."""
        places: dict[int, list[str]] = {}
        for one in exhibits:
            whole = replace(one, at="")
            number = self.exhibits.setdefault(whole, len(self.exhibits) + 1)
            places.setdefault(number, []).extend([one.at] if one.at else [])
        whole_ones = [number for number, at in places.items() if not at]
        parts = [self._numbers(whole_ones)] if whole_ones else []
        parts += [words(self.language)["act_exhibit_at"].format(
            exhibit=self._numbers([number]), at=typography.listing(list(dict.fromkeys(at)), self.language))
            for number, at in sorted(places.items()) if at]
        return self.text(words(self.language)["semicolon"].join(parts)) if parts else Markup("")

    def _numbers(self, numbers: Sequence[int]) -> str:
        word = words(self.language)["act_exhibit" if len(set(numbers)) == 1 else "act_exhibits"]
        return f"{word}{typography.NO_BREAK}{in_ranges(numbers, self.language)}"

    def proved(self, text: Any, exhibits: Sequence[ExhibitSaid]) -> Markup:
        """Put the exhibits in brackets after a text, before its final point where it has one."""
        said, mention = self.text(text), self.mention(exhibits)
        if not mention:
            return said
        stop = next((end for end in ("\\.", ".") if said.endswith(end)), "")
        return Markup(f"{said[: len(said) - len(stop)]} ({mention}){stop}")

    def source(self, source: SourceSaid | str) -> SourceSaid:
        """Return a source, or the text of the law pack that has this id, and note it. Raises KeyError."""
        found = source if isinstance(source, SourceSaid) else self.texts.get(source)
        if found is None:
            raise KeyError(f"no source {source!r}")
        self.sources.setdefault(found)
        return found

    def cited(self, source: SourceSaid | str) -> Markup:
        """Return how a source is cited, or the text that has this id; one not read in full stands out."""
        found = self.source(source)
        said = self.text(found.cite)
        if not found.unread:
            return said
        return Markup("{} {}").format(said, self._span("verify", f"[{words(self.language)['to_verify']}]"))

    def sourced(self, text: Any, sources: Sequence[SourceSaid | str], exhibits: Sequence[ExhibitSaid] = ()) -> Markup:
        """Put texts and exhibits in brackets before the final point of a sentence, and decisions into a footnote."""
        found = [self.source(one) for one in sources]
        said = self.text(text)
        within = [one for one in (self.cited_together([one for one in found if one.statute]), self.mention(exhibits))
                  if one]
        if within:
            stop = next((end for end in ("\\.", ".") if said.endswith(end)), "")
            said = Markup(f"{said[: len(said) - len(stop)]} ({self._joined(within)}){stop}")
        return Markup(f"{said}{self.footnote([one for one in found if not one.statute])}")

    def cited_together(self, sources: Sequence[SourceSaid | str]) -> Markup:
        """Return how several texts are cited, those of one code together: `C. civ., art. 1170, 1171 et 1188`."""
        found = [self.source(one) for one in sources]
        codes: dict[str, list[SourceSaid]] = {}
        for one in found:
            code, article, _ = one.cite.partition(ARTICLE)
            codes.setdefault(one.id if one.unread or not article else code, []).append(one)
        return Markup(self._joined([self._of_one_code(of_code) for of_code in codes.values()]))

    def _of_one_code(self, sources: Sequence[SourceSaid]) -> str:
        if len(sources) == 1:
            return str(self.cited(sources[0]))
        cited = {number for one in sources for number in _articles(one.cite.partition(ARTICLE)[2])}
        numbers = sorted(cited, key=_in_order)
        code = sources[0].cite.partition(ARTICLE)[0]
        return str(self.text(f"{code}{ARTICLE}{typography.listing(numbers, self.language)}"))

    def footnote(self, sources: Sequence[SourceSaid]) -> Markup:
        """Return a footnote that cites sources; nothing without one."""
        cited = [str(self.cited(one)) for one in sources]
        return Markup(f"^[{self._joined(cited)}\\.]" if cited else "")

    def _joined(self, cited: Sequence[str | Markup]) -> str:
        return words(self.language)["semicolon"].join(str(one) for one in cited)

    def text(self, text: Any) -> Markup:
        """Return a text as it is printed: escaped where it is not a template's own."""
        return Markup(self.show(text))

    def _span(self, style: str, text: str) -> Markup:
        return Markup(f"[{finalize(text, self.language)}]{{.{style}}}")


def _articles(cited: str) -> list[str]:
    """Return the articles of a source that cites several: `1352-6 et 1352-7`; a range stays one."""
    return re.split(r", | et | and ", cited)


def _in_order(article: str) -> list[tuple[int, str]]:
    """Return a key that puts articles in the order of their numbers: 1170, 1171, 1231-1, 1231-7."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|[^\d\s.-]+", article)]


def in_ranges(numbers: Iterable[int], language: str) -> str:
    """Return numbers in order, three or more that follow each other as a range: `1, 3 à 5 et 8`."""
    ordered = sorted(set(numbers))
    say, parts = words(language)["act_range"], list[str]()
    for _, group in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        parts += [say.format(low=run[0], high=run[-1])] if len(run) > 2 else [str(number) for number in run]
    return typography.listing(parts, language)
