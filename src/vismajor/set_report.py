"""What `brief` prints of the documents that it wrote: the stage, each document, for whom, what is still to do."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table

from vismajor.drafting import typography
from vismajor.drafting.acts.document_set import DocumentSet
from vismajor.drafting.acts.drafting import Drafted
from vismajor.drafting.words import counted, words
from vismajor.screen import WIDTH, render, wrapped


def set_json(written: DocumentSet) -> dict[str, object]:
    """Return the stage and the documents as data."""
    return {
        "stage": written.standing.stage, "whence": written.standing.whence,
        "documents": [{"document": one.kind, "audience": one.audience, "claimant": one.claimant, "title": one.title,
                       "missing": one.missing, "unread": one.unread, "files": sorted(one.contents)}
                      for one in written.documents],
    }


def tell_set(written: DocumentSet, language: str) -> str:
    """Tell the stage, the documents in a table, and where they lie."""
    say = words(language)
    title = say["set_title"].format(stage=say[f"stage_{written.standing.stage}"],
                                    whence=say[f"set_{written.standing.whence}"])
    table = Table(width=WIDTH, padding=(0, 0))
    for name in ("set_document", "set_for", "set_lacks"):
        table.add_column(say[name])
    for one in written.documents:
        table.add_row(f"{say[f'kind_{one.kind}']}\n{_stem(one)}.*", say[f"audience_{one.audience}"],
                      _left(one, language))
    where = say["set_written"].format(count=len(written.files), path=written.files[0].parent)
    return f"{wrapped(title, language)}\n{render(table)}\n{typography.spaced(where, language)}"


def _stem(document: Drafted) -> str:
    """Return the name that the files of a document share."""
    return Path(next(iter(document.contents))).stem


def _left(document: Drafted, language: str) -> str:
    parts = [counted(document.missing, "act_lacks", language)] if document.missing else []
    parts += [counted(document.unread, "act_unread", language)] if document.unread else []
    return "\n".join(parts) or words(language)["set_nothing_left"]
