"""Local copies of the official codes, from which an act quotes word for word.

The layout is that of legalize-fr: one Markdown file a code, its title and the date of its version (`title`,
`last_updated`) in the front matter, each article under a heading `##### Article N`. A folder may hold several versions
of one code. Nothing else is read, and nothing is copied into the project.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from vismajor.drafting.environment import lies_in
from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.reading.scalars import Strict, Text, as_date
from vismajor.reading.shipped import shipped_folder
from vismajor.reading.validation import validate
from vismajor.reading.yaml_source import load_yaml

LARGEST = 40_000_000  # bytes: the largest code has some ten million
_FRONT = re.compile(r"\A\ufeff?---\n(.*?)\n---\n", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} (.*?)[ \t]*$", re.MULTILINE)
_ARTICLE = re.compile(r"Article ([A-Z]?[*.]*[ \u00a0]?\d.*)")
_NUMBER = re.compile(r"(?:[A-Z]\.[ \u00a0]?)?\d+(?:-\d+)*(?:-[A-Z])?\b")


class Named(Strict):
    """A code: how the law pack cites it, and the title of its copy."""

    cited: Text
    title: Text


class Naming(Strict):
    """How codes and articles are cited (`templates/codes.yaml`)."""

    article: Text
    former: Text
    range: Text
    codes: tuple[Named, ...]


@cache
def naming() -> Naming:
    """Return how codes and articles are cited. Raises InvalidInput when the file is not as it should be."""
    found, problems = validate(Naming, load_yaml(shipped_folder("templates") / "codes.yaml"))
    if found is None:
        raise InvalidInput(problems)
    return found


@dataclass(frozen=True)
class Citation:
    """The articles of one code that a source cites: the title of the code, the articles as they are written.

    `former`: in a wording that is no longer in force.
    """

    code: str
    articles: tuple[str, ...]
    former: bool = False


def citation(cite: str) -> Citation | None:
    """Return which articles of which code a text cites: `C. com., art. L. 442-4 et D. 442-2`; None where it is no code.

    A range of whole numbers is taken apart (`122 à 124`); what follows the articles (paragraphs, wording) is left out.
    """
    said = naming()
    named = next((one for one in said.codes if cite.startswith(f"{one.cited}, ")), None)
    if named is None:
        return None
    rest = cite.removeprefix(f"{named.cited}, ")
    former, rest = rest.startswith(f"{said.former} "), rest.removeprefix(f"{said.former} ")
    if not rest.startswith(f"{said.article} "):
        return None
    listed = re.split(r"[,(]", rest.removeprefix(f"{said.article} "), maxsplit=1)[0]
    first, _, last = listed.partition(f" {said.range} ")
    if first.strip().isdigit() and last.strip().isdigit():
        return Citation(named.title, tuple(str(number) for number in range(int(first), int(last) + 1)), former)
    return Citation(named.title, tuple(_NUMBER.findall(listed)), former)


def plain(number: str) -> str:
    """Return an article's number without what writers vary: `L. 110-4`, `L110-4`, `R*110-4` are alike."""
    return re.sub(r"[\s.*\u00a0]", "", number).upper()


@dataclass(frozen=True)
class CodeCopy:
    """One version of a code as it lies in a file: its title, the date of the version, the text."""

    file: str
    title: str
    updated: dt.date
    text: str
    digest: str

    @cached_property
    def _places(self) -> Mapping[str, list[tuple[int, int]]]:
        headings = list(_HEADING.finditer(self.text))
        ends = [one.start() for one in headings[1:]] + [len(self.text)]
        found: dict[str, list[tuple[int, int]]] = {}
        for heading, end in zip(headings, ends, strict=True):
            if article := _ARTICLE.fullmatch(heading[1]):
                found.setdefault(plain(article[1]), []).append((heading.end(), end))
        return found

    def paragraphs(self, article: str) -> tuple[str, ...] | None:
        """Return the paragraphs of an article word for word; None where it is not there, is empty, or stands twice."""
        places = self._places.get(plain(article), [])
        if len(places) != 1:
            return None
        lines = (line.strip() for line in self.text[slice(*places[0])].split("\n"))
        return tuple(line for line in lines if line) or None


@dataclass(frozen=True)
class Codes:
    """The copies of codes in a folder."""

    copies: tuple[CodeCopy, ...]

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of each file, by its name, as the receipt tells it."""
        return {f"codes/{copy.file}": copy.digest for copy in self.copies}


def read_codes(folder: Path) -> Codes:
    """Read the copies of the codes that the law pack cites. Raises InvalidInput with every file that cannot serve."""
    if not folder.is_dir():
        raise InvalidInput([problem(str(folder), (1, 1), "codes_no_folder")])
    wanted = {one.title.casefold() for one in naming().codes}
    problems: list[Problem] = []
    copies: list[CodeCopy] = []
    for file in _files(folder):
        found = _copy(file, folder, wanted)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            copies.append(found)
    if not copies and not problems:
        problems = [problem(str(folder), (1, 1), "codes_none", expected=", ".join(one.title for one in naming().codes))]
    if problems:
        raise InvalidInput(problems)
    return Codes(tuple(sorted(copies, key=lambda copy: (copy.title, copy.updated, copy.file))))


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*.md")):
        if file.is_file() and lies_in(file, folder):  # a link that leads elsewhere is no copy that was given
            yield file


def _copy(file: Path, folder: Path, wanted: set[str]) -> CodeCopy | Problem | None:
    """Return a copy, what is wrong with it, or None where the file is no code that the law pack cites."""
    raw = b""
    if file.stat().st_size <= LARGEST:
        raw = file.read_bytes()
    front = _FRONT.match(raw.decode("utf-8", "replace").replace("\r\n", "\n"))
    fields = dict(re.findall(r'^(\w+): "?(.*?)"?$', front[1], re.MULTILINE)) if front else {}
    title, updated = fields.get("title", ""), as_date(fields.get("last_updated"))
    if title.casefold() not in wanted:
        return None
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return problem(str(file), (line, 1), "not_utf8", byte=f"0x{raw[error.start]:02x}")
    if updated is None:
        return problem(str(file), (1, 1), "codes_undated", read=fields.get("last_updated", ""))
    if not re.search(r"^#{1,6} Article ", text, re.MULTILINE):
        return problem(str(file), (1, 1), "codes_no_articles")
    return CodeCopy(file.relative_to(folder).as_posix(), title, updated, text, hashlib.sha256(raw).hexdigest())
