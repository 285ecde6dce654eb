"""The pack as a lawyer reads it, from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from vismajor.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_the_pack_is_listed_in_the_order_of_the_court_in_both_languages() -> None:
    french, english = run("--lang", "fr", "law", "list"), run("--lang", "en", "law", "list")
    assert french.exit_code == english.exit_code == 0
    assert french.output.index("Inexécution") < french.output.index("Imprévisibilité") < french.output.index("Plafond")
    assert "burden of" in english.output
    assert max(len(line) for line in (french.output + english.output).splitlines()) <= 80


def test_an_issue_is_shown_with_both_sides_reasons_dates_and_sources() -> None:
    told = " ".join(run("--lang", "fr", "law", "show", "liability_cap").output.split())
    for said in ("Pour :", "Contre :", "(déterminant ; cap-agreed)", "C. civ., art. 1171", "Contrats à compter du",
                 "[à vérifier]", "Sauf si"):
        assert said in told, said


def test_at_a_date_nothing_later_is_shown() -> None:
    before = run("--lang", "fr", "law", "show", "liability_cap", "--at", "2022-01-13").output
    after = run("--lang", "fr", "law", "show", "liability_cap", "--at", "2025-05-01").output
    assert "Douai" not in before
    assert "Douai" in after
    rules = [len(json.loads(run("law", "at", day, "--json").output)["rules"]) for day in ("2012-01-01", "2025-05-01")]
    assert rules[0] < rules[1]


def test_at_a_date_only_what_counted_then_is_counted() -> None:
    early, late = (json.loads(run("law", "at", day, "--json").output) for day in ("2012-01-01", "2026-11-01"))
    whole = json.loads(run("law", "list", "--json").output)
    for key in ("rules", "concluding", "sources", "left_out"):
        assert 0 < early["counts"][key] <= late["counts"][key] <= whole["counts"][key]
    for key in ("rules", "sources", "left_out"):
        assert early["counts"][key] < whole["counts"][key]
    used = {source for rule in early["rules"] for source in rule["sources"]}
    assert early["counts"]["sources"] == len(used)
    counts = early["counts"]
    told = " ".join(run("--lang", "en", "law", "at", "2012-01-01").output.split())
    assert f"{counts['rules']} rules, of which {counts['concluding']} conclude a fact; {counts['sources']} sources; " \
           f"{counts['left_out']} points left out." in told


def test_an_issue_is_not_listed_before_it_is_asked() -> None:
    assert "contribution_due" not in run("law", "at", "2024-12-29").output
    assert "contribution_due" in run("law", "at", "2024-12-30").output
    listed = [{issue["id"] for issue in json.loads(run("law", "at", day, "--json").output)["issues"]}
              for day in ("2024-12-29", "2024-12-30")]
    assert listed[1] - listed[0] == {"contribution_due"}
    result = run("--lang", "en", "law", "show", "contribution_due", "--at", "2024-12-29")
    assert result.exit_code == 2
    assert "asked only since 2024-12-30" in result.output


def test_the_list_as_json_holds_the_prior_and_the_rules_of_each_side() -> None:
    data = json.loads(run("law", "list", "--json").output)
    issues = {issue["id"]: issue for issue in data["issues"]}
    assert issues["contribution_due"]["prior"] == -2
    assert issues["force_majeure"]["prior"] is issues["force_majeure"]["rules"] is None
    for issue in issues.values():
        heard = [rule["then"] for rule in data["rules"]]
        if issue["rules"]:
            assert issue["rules"] == {side: sum(then.get(side) == issue["id"] for then in heard)
                                      for side in ("for", "against")}
    shown = json.loads(run("law", "show", "breach", "--json").output)
    assert [issue["id"] for issue in shown["issues"]] == ["breach"]
    assert len(shown["rules"]) == sum(shown["issues"][0]["rules"].values())


def test_a_composite_issue_says_what_it_follows_from() -> None:
    told = " ".join(run("--lang", "fr", "law", "show", "force_majeure").output.split())
    assert "La réponse est positive si toutes ces conditions le sont" in told


def test_the_shipped_pack_is_good_and_says_so() -> None:
    result = run("law", "check", "--until", "2026-11-01")
    assert result.exit_code == 0
    assert "From 2010-01 to 2026-11" in result.output


@pytest.mark.parametrize("arguments", [("law", "show", "libility_cap"), ("law", "check", "frr"),
                                       ("law", "list", "--pack", "frr")])
def test_a_misspelt_name_gets_the_nearest_one(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Did you mean" in result.output
    assert "Traceback" not in result.output


def changed_pack(folder: Path, more: str) -> Path:
    """Copy the French pack with a further theme."""
    shutil.copytree(ROOT / "rules" / "fr", folder)
    (folder / "themes" / "zz-probe.yaml").write_text(f"rules:\n{more}", encoding="utf-8")
    return folder


def probe(name: str, then: str, weight: str = "") -> str:
    return (f"  - id: {name}\n    if: [event.usual_risk]\n    then: {then}\n{weight}"
            "    because: {fr: Un motif., en: A reason.}\n    sources: [cc-1218]\n")


def test_a_contradiction_is_told_with_the_places_of_both_rules(tmp_path: Path) -> None:
    knock = "    weight: knock_out\n"
    pack = changed_pack(tmp_path / "mine", (
        probe("one", "{for: control}", knock) + probe("two", "{against: control}", knock)
        + probe("three", "{prevention.own_failing: true}") + probe("four", "{prevention.own_failing: false}")))
    for language in ("en", "fr"):
        result = run("--lang", language, "law", "check", str(pack), "--until", "2010-02-01")
        assert result.exit_code == 1
        told = result.output.splitlines()
        for first, second, at, other in (("one", "two", 2, 8), ("three", "four", 14, 19)):
            (line,) = [line for line in told if line.startswith(f"mine/themes/zz-probe.yaml:{at}:5: ")]
            assert first in line
            assert f"{second} (mine/themes/zz-probe.yaml:{other}:5)" in line


def test_a_place_without_a_pack_is_told_as_such(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_text("a: 1", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for where in (file, tmp_path / "empty", tmp_path / "nowhere"):
        result = run("--lang", "en", "law", "check", str(where))
        assert result.exit_code == 2
        assert "a pack is a folder that holds pack.yaml" in result.output
        assert "case" not in result.output.replace(str(where), "")


def test_a_file_that_a_pack_lacks_is_told_as_a_file_of_the_pack(tmp_path: Path) -> None:
    pack = changed_pack(tmp_path / "mine", probe("one", "{for: control}", "    weight: weak\n"))
    (pack / "issues.yaml").unlink()
    result = run("--lang", "en", "law", "check", str(pack))
    assert result.exit_code == 2
    assert "mine/issues.yaml:1:1: this file of the law pack is missing" in result.output
    assert "case" not in result.output


def test_explain_says_why_and_what_would_reverse_it() -> None:
    result = run("explain", str(ROOT / "cases" / "ovh-strasbourg"), "liability_cap", "--worlds", "500")
    assert result.exit_code == 0
    told = " ".join(result.output.split())
    assert "Chaque fait pris au plus vraisemblable, la réponse est" in told
    assert "la répartition des risques a été négociée ou se reflète dans le prix" in told
    assert max(len(line) for line in result.output.splitlines()) <= 80


def test_explain_as_json_holds_the_flips_of_every_weighed_issue() -> None:
    data = json.loads(run("explain", str(ROOT / "cases" / "bluepad"), "--worlds", "500", "--json").output)
    assert {"breach", "control", "liability_cap"} <= set(data)
    assert all(set(change) == {"fact", "value"} for view in data.values() for flip in view["flips"] for change in flip)


def test_explain_refuses_an_issue_that_does_not_exist() -> None:
    result = run("explain", str(ROOT / "cases" / "bluepad"), "liabilty_cap")
    assert result.exit_code == 2
    assert "liability_cap" in result.output
