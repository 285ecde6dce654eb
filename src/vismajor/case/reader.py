"""Reads a case folder: validates `case.yaml`, its names and dates, and the accounts it points to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from vismajor.case.accounts import read_revenue
from vismajor.case.facts import FactDeclaration
from vismajor.case.models import Case, CaseFile, Claimant, Contract, Revenue
from vismajor.reading.problems import InvalidInput, Problem, closest, nearest
from vismajor.reading.scalars import is_date, is_id, last_day
from vismajor.reading.validation import shown, validate
from vismajor.reading.yaml_source import Path_, YamlSource, load_yaml

Catalog = Mapping[str, FactDeclaration]
Kinds = Mapping[str, str | None]  # of things of which a claimant may have several: a kind, and the one it belongs to

CASE_FILE = "case.yaml"
ALL = "*"


def case_path(path: Path) -> Path:
    """Return the case file: `path` itself, or `case.yaml` in the folder `path`."""
    return path / CASE_FILE if path.is_dir() else path


def open_case(path: Path) -> YamlSource:
    """Parse the case file of the folder (or file) `path`. Raises InvalidInput."""
    return load_yaml(case_path(path))


def named_law(source: YamlSource) -> str:
    """Return the id of the law pack that a case names. Raises InvalidInput when it names none."""
    law = source.data.get("law") if isinstance(source.data, dict) else None
    if not isinstance(law, str):
        raise InvalidInput([source.problem(("law",), "law_missing")])
    return law


def read_case(source: YamlSource, catalog: Catalog, duties: frozenset[str], head_kinds: frozenset[str],
              kinds: Kinds | None = None) -> Case:
    """Check a parsed case and read its accounts.

    `catalog` declares the facts that may be stated, `duties` and `head_kinds` the names that heads of loss may use,
    `kinds` the kinds of things that a claimant may list, each with the kind that it belongs to.
    Raises InvalidInput with every problem of the case file and of the accounts that it names.
    """
    file = Path(source.file)
    kinds = kinds or {}
    problems = [*_check_facts(source, catalog, kinds), *_check_references(source, duties),
                *_check_items(source, kinds)]
    accounts, found = _read_accounts(source, file.parent)
    problems += found
    model, found = validate(CaseFile, source)
    problems += found
    if model is None:
        raise InvalidInput(problems)
    revenues = {model.claimants[index].id: revenue for index, revenue in accounts.items()}
    problems += _check_heads(source, model, head_kinds)
    problems += _check_dates(source, model)
    problems += _check_margins(source, model, revenues)
    if problems:
        raise InvalidInput(problems)
    read = [c.accounts.revenue for c in model.claimants if c.accounts] + [e.file for e in model.exhibits if e.file]
    hashes = {name: _hash(file.parent / name) for name in read if _is_file(file.parent / name)}
    return Case(file=model, revenues=revenues, folder=file.parent, hashes={file.name: _hash(file), **hashes})


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_accounts(source: YamlSource, folder: Path) -> tuple[dict[int, Revenue], list[Problem]]:
    """Read the revenue series that claimants name, by position of the claimant."""
    revenues: dict[int, Revenue] = {}
    problems = [
        source.problem(path, "outside_case", read=name)
        for path, name in _texts(source.data, "exhibits", ALL, "file") if not _inside(folder, name)
    ]
    for path, name in _texts(source.data, "claimants", ALL, "accounts", "revenue"):
        try:
            revenues[int(path[1])] = _revenue(source, path, folder, name)
        except InvalidInput as error:
            problems += error.problems
    return revenues, problems


def _revenue(source: YamlSource, where: Path_, folder: Path, relative: str) -> Revenue:
    if not _inside(folder, relative):
        raise InvalidInput([source.problem(where, "outside_case", read=relative)])
    target = folder / relative
    if not _is_file(target):
        raise InvalidInput([source.problem(where, "missing_accounts", read=relative)])
    return read_revenue(target, str(target))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long for the disk
        return False


def _inside(folder: Path, relative: str) -> bool:
    return (folder / relative).resolve().is_relative_to(folder.resolve())


def _texts(node: Any, *steps: str, at: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield (path, text) of every text that `steps` lead to (ALL: each entry of a list), however broken the rest is."""
    if not steps:
        if isinstance(node, str):
            yield at, node
    elif steps[0] == ALL and isinstance(node, list):
        for index, item in enumerate(node):
            yield from _texts(item, *steps[1:], at=(*at, index))
    elif isinstance(node, dict) and steps[0] in node:
        yield from _texts(node[steps[0]], *steps[1:], at=(*at, steps[0]))


def _fact_maps(data: Any) -> Iterator[tuple[str, Path_, dict[str, Any]]]:
    """Yield (scope, path, facts) of every place where a case states facts, however broken the rest is."""
    if not isinstance(data, dict):
        return
    if isinstance(data.get("facts"), dict):
        yield "common", ("facts",), data["facts"]
    for key, scope in (("contracts", "contract"), ("claimants", "claimant")):
        items = data.get(key)
        for index, item in enumerate(items if isinstance(items, list) else []):
            if isinstance(item, dict) and isinstance(item.get("facts"), dict):
                yield scope, (key, index, "facts"), item["facts"]
    for path, contract in _agreements(data):
        if isinstance(contract.get("facts"), dict):
            yield "contract", (*path, "facts"), contract["facts"]
    for path, item in _items(data):
        if isinstance(item.get("facts"), dict):
            yield str(item.get("kind")), (*path, "facts"), item["facts"]


def _agreements(data: Any) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Yield (path, contract) of every contract of every claimant, however broken the rest is."""
    claimants = data.get("claimants") if isinstance(data, dict) else None
    for index, claimant in enumerate(claimants if isinstance(claimants, list) else []):
        if not isinstance(claimant, dict):
            continue
        several = claimant.get("contracts")
        found = [(("contract",), claimant.get("contract")),
                 *((("contracts", at), one) for at, one in enumerate(several if isinstance(several, list) else []))]
        yield from ((("claimants", index, *path), one) for path, one in found if isinstance(one, dict))


def _items(data: Any) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Yield (path, item) of every item of every claimant, however broken the rest is."""
    claimants = data.get("claimants") if isinstance(data, dict) else None
    for index, claimant in enumerate(claimants if isinstance(claimants, list) else []):
        items = claimant.get("items") if isinstance(claimant, dict) else None
        for position, item in enumerate(items if isinstance(items, list) else []):
            if isinstance(item, dict):
                yield ("claimants", index, "items", position), item


def _check_items(source: YamlSource, kinds: Kinds) -> Iterator[Problem]:
    """Check the kind of every item, and that it belongs to items of the same claimant and of the right kind."""
    listed: dict[Path_, dict[str, str]] = {}
    for path, item in _items(source.data):
        if isinstance(item.get("id"), str) and isinstance(item.get("kind"), str):
            listed.setdefault(path[:2], {})[item["id"]] = item["kind"]
    for path, item in _items(source.data):
        kind = item.get("kind")
        if not isinstance(kind, str):
            continue
        if kind not in kinds:
            yield source.problem((*path, "kind"), "unknown_kind", read=kind, nearest=nearest(kind, kinds))
            continue
        owners = [name for name, of in listed.get(path[:2], {}).items() if of == kinds[kind]]
        for where, owner in _texts(item, "of", ALL, at=path):
            if owner not in owners:
                yield source.problem(where, "unknown_item", read=owner, kind=kinds[kind] or "–",
                                     nearest=nearest(owner, owners))


def _check_facts(source: YamlSource, catalog: Catalog, kinds: Kinds) -> Iterator[Problem]:
    """Check names, scopes and values against the catalog, on the raw data: a wrong key elsewhere hides nothing."""
    for scope, path, facts in _fact_maps(source.data):
        for key, stated in facts.items():
            name, _, duty = key.partition("@")
            where: Path_ = (*path, key)
            declaration = catalog.get(name)
            if declaration is None:
                yield source.problem(where, "unknown_fact", read=name, nearest=nearest(name, catalog))
                continue
            if duty and not declaration.per_duty:
                yield source.problem(where, "fact_not_per_duty", read=key)
            if declaration.computed:
                yield source.problem(where, "fact_computed", read=name)
                continue
            if scope != declaration.scope and not (scope == "claimant" and declaration.scope in kinds):
                place = _PLACES.get(declaration.scope, "claimants[].items[].facts")
                yield source.problem(where, "fact_in_wrong_place", read=name, expected=place)
            fields = stated if isinstance(stated, dict) else {"value": stated}
            ranged = [key for key in ("between", "estimate") if key in fields]
            if ranged and (declaration.type not in ("number", "money", "date") or not all(
                    _fits(bound, declaration) for key in ranged for bound in _bounds(fields[key]))):
                yield source.problem(where, "fact_not_a_number", fact=name,
                                     expected=_expected(declaration))
            if _lacks_alternative(fields, declaration):
                yield source.problem(where, "otherwise_missing", fact=name, expected=_expected(declaration))
            for field in ("value", "otherwise"):
                value = fields.get(field)
                # A list or a mapping is no value at all: the model says so.
                if value is not None and not isinstance(value, list | dict) and not _fits(value, declaration):
                    yield source.problem((*where, field), "wrong_fact_value", fact=name, read=shown(value),
                                         expected=_expected(declaration),
                                         nearest=closest(shown(value), declaration.values))


def _bounds(stated: Any) -> list[Any]:
    """Return the bounds of a range or of an estimate; one of another shape is told elsewhere."""
    return list(stated.values()) if isinstance(stated, dict) else stated if isinstance(stated, list) else []


def _lacks_alternative(fields: dict[str, Any], declaration: FactDeclaration) -> bool:
    """Tell whether a fact of more than two values may be found otherwise, and does not say how."""
    if declaration.type != "choice" or len(declaration.values) <= 2 or fields.get("otherwise") is not None:
        return False
    certain = fields.get("likelihood") == 1 or (
        fields.get("likelihood") is None and fields.get("status", "admitted") == "admitted")
    return fields.get("value") is not None and not certain


_PLACES = {"common": "facts", "contract": "contracts[].facts", "claimant": "claimants[].facts"}


def _fits(value: Any, declaration: FactDeclaration) -> bool:
    if declaration.type == "bool":
        return isinstance(value, bool)
    if declaration.type == "choice":
        return isinstance(value, str) and value in declaration.values
    if declaration.type == "date":
        return is_date(value)
    if declaration.type == "name":
        return isinstance(value, str) and is_id(value)
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _expected(declaration: FactDeclaration) -> str:
    kinds = {"bool": "true, false", "date": "YYYY-MM-DD", "number": "12.5", "money": "1250.00", "name": "sbg2"}
    return ", ".join(declaration.values) or kinds[declaration.type]


def _check_references(source: YamlSource, duties: frozenset[str]) -> Iterator[Problem]:
    """Check every name of an exhibit, of terms, of a duty, of a claimant on the raw data."""
    yield from _check_unique(source.data, source)
    cited = [
        ("unknown_exhibit", list(_exhibits_cited(source.data)), _ids(source.data, "exhibits")),
        ("unknown_terms", [((*path, "terms"), contract["terms"]) for path, contract in _agreements(source.data)
                           if isinstance(contract.get("terms"), str)], _ids(source.data, "contracts")),
        ("unknown_duty", list(_texts(source.data, "claimants", ALL, "heads", ALL, "duties", ALL)), duties),
        ("unknown_duty", list(_duties_of_facts(source.data)), duties),
        ("unknown_claimant", list(_texts(source.data, "offers", ALL, "to", ALL)), _ids(source.data, "claimants")),
    ]
    for code, names, known in cited:
        for path, name in names:
            if known is not None and is_id(name) and name not in known:
                yield source.problem(path, code, read=name, nearest=nearest(name, known))


def _ids(data: Any, key: str) -> frozenset[str] | None:
    """Return the ids of a list, or None where one of its entries has none: then no reference to it can be judged."""
    items = data.get(key, []) if isinstance(data, dict) else None
    found = [name for _, name in _texts(data, key, ALL, "id") if is_id(name)]
    return frozenset(found) if isinstance(items, list) and len(found) == len(items) else None


def _duties_of_facts(data: Any) -> Iterator[tuple[Path_, str]]:
    for _scope, path, facts in _fact_maps(data):
        for key in facts:
            if "@" in key:
                yield (*path, key), key.partition("@")[2]


def _check_unique(data: Any, source: YamlSource) -> Iterator[Problem]:
    lists: tuple[tuple[str, ...], ...] = (
        ("exhibits", ALL, "id"), ("contracts", ALL, "id"), ("claimants", ALL, "id"), ("offers", ALL, "id"),
        ("claimants", ALL, "heads", ALL, "id"), ("claimants", ALL, "items", ALL, "id"),
        ("claimants", ALL, "contracts", ALL, "id"),
    )
    for steps in lists:
        seen: set[tuple[Path_, str]] = set()
        for path, name in _texts(data, *steps):
            if (path[:-2], name) in seen:
                yield source.problem(path, "same_id_twice", read=name)
            seen.add((path[:-2], name))


def _check_heads(source: YamlSource, file: CaseFile, kinds: frozenset[str]) -> Iterator[Problem]:
    for index, claimant in enumerate(file.claimants):
        for position, head in enumerate(claimant.heads):
            if head.kind not in kinds:
                yield source.problem(("claimants", index, "heads", position, "kind"), "unknown_head", read=head.kind,
                                     nearest=nearest(head.kind, kinds))
            known = [contract.id for contract in claimant.agreements if contract.id]
            if head.contract is not None and head.contract not in known:
                yield source.problem(("claimants", index, "heads", position, "contract"), "unknown_contract",
                                     read=head.contract, nearest=nearest(head.contract, known))


def _exhibits_cited(node: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield every exhibit id that the file cites (the register of exhibits itself apart)."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "exhibits" and path and isinstance(value, list):
                yield from (((*path, key, i), item) for i, item in enumerate(value) if isinstance(item, str))
            elif not (key == "exhibits" and not path):
                yield from _exhibits_cited(value, (*path, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _exhibits_cited(item, (*path, index))


def _check_dates(source: YamlSource, file: CaseFile) -> Iterator[Problem]:
    incident = file.incident.date
    if file.as_of < incident:
        yield source.problem(("as_of",), "date_before", read=file.as_of, other=incident, what="incident.date")
    for at, contract in _contracts(file):
        if incident < contract.concluded:
            yield source.problem((*at, "concluded"), "contract_after_incident", read=contract.concluded, other=incident)
        if contract.renewed and contract.renewed < contract.concluded:
            yield source.problem((*at, "renewed"), "date_before", read=contract.renewed, other=contract.concluded,
                                 what="contract.concluded")
        elif contract.renewed and contract.renewed > incident:
            yield source.problem((*at, "renewed"), "contract_after_incident", read=contract.renewed, other=incident)
    for index, offer in enumerate(file.offers):
        if offer.date < incident:
            yield source.problem(("offers", index, "date"), "date_before", read=offer.date, other=incident,
                                 what="incident.date")
    earliest = min(contract.concluded for _, contract in _contracts(file))
    for index, step in enumerate(file.procedure):
        if last_day(step.date) < earliest:
            yield source.problem(("procedure", index, "date"), "date_before", read=step.date, other=earliest,
                                 what="claimants[].contract.concluded")


def _contracts(file: CaseFile) -> Iterator[tuple[Path_, Contract]]:
    """Yield every contract of every claimant with its path in the file."""
    for index, claimant in enumerate(file.claimants):
        if claimant.contract is not None:
            yield ("claimants", index, "contract"), claimant.contract
        yield from ((("claimants", index, "contracts", at), one) for at, one in enumerate(claimant.contracts))


def _check_margins(source: YamlSource, file: CaseFile, revenues: Mapping[str, Revenue]) -> Iterator[Problem]:
    for index, claimant in enumerate(file.claimants):
        for position, head in enumerate(claimant.heads):
            if head.kind != "lost_margin":
                continue
            where: Path_ = ("claimants", index, "heads", position)
            if claimant.accounts is None:
                yield source.problem(where, "margin_without_accounts", claimant=claimant.id)
            elif head.to < head.from_:
                yield source.problem((*where, "to"), "dates_out_of_order", read=head.to)
            elif head.from_ < f"{file.incident.date:%Y-%m}":
                yield source.problem((*where, "from"), "date_before", read=head.from_, other=file.incident.date,
                                     what="incident.date")
            elif claimant.id in revenues:
                yield from _check_months(source, where, claimant, head.from_, head.to, revenues[claimant.id])


MONTHS_NEEDED = 24  # two whole seasons before the loss: with fewer, season and trend cannot be told apart


def _check_months(source: YamlSource, where: Path_, claimant: Claimant, first: str, last: str, revenue: Revenue
                  ) -> Iterator[Problem]:
    before = revenue.months_before(first)
    if before < MONTHS_NEEDED:
        yield source.problem((*where, "from"), "too_few_months", read=max(before, 0), expected=MONTHS_NEEDED,
                             claimant=claimant.id)
    elif min(revenue.amounts[:before]) <= 0:
        yield source.problem((*where, "from"), "revenue_not_positive", claimant=claimant.id)
    if revenue.months_before(last) >= len(revenue.amounts):
        yield source.problem((*where, "to"), "margin_beyond_accounts", read=last, last=revenue.last)
