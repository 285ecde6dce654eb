"""Renders an act: its text by its template, then what stands at its end (exhibits; in a draft, what is missing)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import jinja2

from vismajor.drafting.acts.blanks import Blank, blanks_in
from vismajor.drafting.acts.checklists import articles_of, checklist
from vismajor.drafting.acts.environment import act_environment
from vismajor.drafting.acts.illustrations import Illustration, shown
from vismajor.drafting.acts.kinds import Kind
from vismajor.drafting.acts.matter import Matter, texts_of
from vismajor.drafting.acts.outgoing import ExhibitSaid, SourceSaid
from vismajor.drafting.acts.quotations import QuotedSaid, UnquotedSaid, quotations
from vismajor.drafting.acts.register import NumberedExhibit, Register
from vismajor.drafting.acts.template_errors import problem_at, told
from vismajor.drafting.codes import Codes
from vismajor.drafting.drafts import is_plain
from vismajor.drafting.typography import spaced
from vismajor.reading.problems import InvalidInput

END = "acts/end.md.j2"


@dataclass(frozen=True)
class MissingSaid:
    """Something missing, in words, with its place in case.yaml and the article that asks for it (empty: none).

    What is missing for several claimants stands there once, its path with `[]` for any of them: `times` says how often.
    """

    what: str
    path: str
    article: str
    times: int


@dataclass(frozen=True)
class EndMatter:
    """What stands at the end of an act: its exhibits; in a draft what is missing, and what nobody read in full.

    `quoted` are the articles cited, word for word, where copies of the codes were given; `unquoted` those that could
    not be quoted.
    """

    exhibits: tuple[NumberedExhibit, ...]
    draft: bool
    missing: tuple[MissingSaid, ...]
    sources: tuple[SourceSaid, ...]
    unread: tuple[NumberedExhibit, ...]
    example: str
    quoted: tuple[QuotedSaid, ...] = ()
    unquoted: tuple[UnquotedSaid, ...] = ()


@dataclass(frozen=True)
class Act:
    """A rendered act: Markdown, and what its template sets: name of the file, title, mark, heading of the contents.

    `charts` are those that its Markdown may show.
    """

    markdown: str
    file: str
    title: str
    mark: str
    contents: str
    register: Register
    missing: tuple[Blank, ...]
    unquoted: tuple[UnquotedSaid, ...] = ()
    charts: tuple[Illustration, ...] = ()

    @property
    def unread_sources(self) -> tuple[SourceSaid, ...]:
        """The sources cited that nobody read in full."""
        return tuple(one for one in self.register.sources if one.unread)

    @property
    def unread_exhibits(self) -> tuple[ExhibitSaid, ...]:
        """The exhibits produced that nobody read in full."""
        return tuple(one for one in self.register.exhibits if one.unread)


def render(kind: Kind, matter: Matter, *, draft: bool = True, templates: Path | None = None, codes: Codes | None = None
           ) -> Act:
    """Render an act for a matter; with `codes` the articles that it cites are quoted at its end, word for word.

    Raises InvalidInput with file, line and lines around where a template is wrong.
    """
    context = kind.build(matter)
    charts = kind.charts(matter) if kind.charts else ()
    register = Register(matter.language, {one.id: one for one in texts_of(matter)})
    env = act_environment(register, templates, lambda sources: quotations(matter, codes, sources)[0])
    with told(env, kind.file):
        module = env.get_template(kind.file).make_module({"a": context, "charts": shown(charts, matter.language)})
        labels = {name: str(getattr(module, name, "")) for name in ("file", "title", "mark", "contents")}
        _check_name(env, kind.file, labels["file"])
        missing = tuple(dict.fromkeys([*register.blanks, *blanks_in(context)]))
        quoted, unquoted = quotations(matter, codes, register.sources)
        matters_left = replace(_end(kind, matter, register, missing, context, draft), quoted=quoted,
                               unquoted=unquoted if draft else ())
        end = env.get_template(END).render(a=matters_left)
    text = spaced(f"{module}\n\n{end}", matter.language)
    return Act(text, **labels, register=register, missing=missing, unquoted=unquoted, charts=charts)


def _check_name(env: jinja2.Environment, template: str, name: str) -> None:
    """Refuse a name of file that is a path: a template writes nothing outside the folder that was asked for."""
    if is_plain(name):
        return
    assert env.loader is not None
    text, file, _ = env.loader.get_source(env, template)
    line = next((at for at, one in enumerate(text.split("\n"), start=1) if "set file" in one), 1)
    raise InvalidInput([problem_at(Path(file or template), line, "file_name_astray", read=name)])


def finished(kind: Kind, matter: Matter) -> EndMatter:
    """Return what stands at the end of a draft: what is missing, and what is still to be read."""
    act = render(kind, matter)
    return _end(kind, matter, act.register, act.missing, kind.build(matter), draft=True)


def _end(kind: Kind, matter: Matter, register: Register, missing: tuple[Blank, ...], context: object, draft: bool
         ) -> EndMatter:
    articles = articles_of(checklist(kind.template), context, matter.language)
    notice = matter.case.file.notice
    numbered = register.numbered()
    return EndMatter(
        numbered if kind.exhibits else (), draft,
        tuple(_said(missing, articles)) if draft else (),
        tuple(one for one in register.sources if one.unread) if draft else (),
        tuple(one for one in numbered if one.exhibit.unread) if draft else (),
        notice.in_language(matter.language) if notice and draft else "")


def _said(missing: tuple[Blank, ...], articles: Mapping[Blank, str]) -> Iterator[MissingSaid]:
    """Yield what is missing, each item once for all the claimants of whom it is asked."""
    gathered: dict[tuple[str, str, str], list[Blank]] = {}
    for one in missing:
        anybody = re.sub(r"\.\d+\.", "[].", one.path)
        gathered.setdefault((one.what, anybody, articles.get(one, "")), []).append(one)
    for (what, anybody, article), blanks in gathered.items():
        yield MissingSaid(what, anybody if len(blanks) > 1 else blanks[0].path, article, len(blanks))
