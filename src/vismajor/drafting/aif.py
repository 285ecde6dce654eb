"""Argument maps in the Argument Interchange Format, as AIFdb and OVA read it.

Format: Chesñevar et al., "Towards an argument interchange format", The Knowledge Engineering Review 21(4), 2006, in
the JSON of AIFdb (Lawrence, Bex, Reed & Snaith, COMMA 2012). Claims are I-nodes; an argument is an RA node (inference)
or a CA node (conflict) between them. An edge joins a claim and an argument, or an argument and the one it silences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from vismajor.drafting.argument_map import ArgumentMap, MapArgument, MapIssue, MapPremise
from vismajor.law.models import Law

_SCHEMES = {"RA": ("Default Inference", "72"), "CA": ("Default Conflict", "71")}  # names and numbers of AIFdb


def to_aif(maps: Sequence[ArgumentMap], law: Law, language: str) -> dict[str, Any]:
    """Return the maps as one AIF graph, claims in `language`; a claim that several arguments share is one node.

    The reason that a rule gives is a premise of its argument, so that no argument stands without one.
    """
    graph = _AifGraph(law, language, f"{maps[0].as_of} 00:00:00" if maps else "")
    for map_ in maps:
        graph.issue(map_.issue)
    return {"nodes": graph.nodes, "edges": graph.edges, "schemefulfillments": None, "descriptorfulfillments": None,
            "participants": [], "locutions": []}


class _AifGraph:
    """A graph that grows claim by claim. Numbers follow the order of the maps: same maps, same numbers."""

    def __init__(self, law: Law, language: str, timestamp: str) -> None:
        self.law, self.language, self.timestamp = law, language, timestamp
        self.nodes: list[dict[str, Any]] = []
        self.edges: list[dict[str, Any]] = []
        self._claims: dict[object, str] = {}
        self._argued: set[object] = set()

    def issue(self, issue: MapIssue) -> str:
        """Add an issue with all that speaks for and against it; return the node that says it is established."""
        node = self._answer(issue.id, expected=True)
        if issue.id in self._argued:
            return node
        self._argued.add(issue.id)
        parts = []
        for element in issue.elements:
            self.issue(element.issue)
            parts.append(self._answer(element.issue.id, element.expected))
        for support in [parts] if issue.decided == "all" else [[part] for part in parts]:
            self._argue("RA", support, node)
        for argument in issue.arguments_for:
            self._argument("RA", argument, node)
        for argument in issue.arguments_against:
            self._argument("CA", argument, node)
        return node

    def _argument(self, kind: str, argument: MapArgument, conclusion: str) -> None:
        reason = self._claim(argument.because.in_language(self.language))
        node = self._argue(kind, [reason, *(self._premise(premise) for premise in argument.premises)], conclusion)
        for premise in argument.undercut_by:
            self._argue("CA", [self._premise(premise)], node)

    def _premise(self, premise: MapPremise) -> str:
        if premise.issue is not None:
            return self._answer(premise.issue, expected=not premise.condition.startswith("not "))
        node = self._claim(premise.clause.in_language(self.language), premise.fact)
        if premise.parts and (node, "parts") not in self._argued:
            self._argued.add((node, "parts"))
            self._argue("RA", [self._premise(part) for part in premise.parts], node)
        for conclusion in premise.concluded_by:
            if (node, conclusion.rule) not in self._argued:
                self._argued.add((node, conclusion.rule))
                reason = self._claim(conclusion.because.in_language(self.language))
                self._argue("RA", [reason, *(self._premise(below) for below in conclusion.premises)], node)
        return node

    def _answer(self, issue: str, expected: bool) -> str:
        """Return the claim that an issue is established; that it is not conflicts with it."""
        if (issue, expected) not in self._claims:
            findings = self.law.issues[issue].findings
            said = (findings.established if expected else findings.not_established).in_language(self.language)
            self._claims[issue, expected] = self._node("I", said)
            if not expected:
                self._argue("CA", [self._answer(issue, expected=True)], self._claims[issue, expected])
        return self._claims[issue, expected]

    def _claim(self, text: str, fact: str | None = None) -> str:
        if (text, fact) not in self._claims:
            self._claims[text, fact] = self._node("I", text)
        return self._claims[text, fact]

    def _argue(self, kind: str, premises: Iterable[str], conclusion: str) -> str:
        node = self._node(kind, _SCHEMES[kind][0])
        for premise in dict.fromkeys(premises):
            self._edge(premise, node)
        self._edge(node, conclusion)
        return node

    def _node(self, kind: str, text: str) -> str:
        name = str(len(self.nodes) + 1)
        scheme = {"scheme": _SCHEMES[kind][0], "schemeID": _SCHEMES[kind][1]} if kind in _SCHEMES else {}
        self.nodes.append({"nodeID": name, "text": text, "type": kind, "timestamp": self.timestamp, **scheme})
        return name

    def _edge(self, start: str, end: str) -> None:
        self.edges.append({"edgeID": str(len(self.edges) + 1), "fromID": start, "toID": end, "formEdgeID": None})
