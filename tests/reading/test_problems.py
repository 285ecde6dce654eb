"""Problems told in words: the same messages in both languages, one for each code of the program, none to spare."""

import ast
import re
import typing
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from vismajor.case.head_checks import OVERLAPS
from vismajor.drafting.acts.quotations import Lacking
from vismajor.reading.problems import LANGUAGES, InvalidInput, Problem, closest, nearest, problem
from vismajor.reading.validation import _EXPECTED, _OWN
from vismajor.reading.yaml_source import _SYNTAX

SENTENCES = {"did_you_mean", "known_are"}  # said inside other messages


def read_messages(language: str) -> dict[str, str]:
    files = (ROOT / "templates" / language / "messages").glob("*.yaml")
    return {code: text for file in files for code, text in yaml.safe_load(file.read_text(encoding="utf-8")).items()}


MESSAGES = {language: read_messages(language) for language in LANGUAGES}


def placeholders(message: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+(?::\w+)?)\}(?!\})", message))


def texts(node: ast.AST) -> set[str]:
    return {item.value for item in ast.walk(node) if isinstance(item, ast.Constant) and isinstance(item.value, str)}


def codes_in(file: Path) -> set[str]:
    """Every text that can be the code of a problem: the second place of problem(...), `code = ...`, a finding's."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = {"problem": 2 if isinstance(node.func, ast.Name) else 1, "_problem": 1,
                     "PydanticCustomError": 0, "Unreadable": 0, "report": 1, "notice": 1,
                     "problem_at": 2, "tell": 2}.get(name)
            if place is not None and len(node.args) > place:
                found |= texts(node.args[place]) if isinstance(node.args[place], ast.Constant | ast.IfExp) else set()
            found |= {text for keyword in node.keywords if keyword.arg == "missing" for text in texts(keyword.value)}
        elif isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "code" for t in node.targets):
            found |= texts(node.value) if isinstance(node.value, ast.Constant | ast.IfExp) else set()
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and file.name == "checks.py":
            found |= {t.value for t in node.value.elts if isinstance(t, ast.Constant) and "_" in str(t.value)}
    return found


CODES = set().union(
    *(codes_in(file) for file in (ROOT / "src").rglob("*.py")), _OWN, _EXPECTED.values(), _SYNTAX.values(),
    # what stands in a table or is a default, not in a call
    {"unknown_exhibit", "unknown_terms", "unknown_duty", "unknown_claimant", "unknown_regime", "unknown_rule",
     "unknown_scenario", "unknown_question",
     "yaml_syntax", "missing_file", "amount_currency", "amount_thousands", "revenue_ttc",
     *OVERLAPS.values(), *typing.get_args(Lacking)},
)


def test_french_and_english_have_the_same_messages_with_the_same_placeholders():
    assert list(MESSAGES["fr"]) == list(MESSAGES["en"])
    for code, message in MESSAGES["fr"].items():
        assert placeholders(message) == placeholders(MESSAGES["en"][code]), code


def test_every_code_of_the_program_has_a_message_and_every_message_a_code():
    assert len(CODES) > 60
    assert sorted(CODES - set(MESSAGES["en"])) == []
    assert sorted(set(MESSAGES["en"]) - CODES - SENTENCES) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_says_what_to_do_in_a_sentence(language):
    for code, message in MESSAGES[language].items():
        assert re.search(r"([.?…}]|: \{expected\}\.)$", message), code
        assert "  " not in message


def test_french_messages_keep_french_typography():
    for code, message in MESSAGES["fr"].items():
        assert not re.search(r" [;?!»]|« |[\w)}»] : ", message), code
        assert '"' not in message
        assert "“" not in message
        assert not re.search(r"\w'\w", message) or "’" not in message
        assert not re.search(r"\b(the|expected|read|add|missing|file)\b(?!_|-|:|\})", message.replace("{read}", "")
                             .replace("{expected}", "")), code


def test_a_problem_says_where_what_and_is_on_one_line():
    found = problem("case.yaml", (3, 7), "unknown_key", key="a\nb\x1b[31m" + "x" * 100, nearest="title")
    assert found.tell("en").startswith("case.yaml:3:7: “a b [31mxxx")
    assert found.tell("en").endswith("xxx…” is not known here. Did you mean “title”?")
    assert len(dict(found.values)["key"]) == 58
    assert found.tell("fr").endswith("Fallait-il lire «\u00a0title\u00a0»\u202f?")


def test_where_nothing_is_close_the_known_names_are_listed():
    found = problem("f", (1, 1), "unknown_exhibit", read="Z", nearest=nearest("Z", ["P1", "P2"]))
    assert "Known here: P1, P2." in found.explain("en")
    found = problem("f", (1, 1), "not_in_list", read="Z", expected="a, b", nearest=closest("Z", ["a", "b"]))
    assert found.explain("en") == "read “Z”, expected one of: a, b."


def test_what_was_read_is_never_taken_for_a_placeholder():
    assert "{nearest}" in problem("f", (1, 1), "unknown_fact", read="{nearest}", nearest="{read}").explain("en")


def test_problems_are_told_once_and_in_the_order_of_the_files():
    one, two = problem("a", (2, 1), "empty_file"), problem("a", (10, 1), "empty_file")
    error = InvalidInput([two, problem("b", (1, 1), "empty_file"), one, two])
    assert [(p.file, p.line) for p in error.problems] == [("a", 2), ("a", 10), ("b", 1)]
    assert str(error).splitlines() == [p.tell() for p in error.problems]
    assert Problem("a", 2, 1, "empty_file") == one


@given(st.text(max_size=20), st.sets(st.text(min_size=1, max_size=10), max_size=20))
def test_the_nearest_name_is_a_known_one_and_does_not_depend_on_their_order(name, known):
    assert nearest(name, known) == nearest(name, sorted(known, reverse=True))
    assert closest(name, known) in known | {""}
    for exact in known:
        assert nearest(exact, known) == exact
