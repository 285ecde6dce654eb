"""Runs pandoc on our Markdown, in its sandbox: it reads the text that it is given, our layouts, and nothing else."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pypandoc

# The reader's Markdown without anything that would let a value act: no raw HTML or TeX, no mathematics, no citations.
_READER = (
    "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-tex_math_single_backslash-citations-smart"
    "+all_symbols_escapable"
)


def converted(text: str, to: str, metadata: Mapping[str, Any], filters: Sequence[Path], *options: str) -> bytes:
    """Return Markdown as another format of pandoc (`docx`, `html5`, `typst`).

    Raises RuntimeError with what pandoc says when it fails.
    """
    # In a file of defaults pandoc takes metadata for plain text, escapes it for the format it writes, and reads UTF-8
    # whatever the system's encoding; on the command line it does neither.
    with tempfile.TemporaryDirectory() as folder:
        defaults = Path(folder) / "defaults.yaml"
        defaults.write_text(json.dumps({"metadata": metadata}, ensure_ascii=False), encoding="utf-8")
        command = [pypandoc.get_pandoc_path(), f"--from={_READER}", f"--to={to}", "--output=-", "--sandbox",
                   "--standalone", "--wrap=none", f"--defaults={defaults}",
                   *(f"--lua-filter={one}" for one in filters), *options]
        # pypandoc's own call asks pandoc for its lists of formats each time, which takes longer than a short letter.
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout
