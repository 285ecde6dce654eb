"""YAML with places: what scalars mean, where every key stands, what is refused before it can do harm."""

import time
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from vismajor.reading import yaml_source
from vismajor.reading.problems import InvalidInput
from vismajor.reading.yaml_source import MAX_BYTES, MAX_DEPTH, load_yaml, parse_yaml


def refusal(text: str) -> tuple[str, int, int]:
    with pytest.raises(InvalidInput) as caught:
        parse_yaml(text, "f.yaml")
    (problem,) = caught.value.problems
    return problem.code, problem.line, problem.column


@pytest.mark.parametrize(("written", "read"), [
    ("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("12", 12), ("-12", -12), ("0", 0),
    ("12.50", Decimal("12.50")), ("no", "no"), ("yes", "yes"), ("on", "on"), ("12:30", "12:30"), ("010", "010"),
    ("0x1F", "0x1F"), ("1_000", "1_000"), ("1e3", "1e3"), (".5", ".5"), ("2023-07-14", "2023-07-14"), ("'12'", "12"),
    ("<<", "<<"), ("=", "="), (".nan", ".nan"), ("9" * 19, "9" * 19), ("0." + "1" * 19, "0." + "1" * 19),
])
def test_a_scalar_means_what_it_says(written, read):
    data = parse_yaml(f"a: {written}", "f").data["a"]
    assert (data, type(data)) == (read, type(read))


def test_every_key_is_a_name_even_where_it_looks_like_a_number():
    data = parse_yaml("12: a\ntrue: b\nnull: c\n1.5: d\n", "f").data
    assert data == {"12": "a", "true": "b", "null": "c", "1.5": "d"}


@pytest.mark.parametrize(("text", "code", "line", "column"), [
    ("a: b: c", "colon_in_text", 1, 5), ("a: 1\nb: 'x\nc: 2\n", "quote_not_closed", 2, 4),
    ("a: [1, 2\nb: 1\n", "bracket_not_closed", 1, 4), ("a: {b: 1", "bracket_not_closed", 1, 4),
    ("a: *x", "undefined_alias", 1, 4), ("a: 1\n---\nb: 2", "two_documents", 2, 1), ("a:\n\tb: 1", "tab", 2, 1),
    ("a:\n  b: 1\n \tc: 1", "tab", 3, 2), ("- a\nb: 1", "yaml_syntax", 2, 1), ("a: `x", "yaml_syntax", 1, 4),
    ("? [a]\n: b", "key_not_text", 1, 3), ("a: !!int x", "tag_not_allowed", 1, 4),
    ("a:\n  - !x [1]", "tag_not_allowed", 2, 5), ("a: 1\nb: 2\na: 3", "duplicate_key", 3, 1),
    ("a: \"x\\0y\"", "control_character", 1, 4), ("a: x\x07y", "control_character", 1, 5),
    ("# only a comment", "empty_file", 1, 1), ("a: &a [*a]", "alias_bomb", 1, 4),
])
def test_a_mistake_is_told_at_its_place(text, code, line, column):
    assert refusal(text) == (code, line, column)


def test_every_duplicate_is_told():
    with pytest.raises(InvalidInput) as caught:
        parse_yaml("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n", "f")
    assert [(p.line, dict(p.values)["first"]) for p in caught.value.problems] == [(2, "1"), (5, "4")]


@pytest.mark.parametrize("hostile", [
    "[" * 100_000, "{a: " * 50_000, "- " * 50_000 + "x", "\n".join(" " * n + "a:" for n in range(3000)),
])
def test_deep_nesting_is_refused_at_once(hostile):
    start = time.perf_counter()
    assert refusal(hostile)[0] == "too_deep"
    assert time.perf_counter() - start < 1


def test_the_deepest_level_allowed_is_read():
    assert parse_yaml("[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH, "f").data
    assert refusal("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == ("too_deep", 1, MAX_DEPTH + 1)


def test_a_bomb_of_aliases_is_refused_and_plain_repetition_is_not():
    steps = [f"{new}: &{new} [{', '.join(['*' + old] * 12)}]\n" for old, new in ("ab", "bc", "cd", "de", "ef")]
    bomb = "a: &a [x]\n" + "".join(steps)
    assert parse_yaml("a: &a {b: 1}\nc: *a\n", "f").data == {"a": {"b": 1}, "c": {"b": 1}}
    assert refusal(bomb)[0] == "alias_bomb"


def test_a_file_too_large_is_not_read(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(InvalidInput) as caught:
        load_yaml(path)
    assert [p.code for p in caught.value.problems] == ["too_large"]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_bytes("\ufeffa: 1\r\nb: é\r\n".encode())
    source = load_yaml(path)
    assert source.data == {"a": 1, "b": "é"}
    assert source.place(("b",)) == (2, 1)


def test_the_loader_without_libyaml_gives_the_same(monkeypatch):
    text = "a: [1, 2.50, no]\nb: {c: 010, true: ~}\n"
    fast = parse_yaml(text, "f")

    class Slow(yaml.SafeLoader):
        yaml_implicit_resolvers = yaml_source._Loader.yaml_implicit_resolvers
        yaml_constructors = yaml_source._Loader.yaml_constructors

    monkeypatch.setattr(yaml_source, "_Loader", Slow)
    assert parse_yaml(text, "f") == fast
    assert refusal("a: b: c") == ("colon_in_text", 1, 5)
    assert refusal("a: [1, 2") == ("bracket_not_closed", 1, 4)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet=st.sampled_from("ab:-[]{}\"'&*!#|>%@`,?\n\t 01.~\\x<"), max_size=40))
def test_no_text_whatever_ends_in_another_error(text):
    try:
        source = parse_yaml(text, "f")
    except InvalidInput as error:
        lines = 1 + sum(text.count(end) for end in "\n\r\x85\u2028\u2029")
        assert all(1 <= p.line <= lines + 1 and p.column >= 1 and p.tell("fr") for p in error.problems)
    else:
        assert source.places[()]


names = st.text(alphabet="abcdgh_éà", min_size=1, max_size=8)
trees = st.recursive(
    st.integers(-99, 99) | st.booleans() | names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(names, trees, min_size=1, max_size=4), st.booleans())
def test_the_place_of_every_key_is_where_its_text_stands(tree, flow):
    text = "# a comment\n" + yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    source, lines = parse_yaml(text, "f"), text.splitlines()
    assert source.data == tree
    keys = 0

    def check(node: object, path: tuple[str | int, ...]) -> None:
        nonlocal keys
        for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
            line, column = source.place((*path, key))
            if isinstance(key, str):
                keys += 1
                assert lines[line - 1][column - 1 :].lstrip("'\"?! ").startswith(key)
            check(value, (*path, key))

    check(tree, ())
    assert keys >= 1


def test_a_place_that_is_not_there_is_that_of_what_holds_it():
    source = parse_yaml("a: 1\nb:\n  c:\n    - d: 1\n", "f")
    assert source.place(("b", "c", 0, "e")) == (4, 7)
    assert source.place(("b", "x")) == (2, 1)
    assert source.place(("x", "y")) == (1, 1)
