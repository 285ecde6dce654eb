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
