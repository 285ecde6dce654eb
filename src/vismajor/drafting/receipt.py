"""The receipt that goes with every output: what was read, with which versions, drawn from which seed."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from vismajor.drafting.environment import legible, lies_in
from vismajor.reading.shipped import shipped_folder
from vismajor.reasoning.assessment import Assessment

ENGINES = ("durable-rules", "numpy", "jinja2", "pypandoc-binary", "typst")


@dataclass(frozen=True)
class Receipt:
    """Versions, hashes (SHA-256 of files; of the sorted list of file hashes for a folder), seed, worlds, date."""

    vismajor: str
    python: str
    libraries: dict[str, str]
    law: str
    law_hash: str
    templates_hash: str
    files: dict[str, str]
    seed: str
    worlds: int
    as_of: str

    @property
    def case_hash(self) -> str:
        """One hash for the case file, its accounts and its exhibits together."""
        return _combine(f"{name}:{digest}" for name, digest in self.files.items())

    @property
    def inside(self) -> str:
        """What a document says of its own making: versions, hashes, seed, date; nothing of what we think."""
        return (f"vismajor {self.vismajor}; law {self.law} sha256:{self.law_hash[:16]}; "
                f"templates sha256:{self.templates_hash[:16]}; case sha256:{self.case_hash[:16]}; "
                f"seed {legible(self.seed)}; as of {self.as_of}")

    def to_json(self) -> str:
        """Return the receipt as JSON, keys sorted."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def write_receipt(assessment: Assessment, templates: Path | None = None) -> Receipt:
    """Make the receipt of an assessment; the hash of the templates covers a firm's own in the folder `templates`."""
    case, law = assessment.case, assessment.law
    shipped = _combine(_hashes_below(shipped_folder("templates")))
    return Receipt(
        vismajor=version("vismajor"), python=".".join(platform.python_version_tuple()[:2]),
        libraries={name: version(name) for name in ENGINES}, law=f"{law.id} {law.version}",
        law_hash=_combine(f"{name}:{digest}" for name, digest in law.hashes.items()),
        templates_hash=_combine(iter([shipped, *_hashes_below(templates, "*.j2")])) if templates else shipped,
        files=dict(sorted(case.hashes.items())), seed=assessment.worlds.seed, worlds=assessment.worlds.count,
        as_of=case.as_of.isoformat(),
    )


def _hashes_below(folder: Path, pattern: str = "*") -> Iterator[str]:
    for file in folder.rglob(pattern):
        if file.is_file() and "__pycache__" not in file.parts and lies_in(file, folder):
            yield f"{file.relative_to(folder).as_posix()}:{hashlib.sha256(file.read_bytes()).hexdigest()}"


def _combine(lines: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
