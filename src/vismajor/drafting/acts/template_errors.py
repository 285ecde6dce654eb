"""Mistakes in a template, told with file, line and the lines around."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import jinja2
from jinja2.exceptions import SecurityError

from vismajor.drafting.environment import TemplateAstray
from vismajor.reading.problems import InvalidInput, Problem, problem
from vismajor.reading.shipped import shipped_folder

AROUND = 1  # lines shown before and after


def problem_at(file: Path, line: int, code: str, **values: object) -> Problem:
    """Build a problem at a line of a template, with the lines around it."""
    found = problem(_shown(file), (line, 1), code, **values)
    return replace(found, excerpt=_around(file, line))


def _shown(file: Path) -> str:
    """Return a template's name: `templates/fr/…` for one of ours, else the path as given."""
    ours = shipped_folder("templates")
    return f"templates/{file.relative_to(ours).as_posix()}" if file.is_relative_to(ours) else str(file)


def _around(file: Path, line: int) -> str:
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n") if file.is_file() else []
    first = max(1, line - AROUND)
    return "\n".join(f"{'>' if number == line else ' '} {number:4} | {text[:110]}"
                     for number, text in enumerate(lines[first - 1: line + AROUND], start=first))


def _frames(env: jinja2.Environment) -> list[traceback.FrameSummary]:
    """Return the lines of templates through which the error that is being handled went, the last one last."""
    try:
        env.handle_exception()  # raises it again, with the lines of the templates instead of their compiled code's
    except Exception as rewritten:
        return [one for one in traceback.extract_tb(rewritten.__traceback__) if one.filename.endswith(".j2")]


@contextmanager
def told(env: jinja2.Environment, name: str) -> Iterator[None]:
    """Turn what goes wrong while the template `name` is read or rendered into a problem at its line."""
    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        file = Path(error.filename or name)
        raise InvalidInput([problem_at(file, error.lineno, "template_broken", reason=error.message or "")]) from None
    except TemplateAstray as error:
        raise InvalidInput([problem(str(error.name), (1, 1), "template_astray")]) from None
    except jinja2.TemplateNotFound as error:
        frames = _frames(env)
        file, line = (Path(frames[-1].filename), frames[-1].lineno or 1) if frames else (Path(f"templates/{name}"), 1)
        raise InvalidInput([problem_at(file, line, "template_missing", read=error.name or name, nearest="")]) from None
    except (jinja2.TemplateError, SecurityError, TypeError, LookupError, AttributeError, ValueError, ArithmeticError,
            RecursionError) as error:
        frames = _frames(env)
        if not frames:
            raise
        reason = error.args[0] if error.args else type(error).__name__
        raise InvalidInput([problem_at(Path(frames[-1].filename), frames[-1].lineno or 1, "template_failed",
                                  reason=reason)]) from None
