"""Reading argument graphs: every shape the format allows, and every mistake told at once."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from vismajor.reading.problems import InvalidInput
from vismajor.reasoning.carneades import label_statements
from vismajor.reasoning.graph_file import read_graph


def read(tmp_path: Path, text: str):
    file = tmp_path / "graph.yml"
    file.write_text(textwrap.dedent(text), encoding="utf-8")
    return read_graph(file)


def test_statements_may_be_assumed_in_place_and_premises_may_have_roles(tmp_path: Path) -> None:
    found = read(tmp_path, """
        statements:
          p: {text: P, assumed: true}
          q: Q
          r: R
        arguments:
          a1: {conclusion: q, premises: {major: p}}
          a2: {conclusion: r, premises: [minor: q]}
        """)
    assert found.graph.arguments[0].premises[0].role == "major"
    assert found.graph.arguments[1].premises[0].role == "minor"
    assert label_statements(found.graph) == {"p": "in", "q": "in", "r": "in"}


def test_atoms_are_the_same_however_they_are_spaced(tmp_path: Path) -> None:
    found = read(tmp_path, """
        statements: {"price(volvo, low)": low}
        assumptions: ["price( volvo,low )"]
        """)
    assert label_statements(found.graph) == {"price(volvo,low)": "in"}


def test_an_empty_graph_has_no_labels(tmp_path: Path) -> None:
    assert label_statements(read(tmp_path, "meta: {title: nothing}").graph) == {}


def test_every_mistake_is_told_at_once_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, """\
            statements:
              murder: It was murder.
              self-defence: It was self-defence.
            issues:
              i1:
                positions: [murder, self-defense]
                standard: DOUBT
              i2:
                positions: [murder]
              i3:
                positions: [murder]
            arguments:
              a1: {conclusion: murdr, premises: [self-defence], scheme: cumulativ}
              a2: {premises: [murder]}
              a3: {conclusion: murder, undercutter: nobody}
            argument_schemes:
              - id: s1
                weight: {constant: heavy}
            statments: {}
            """)
    told = {(p.line, p.code) for p in caught.value.problems}
    assert told == {
        (7, "not_in_list"), (11, "position_twice"), (13, "unknown_scheme"), (14, "missing_key"),
        (15, "unknown_statement"), (18, "unknown_weigher"), (19, "unknown_key"),
    }


def problems(tmp_path: Path, text: str) -> set[tuple[int, str]]:
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, text)
    return {(p.line, p.code) for p in caught.value.problems}


def test_a_misspelt_key_is_told_wherever_it_stands(tmp_path: Path) -> None:
    assert problems(tmp_path, """\
        statements:
          p: {txt: P}
        issues:
          i1: {positions: [p], standart: BRD}
        arguments:
          - {id: a1, conclusion: p, undercuter: p}
        argument_schemes:
          s1: {wieght: 0.5}
          s2: {weight: {criteria: {hart: [], soft: {price: {facteur: 1, values: {}}}}}}
        tests:
          im: [p]
        id: graph
        """) == {(2, "unknown_key"), (4, "unknown_key"), (6, "unknown_key"), (8, "unknown_key"), (9, "unknown_key"),
                 (9, "unknown_weigher"), (11, "unknown_key"), (12, "unknown_key")}


def test_the_nearest_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="undercutter"):
        read(tmp_path, "statements: [p]\narguments: [{id: a1, conclusion: p, undercuter: p}]")


def test_schemes_that_would_derive_arguments_are_refused_with_what_to_do(tmp_path: Path) -> None:
    text = """\
        language: {wet/1: "%s is wet."}
        argument_schemes:
          - id: leak
            variables: [X]
            premises: [pipe(X)]
            conclusions: [wet(X)]
        assumptions: [pipe(kitchen)]
        tests: {in: [wet(kitchen)]}
        """
    assert problems(tmp_path, text) == {(3, "scheme_derives")}
    with pytest.raises(InvalidInput, match="Write the arguments out"):
        read(tmp_path, text)


def test_a_scheme_whose_arguments_are_written_out_only_weighs_them(tmp_path: Path) -> None:
    found = read(tmp_path, """
        argument_schemes:
          leak: {variables: [X], premises: [pipe(X)], conclusions: [wet(X)], weight: 0.4}
        statements: [pipe(kitchen), wet(kitchen)]
        arguments:
          a1: {scheme: leak, parameters: [kitchen], conclusion: wet(kitchen), premises: [pipe(kitchen)]}
        assumptions: [pipe(kitchen)]
        """)
    assert label_statements(found.graph)["wet(kitchen)"] == "in"


def test_labels_are_expected_under_either_name_or_in_place(tmp_path: Path) -> None:
    found = read(tmp_path, """
        statements: {p: {label: in}, q: , r: R, s: S}
        labels: {out: [q]}
        tests: {undecided: [r]}
        """)
    assert dict(found.expected) == {"p": "in", "q": "out", "r": "undecided"}
    assert problems(tmp_path, "statements: {p: {label: inn}}") == {(1, "not_in_list")}


def test_a_statement_that_schemes_would_put_into_two_issues_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path, """\
        statements: [for(x), against(x), neutral]
        issues:
          i1: {positions: [for(x), neutral]}
          i2: {positions: [against(x)]}
        issue_schemes:
          sides: [for(X), against(X)]
          broken: [for(X)]
        """) == {(6, "position_twice"), (7, "issue_scheme")}


def test_issue_schemes_extend_a_written_issue_and_keep_its_standard(tmp_path: Path) -> None:
    found = read(tmp_path, """
        statements: [for(x), against(x), neutral]
        issues:
          i1: {positions: [for(x), neutral], standard: BRD}
        issue_schemes:
          sides: [for(X), against(X)]
        """)
    (issue,) = found.graph.issues
    assert (set(issue.positions), issue.standard) == ({"for(x)", "against(x)", "neutral"}, "BRD")


@pytest.mark.parametrize("weight", [
    "heavy", "1.5", "-0.1", "{constant: 2}", "{constant: true}", "{criteria: {soft: [price]}}",
    "{criteria: {soft: {price: {factor: 0, values: {low: 1}}}}}", "{criteria: {soft: {price: {factor: 1}}}}",
    "{criteria: {soft: {price: {factor: 1, values: {low: 3}}}}}", "{preference: [{order: ascending}]}",
    "{preference: [{property: date, order: upwards}]}", "{constant: 1, preference: []}", "[linked]",
])
def test_weights_outside_their_form_are_refused(tmp_path: Path, weight: str) -> None:
    codes = {code for _, code in problems(tmp_path, f"argument_schemes: [{{id: s, weight: {weight}}}]")}
    assert codes <= {"unknown_weigher", "unknown_scheme", "not_mapping"}


def test_what_was_read_is_shown_as_it_was_written(tmp_path):
    file = tmp_path / "graph.yml"
    file.write_text("statements: {a: A}\nweighing_functions: {w: {constant: 3.25}}\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_graph(file)
    (problem,) = caught.value.problems
    assert "read {constant: 3.25}, expected linked" in problem.explain("en")
