"""Reads a case folder: validates `case.yaml`, its names and dates, and the accounts it points to."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from vismajor.case.accounts import read_revenue
from vismajor.case.facts import FactDeclaration
from vismajor.case.models import Case, CaseFile, Claimant, Revenue
from vismajor.reading.problems import InvalidInput, Problem, nearest
from vismajor.reading.validation import validate
from vismajor.reading.yaml_source import Path_, YamlSource, load_yaml

Catalog = Mapping[str, FactDeclaration]

CASE_FILE = "case.yaml"


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


def read_case(source: YamlSource, catalog: Catalog, duties: frozenset[str], head_kinds: frozenset[str]) -> Case:
    """Check a parsed case and read its accounts.

    `catalog` declares the facts that may be stated, `duties` and `head_kinds` the names that heads of loss may use.
    Raises InvalidInput with every problem of the case file and of the accounts that it names.
    """
    file = Path(source.file)
    problems = list(_check_facts(source, catalog))
    model, found = validate(CaseFile, source)
    problems += found
    if model is None:
        raise InvalidInput(problems)
    problems += _check_references(source, model, duties, head_kinds)
    problems += _check_dates(source, model)
    revenues, hashes = {}, {file.name: _hash(file)}
    for index, claimant in enumerate(model.claimants):
        if claimant.accounts is None:
            continue
        where: Path_ = ("claimants", index, "accounts", "revenue")
        try:
            revenues[claimant.id] = _revenue(source, where, file.parent, claimant.accounts.revenue)
            hashes[claimant.accounts.revenue] = _hash(file.parent / claimant.accounts.revenue)
        except InvalidInput as error:
            problems += error.problems
    for exhibit in model.exhibits:
        if exhibit.file and (file.parent / exhibit.file).is_file():
            hashes[exhibit.file] = _hash(file.parent / exhibit.file)
    problems += _check_margins(source, model, revenues)
    if problems:
        raise InvalidInput(problems)
    return Case(file=model, revenues=revenues, folder=file.parent, hashes=hashes)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _revenue(source: YamlSource, where: Path_, folder: Path, relative: str) -> Revenue:
    target = folder / relative
    if not target.resolve().is_relative_to(folder.resolve()):
        raise InvalidInput([source.problem(where, "outside_case", read=relative)])
    if not target.is_file():
        raise InvalidInput([source.problem(where, "missing_accounts", read=relative)])
    return read_revenue(target, str(target))


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


def _check_facts(source: YamlSource, catalog: Catalog) -> Iterator[Problem]:
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
            if scope != declaration.scope:
                yield source.problem(where, "fact_in_wrong_place", read=name, expected=_PLACES[declaration.scope])
            fields = stated if isinstance(stated, dict) else {"value": stated}
            for field in ("value", "otherwise"):
                if fields.get(field) is not None and not _fits(fields[field], declaration):
                    yield source.problem((*where, field), "wrong_fact_value", fact=name, read=_say(fields[field]),
                                         expected=_expected(declaration), nearest=_near(fields[field], declaration))


_PLACES = {"common": "facts", "contract": "contracts[].facts", "claimant": "claimants[].facts"}


def _fits(value: Any, declaration: FactDeclaration) -> bool:
    if declaration.type == "bool":
        return isinstance(value, bool)
    if declaration.type == "choice":
        return isinstance(value, str) and value in declaration.values
    if declaration.type == "date":
        try:
            return bool(dt.date.fromisoformat(value))
        except (ValueError, TypeError):
            return False
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _expected(declaration: FactDeclaration) -> str:
    kinds = {"bool": "true, false", "date": "YYYY-MM-DD", "number": "12.5", "money": "1250.00"}
    return ", ".join(declaration.values) or kinds[declaration.type]


def _near(value: Any, declaration: FactDeclaration) -> str:
    return nearest(str(value), declaration.values) if declaration.values else _expected(declaration)


def _say(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_references(source: YamlSource, file: CaseFile, duties: frozenset[str], kinds: frozenset[str]
                      ) -> Iterator[Problem]:
    exhibits, terms = {e.id for e in file.exhibits}, {t.id for t in file.contracts}
    claimants = {c.id for c in file.claimants}
    yield from _check_unique(source, file)
    for path, exhibit in _exhibits_cited(source.data):
        if exhibit not in exhibits:
            yield source.problem(path, "unknown_exhibit", read=exhibit, nearest=nearest(exhibit, exhibits))
    for index, claimant in enumerate(file.claimants):
        at: Path_ = ("claimants", index)
        if claimant.contract.terms not in terms:
            yield source.problem((*at, "contract", "terms"), "unknown_terms", read=claimant.contract.terms,
                                 nearest=nearest(claimant.contract.terms, terms))
        for position, head in enumerate(claimant.heads):
            if head.kind not in kinds:
                yield source.problem((*at, "heads", position, "kind"), "unknown_head", read=head.kind,
                                     nearest=nearest(head.kind, kinds))
    yield from _check_duties(source, file, duties)
    for index, offer in enumerate(file.offers):
        for position, name in enumerate(offer.to if offer.to != "all" else ()):
            if name not in claimants:
                yield source.problem(("offers", index, "to", position), "unknown_claimant", read=name,
                                     nearest=nearest(name, claimants))


def _check_duties(source: YamlSource, file: CaseFile, duties: frozenset[str]) -> Iterator[Problem]:
    named: list[tuple[Path_, str]] = [
        (("claimants", index, "heads", position, "duties", item), duty)
        for index, claimant in enumerate(file.claimants) for position, head in enumerate(claimant.heads)
        for item, duty in enumerate(head.duties)
    ]
    named += [((*path, key), key.partition("@")[2]) for _, path, facts in _fact_maps(source.data) for key in facts]
    for path, duty in named:
        if duty and duty not in duties:
            yield source.problem(path, "unknown_duty", read=duty, nearest=nearest(duty, duties))


def _check_unique(source: YamlSource, file: CaseFile) -> Iterator[Problem]:
    lists: list[tuple[Path_, list[str]]] = [
        (("exhibits",), [item.id for item in file.exhibits]), (("contracts",), [item.id for item in file.contracts]),
        (("claimants",), [item.id for item in file.claimants]), (("offers",), [item.id for item in file.offers]),
    ]
    lists += [(("claimants", i, "heads"), [h.id for h in c.heads]) for i, c in enumerate(file.claimants)]
    for path, ids in lists:
        for index, name in enumerate(ids):
            if name in ids[:index]:
                yield source.problem((*path, index, "id"), "same_id_twice", read=name)


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
    for index, claimant in enumerate(file.claimants):
        contract, at = claimant.contract, ("claimants", index, "contract")
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
    earliest = min(claimant.contract.concluded for claimant in file.claimants)
    for index, step in enumerate(file.procedure):
        if step.date < earliest:
            yield source.problem(("procedure", index, "date"), "date_before", read=step.date, other=earliest,
                                 what="claimants[].contract.concluded")


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
