"""What `draft --list` and `templates check` print: the documents, for whom they are, what each still lacks."""

from __future__ import annotations

from dataclasses import dataclass

from rich.table import Table

from vismajor.drafting.acts.kinds import Document, Kind, documents
from vismajor.drafting.acts.matter import Matter, said_exhibit
from vismajor.drafting.acts.register import NumberedExhibit
from vismajor.drafting.acts.rendering import EndMatter, MissingSaid, finished
from vismajor.drafting.negotiation_note import sources_of
from vismajor.drafting.words import counted, words
from vismajor.reading.problems import Problem
from vismajor.screen import WIDTH, render, wrapped


@dataclass(frozen=True)
class Listed:
    """One document, and what stands between it and a final one; None where the other side sends it."""

    kind: Document
    lacking: EndMatter | None


def listed(matter: Matter) -> list[Listed]:
    """Return every document, with what is missing for all the claimants of the matter together."""
    return [Listed(kind, _lacking(kind, matter) if matter.side in kind.sides else None)
            for kind in documents(matter.side)]


def _lacking(kind: Document, matter: Matter) -> EndMatter:
    """Return what a document lacks: the internal note shows what it has, and lacks nothing but reading."""
    return finished(kind, matter) if isinstance(kind, Kind) else _to_read(matter)


def _to_read(matter: Matter) -> EndMatter:
    """Return what the internal note rests on and nobody read in full: sources cited, exhibits listed."""
    known = enumerate(matter.case.exhibits_known.values(), start=1)
    sources = (matter.said_source(one.id) for one in sources_of(matter.assessment, matter.losses))
    return EndMatter((), True, (), tuple(one for one in sources if one.unread),
                     tuple(NumberedExhibit(at, said_exhibit(one)) for at, one in known if one.read != "full"), "")


def list_json(found: list[Listed]) -> list[dict[str, object]]:
    """Return the documents as data."""
    return [
        {"document": one.kind.id, "audience": one.kind.audience, "sides": list(one.kind.sides),
         "scope": one.kind.scope, "ours": one.lacking is not None,
         "missing": [{"what": m.what, "path": m.path, "article": m.article, "times": m.times}
                     for m in (one.lacking.missing if one.lacking else ())],
         "sources_to_read": [source.cite for source in (one.lacking.sources if one.lacking else ())],
         "exhibits_to_read": [n.exhibit.id for n in (one.lacking.unread if one.lacking else ())]}
        for one in found
    ]


def tell_list(found: list[Listed], language: str) -> str:
    """Tell the documents in a table, then what each lacks."""
    say = words(language)
    table = Table(width=WIDTH, padding=(0, 0))
    for name in ("document", "audience", "scope", "state"):
        table.add_column(say[f"act_list_{name}"])
    for one in found:
        table.add_row(f"{one.kind.id}\n{say[f'kind_{one.kind.id}']}", say[f"audience_{one.kind.audience}"],
                      say[f"act_scope_{one.kind.scope}"], _state(one.lacking, language))
    parts: list[object] = [table]
    for one in found:
        if one.lacking and one.lacking.missing:
            parts += ["", f"{one.kind.id} :" if language == "fr" else f"{one.kind.id}:"]
            parts += [wrapped(_said(missing, language), language, 2, "- ") for missing in one.lacking.missing]
    return render(*parts)


def _state(lacking: EndMatter | None, language: str) -> str:
    say = words(language)
    if lacking is None:
        return say["act_not_ours"]
    unread = len(lacking.sources) + len(lacking.unread)
    state = [counted(sum(m.times for m in lacking.missing), "act_lacks", language)] if lacking.missing else []
    state += [counted(unread, "act_unread", language)] if unread else []
    return "\n".join(state) or say["act_complete"]


def _said(missing: MissingSaid, language: str) -> str:
    say = words(language)
    times = say["act_times"].format(times=missing.times) if missing.times > 1 else ""
    article = say["act_lacks_article"].format(article=missing.article) if missing.article else ""
    return say["act_lacks"].format(what=missing.what, path=missing.path + times, article=article)


def tell_templates(problems: list[Problem], language: str) -> str:
    """Tell the mistakes of the templates, each with the lines around, or that there is none."""
    if not problems:
        return words(language)["templates_good"]
    return "\n\n".join(problem.tell(language) for problem in problems)
