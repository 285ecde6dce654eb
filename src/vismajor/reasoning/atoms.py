"""Atoms such as `price(volvo, low)` or `¬p`, patterns that match them, and the issues that patterns make of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

Term = tuple[str, tuple["Term", ...]]  # name and arguments; `¬` is a name with one argument
Bindings = Mapping[str, Term]

_TOKENS = re.compile(r"\s*([^\s(),¬]+|[(),¬])")
_REST = "..."


def normal(name: object) -> str:
    """Write `price( volvo , low )` and `price(volvo,low)` alike."""
    return re.sub(r"\s*([(),])\s*", r"\1", str(name).strip())


def parse_atom(text: str) -> Term | None:
    """Return the term, or None where the text is not one (`price(volvo)=low`, a sentence)."""
    tokens = _TOKENS.findall(text)
    if "".join(tokens) != re.sub(r"\s", "", text):
        return None
    term, rest = _term(tokens)
    return term if term and not rest else None


def _term(tokens: list[str]) -> tuple[Term | None, list[str]]:
    if not tokens or tokens[0] in "(),":
        return None, tokens
    name, rest = tokens[0], tokens[1:]
    if name == "¬":
        inner, rest = _term(rest)
        return (("¬", (inner,)) if inner else None), rest
    if rest[:1] != ["("]:
        return (name, ()), rest
    arguments: list[Term] = []
    while rest[:1] in (["("], [","]):
        argument, rest = _term(rest[1:])
        if argument is None:
            return None, rest
        arguments.append(argument)
    return ((name, tuple(arguments)), rest[1:]) if rest[:1] == [")"] else (None, rest)


def match(pattern: Term, term: Term, bindings: Bindings) -> Bindings | None:
    """Return the bindings under which the pattern is the term; a variable begins with a capital letter."""
    name, arguments = pattern
    if not arguments and name[0].isupper():
        return {**bindings, name: term} if bindings.get(name, term) == term else None
    if name != term[0] or len(arguments) != len(term[1]):
        return None
    found: Bindings | None = bindings
    for wanted, given in zip(arguments, term[1], strict=True):
        found = None if found is None else match(wanted, given, found)
    return found


def parse_patterns(items: Iterable[object]) -> tuple[list[Term], bool] | None:
    """Return the patterns of an issue scheme, and whether `[f(X1), ..., f(Xn)]` counts on; None where it is neither.

    YAML cuts `[f(O, X1), g(O)]` at each comma; only those outside parentheses separate.
    """
    texts = _split(normal(",".join(map(str, items))))
    counts_on = len(texts) == 3 and texts[1] == _REST
    patterns = [parse_atom(text) for text in (texts[:1] if counts_on else texts)]
    if len(texts) < 2 or any(pattern is None or pattern[0] == _REST for pattern in patterns):
        return None
    return [pattern for pattern in patterns if pattern is not None], counts_on


def _split(text: str) -> list[str]:
    """Split at the commas outside parentheses."""
    parts, depth = [""], 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def positions(patterns: Sequence[Term], counts_on: bool, names: Iterable[str]) -> list[list[str]]:
    """Return the sets of statements, two at least, that an issue scheme makes the positions of one issue.

    A statement that meets the first pattern goes with those that meet another one with the same variables; where the
    scheme counts on (`[f(O, V1), ..., f(O, Vn)]`), with those that differ from it in numbered variables alone.
    """
    atoms = {name: atom for name in names if (atom := parse_atom(name)) is not None}
    found = {frozenset(group) for group in _groups(patterns, counts_on, atoms) if len(group) > 1}
    return sorted(sorted(group) for group in found)


def _groups(patterns: Sequence[Term], counts_on: bool, atoms: Mapping[str, Term]) -> Iterator[set[str]]:
    for first, atom in atoms.items():
        bindings = match(patterns[0], atom, {})
        if bindings is None:
            continue
        if counts_on:
            bindings = {variable: term for variable, term in bindings.items() if not variable[-1].isdigit()}
        others = patterns if counts_on else patterns[1:]
        yield {first} | {name for name, other in atoms.items()
                         if any(match(pattern, other, bindings) is not None for pattern in others)}
