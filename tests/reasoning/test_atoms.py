"""Atoms and patterns: what is one, what matches, which statements exclude each other by their form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vismajor.reasoning.atoms import Term, match, normal, parse_atom, parse_patterns, positions

_names = st.sampled_from(["a", "b", "price", "x9"])
_terms = st.recursive(st.builds(lambda n: (n, ()), _names), lambda inner: st.one_of(
    st.builds(lambda n, parts: (n, tuple(parts)), _names, st.lists(inner, min_size=1, max_size=3)),
    st.builds(lambda part: ("¬", (part,)), inner)), max_leaves=6)


def written(term: Term) -> str:
    name, arguments = term
    if name == "¬":
        return f"¬{written(arguments[0])}"
    return f"{name}({', '.join(written(part) for part in arguments)})" if arguments else name


@given(_terms)
def test_an_atom_is_read_as_it_is_written(term: Term) -> None:
    assert parse_atom(written(term)) == term
    assert parse_atom(normal(written(term))) == term
    assert match(term, term, {}) == {}


@pytest.mark.parametrize("text", ["", "p(", "p)", "p(a", "p(a,)", "p(,a)", "p()", "a b", "price(x)=low", "¬", "p(a))"])
def test_what_is_no_atom_is_none(text: str) -> None:
    assert parse_atom(text) is None


def test_a_variable_stands_for_one_term_throughout() -> None:
    pattern = parse_atom("f(X, g(X), Y)")
    assert pattern is not None
    assert match(pattern, ("f", (("a", ()), ("g", (("a", ()),)), ("b", ()))), {}) == {"X": ("a", ()), "Y": ("b", ())}
    assert match(pattern, ("f", (("a", ()), ("g", (("b", ()),)), ("b", ()))), {}) is None
    assert match(pattern, ("f", (("a", ()), ("h", (("a", ()),)), ("b", ()))), {}) is None
    assert match(pattern, ("f", (("a", ()),)), {}) is None


def groups(scheme: list[object], *names: str) -> list[list[str]]:
    read = parse_patterns(scheme)
    assert read is not None
    return positions(*read, names)


def test_a_scheme_that_counts_on_tells_apart_by_what_is_not_numbered() -> None:
    scheme: list[object] = ["price(O", "P1)", "...", "price(O", "Pn)"]  # as YAML cuts [price(O, P1), ..., price(O, Pn)]
    assert groups(scheme, "price(x,low)", "price(x,high)", "price(y,low)", "safe(x,low)") == [
        ["price(x,high)", "price(x,low)"]]
    assert groups(["buy(O1)", "...", "buy(On)"], "buy(x)", "buy(y)", "buy(z)") == [["buy(x)", "buy(y)", "buy(z)"]]


def test_a_scheme_of_opposites_pairs_what_says_the_same_of_the_same() -> None:
    assert groups(["¬P", "P"], "¬p", "p", "q", "¬r(a)", "r(b)") == [["p", "¬p"]]
    assert groups(["for(X,g(Y))", "against(X,Y)"], "for(a,g(b))", "against(a,b)", "against(b,a)") == [
        ["against(a,b)", "for(a,g(b))"]]


@pytest.mark.parametrize("scheme", [[], ["p"], ["p", "..."], ["...", "p"], ["p(", "q"], ["p", "q)r"]])
def test_what_is_no_issue_scheme_is_none(scheme: list[object]) -> None:
    assert parse_patterns(scheme) is None


@given(st.lists(_terms, max_size=8), st.randoms())
def test_the_order_of_the_statements_never_shows(terms: list[Term], random) -> None:
    names = [normal(written(term)) for term in terms]
    for scheme in (["¬P", "P"], ["price(X1)", "...", "price(Xn)"], ["a(X,Y)", "b(Y,X)"]):
        expected = groups(list(scheme), *names)
        random.shuffle(names)
        assert groups(list(scheme), *names) == expected
