"""The texts that travel with the program: one file a subject, the same keys in both languages, no key twice."""

from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from vismajor.reading import shipped
from vismajor.reading.shipped import texts_of


@pytest.mark.parametrize("kind", ["words", "messages"])
def test_both_languages_say_the_same_under_the_same_names(kind: str) -> None:
    keys = {language: {file.name: set(yaml.safe_load(file.read_text(encoding="utf-8")))
                       for file in (ROOT / "templates" / language / kind).glob("*.yaml")} for language in ("fr", "en")}
    assert keys["fr"] == keys["en"]
    assert texts_of("fr", kind).keys() == set().union(*keys["fr"].values())


def test_a_text_that_stands_in_two_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fr" / "words"
    folder.mkdir(parents=True)
    (folder / "one.yaml").write_text("cap: plafond\n", encoding="utf-8")
    (folder / "two.yaml").write_text("cap: limite\n", encoding="utf-8")
    monkeypatch.setattr(shipped, "shipped_folder", lambda name: tmp_path)
    texts_of.cache_clear()
    with pytest.raises(ValueError, match=r"two\.yaml: cap"):
        texts_of("fr", "words")
    texts_of.cache_clear()
