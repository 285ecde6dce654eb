"""Argument maps in the Argument Interchange Format."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.drafting.test_argument_map import CASES, small_assessment
from vismajor.drafting.aif import to_aif
from vismajor.drafting.map_builder import build_map, roots
from vismajor.law.reader import read_law
from vismajor.settlement.valuation import Valuation


def small_graph(**facts: object) -> dict[str, Any]:
    assessment = small_assessment(**facts)
    return to_aif([build_map(assessment, "whole")], assessment.law, "en")


ALL = {"a.stated": True, "a.ground": True, "a.cut": True, "a.out": {"value": True, "status": "disputed"}}


@pytest.fixture(scope="module", params=CASES)
def graph(request: pytest.FixtureRequest) -> dict[str, Any]:
    valuation: Valuation = request.getfixturevalue(request.param)
    assessment = valuation.assessment
    return to_aif([build_map(assessment, root) for root in roots(assessment)], assessment.law, "fr")


def kinds(graph: dict[str, Any]) -> dict[str, str]:
    return {node["nodeID"]: node["type"] for node in graph["nodes"]}


def joined(graph: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Return (claim, kind of argument, what it speaks to) for each premise: a claim's text, or a kind of argument."""
    text = {n["nodeID"]: n["text"] if n["type"] == "I" else n["type"] for n in graph["nodes"]}
    out = {edge["fromID"]: edge["toID"] for edge in graph["edges"]}
    kind = kinds(graph)
    return {(text[e["fromID"]], kind[e["toID"]], text[out[e["toID"]]]) for e in graph["edges"]
            if kind[e["fromID"]] == "I"}


def test_every_edge_joins_nodes_that_exist_and_names_are_given_once(graph: dict[str, Any]) -> None:
    names = [node["nodeID"] for node in graph["nodes"]]
    assert len(names) == len(set(names)) > 20
    assert {edge[end] for edge in graph["edges"] for end in ("fromID", "toID")} <= set(names)
    assert len({edge["edgeID"] for edge in graph["edges"]}) == len(graph["edges"])
    assert len({(edge["fromID"], edge["toID"]) for edge in graph["edges"]}) == len(graph["edges"])


def test_no_claim_is_joined_to_a_claim(graph: dict[str, Any]) -> None:
    kind = kinds(graph)
    assert not [e for e in graph["edges"] if kind[e["fromID"]] == kind[e["toID"]] == "I"]


def test_every_argument_has_a_premise_and_speaks_to_one_thing(graph: dict[str, Any]) -> None:
    into, out = (Counter(edge[end] for edge in graph["edges"]) for end in ("toID", "fromID"))
    for name, kind in kinds(graph).items():
        if kind != "I":
            assert into[name] >= 1
            assert out[name] == 1


def test_only_conflicts_speak_to_arguments(graph: dict[str, Any]) -> None:
    kind = kinds(graph)
    assert {(kind[e["fromID"]], kind[e["toID"]]) for e in graph["edges"]} <= {
        ("I", "RA"), ("I", "CA"), ("RA", "I"), ("CA", "I"), ("CA", "RA"), ("CA", "CA")}


def test_a_claim_is_one_node_and_only_an_issue_without_argument_stands_alone(graph: dict[str, Any]) -> None:
    claims = [node["text"] for node in graph["nodes"] if node["type"] == "I"]
    assert len(claims) == len(set(claims))
    joined_up = {edge[end] for edge in graph["edges"] for end in ("fromID", "toID")}
    alone = {n["text"] for n in graph["nodes"] if n["nodeID"] not in joined_up}
    findings = {text for issue in read_law("fr").issues.values() for text in (
        issue.findings.established.fr, issue.findings.established.en)}
    assert all(any(finding.rstrip(".") in text for finding in findings) for text in alone)


def test_the_keys_are_those_of_aifdb(graph: dict[str, Any]) -> None:
    assert list(graph) == ["nodes", "edges", "schemefulfillments", "descriptorfulfillments", "participants",
                           "locutions"]
    for node in graph["nodes"]:
        assert {"nodeID", "text", "type", "timestamp"} <= set(node)
        assert (node["type"] == "I") == ("schemeID" not in node)
    for edge in graph["edges"]:
        assert set(edge) == {"edgeID", "fromID", "toID", "formEdgeID"}


def test_the_same_maps_give_the_same_graph() -> None:
    assert json.dumps(small_graph(**ALL)) == json.dumps(small_graph(**ALL))


def test_arguments_for_infer_and_arguments_against_conflict() -> None:
    found = joined(small_graph(**ALL))
    assert ("a.stated is so", "RA", "first established.") in found  # the fact of the argument `light`
    assert ("light", "RA", "first established.") in found  # its reason
    assert ("end", "CA", "first established.") in found
    assert ("end", "RA", "first established.") not in found


def test_an_undercutter_conflicts_with_the_inference_itself() -> None:
    assert "RA" in {end for _, kind, end in joined(small_graph(**ALL)) if kind == "CA"}
    without = joined(small_graph(**{name: value for name, value in ALL.items() if name != "a.cut"}))
    assert "RA" not in {end for _, kind, end in without if kind == "CA"}


def test_the_elements_of_a_whole_are_the_premises_of_one_inference() -> None:
    graph = small_graph(**ALL)
    text = {node["nodeID"]: node["text"] for node in graph["nodes"]}
    (whole,) = (e["fromID"] for e in graph["edges"] if text[e["toID"]] == "whole established.")
    assert {text[e["fromID"]] for e in graph["edges"] if e["toID"] == whole} == {
        "first established.", "second not_established."}


def test_an_answer_and_its_contrary_conflict() -> None:
    assert ("second established.", "CA", "second not_established.") in joined(small_graph(**ALL))


def test_a_concluded_premise_is_inferred_from_its_grounds() -> None:
    found = joined(small_graph(**ALL))
    assert {("derive", "RA", "a.derived is so"), ("a.ground is so", "RA", "a.derived is so")} <= found
