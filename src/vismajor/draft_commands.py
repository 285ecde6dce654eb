"""The commands that write documents: `draft`, and `templates check` for the templates they are written from."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

import vismajor
from vismajor.console import FINDINGS, as_text, load, pack_option, progress, shared_options, spoken, telling

FORMATS = ("docx", "pdf", "html", "xlsx")
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
templates_option = click.option("--templates", type=FOLDER, metavar="DIR",
                                help="Templates of your own (fr/acts/…, en/acts/…), each before ours of that name.")
codes_option = click.option("--codes", type=FOLDER, metavar="DIR",
                            help="Local copies of the codes (legalize-fr layout): articles cited are quoted.")
reference_option = click.option("--reference", type=FILE, metavar="FILE.docx",
                                help="Your own Word styles and letterhead.")
final_option = click.option("--final", is_flag=True,
                            help="Refuse what is incomplete, or rests on what nobody read in full.")
formats_option = click.option("--format", "formats", metavar="LIST",
                              help="docx, pdf, html, xlsx (default: all that the document has).")


def formats_of(formats: str | None) -> tuple[str, ...]:
    """Return the formats that --format names, none where it is left out: all that a document has.

    Raises BadParameter where one is no format of ours.
    """
    if formats is None:
        return ()
    chosen = tuple(part.strip() for part in formats.split(","))
    if not chosen or set(chosen) - set(FORMATS):
        raise click.BadParameter(f"{formats}: expected {', '.join(FORMATS)} or some of them", param_hint="--format")
    return chosen


@click.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--document", metavar="NAME", help="Which document (see --list).")
@click.option("--list", "listing", is_flag=True, help="List the documents, for whom they are, what each lacks.")
@click.option("--lang", "spoken_in", type=click.Choice(["fr", "en"]), help="Language (default: the case's).")
@final_option
@formats_option
@reference_option
@templates_option
@codes_option
@shared_options("claimant", "as_of", "seed", "worlds", "json", "out")
@click.pass_context
def draft(context: click.Context, case_path: Path, document: str | None, listing: bool, spoken_in: str | None,
          final: bool, formats: str | None, reference: Path | None, templates: Path | None, codes: Path | None,
          claimant: str | None, as_of: dt.date | None, seed: str | None, worlds: int, as_json: bool, out: Path | None
          ) -> None:
    """Draft a DOCUMENT of CASE: a letter, an agreement, a procedural act, or the internal note.

    Writes Word, PDF and HTML with a receipt into --out (default: out/NAME-OF-THE-CASE); with the report on the losses
    also the workbook of its computation.
    """
    chosen = formats_of(formats)
    if not listing and document is None:
        raise click.UsageError("which document? --document NAME, or --list to see them")
    with telling(spoken_in or context.obj, as_json):
        from vismajor import workbench  # noqa: PLC0415 — slow to import

        case, law = load(case_path, as_of)
        case = spoken(context, case) if spoken_in is None else case.said_in("fr" if spoken_in == "fr" else "en")
        if document is not None:
            workbench.check_document(document, claimant, case, chosen)
        with progress(len(case.file.claimants) + (len(chosen) or 3), context.obj, quiet=as_json) as step:
            assessment = vismajor.assess(case, law, worlds=worlds, seed=seed, progress=step)
            if listing:
                from vismajor.acts_report import list_json, listed, tell_list  # noqa: PLC0415 — slow to import

                found = listed(workbench.matter(assessment, claimant))
                text = as_text(list_json(found)) if as_json else tell_list(found, case.file.language)
            else:
                files = workbench.draft_document(
                    assessment, document or "", out or Path("out") / case.seed, claimant=claimant, final=final,
                    formats=chosen, reference=reference, templates=templates, codes=codes, progress=step)
                text = as_text({"files": [str(file) for file in files]}) if as_json else "\n".join(map(str, files))
        click.echo(text)


@click.group()
def templates() -> None:
    """Look after the templates of the documents."""


@templates.command(name="check")
@templates_option
@pack_option
@shared_options("json")
@click.pass_context
def check(context: click.Context, templates: Path | None, pack: str, as_json: bool) -> None:
    """Check every template against what its document holds, before any case.

    Exit code: 0 good, 1 a mistake, told with file, line and the lines around.
    """
    from vismajor.acts_report import tell_templates  # noqa: PLC0415
    from vismajor.drafting.acts.template_check import check_templates  # noqa: PLC0415

    with telling(context.obj, as_json):
        problems = check_templates(frozenset(vismajor.load_law(pack).sources), templates)
    found = [{"file": one.file, "line": one.line, "code": one.code, "message": one.explain(context.obj),
              "excerpt": one.excerpt} for one in problems]
    click.echo(as_text({"valid": not problems, "problems": found}) if as_json
               else tell_templates(problems, context.obj))
    sys.exit(FINDINGS if problems else 0)
