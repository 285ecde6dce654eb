"""A small law pack and a small case built in memory, so that a test shows all that matters to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from vismajor.case.facts import Fact
from vismajor.case.models import Case, CaseFile
from vismajor.law.checks import evaluation_order
from vismajor.law.heads import HeadKind
from vismajor.law.models import Declaration, Duty, Issue, Kind, Law, Rule, Source, Vocabulary
from vismajor.law.time_limits import TimeLimit
from vismajor.reading.yaml_source import YamlSource
from vismajor.reasoning.findings import Finding, catalog, likelihood_of
from vismajor.reasoning.graph import Graph, build_graph
from vismajor.reasoning.grounding import Grounder

TEXT = {"fr": "texte", "en": "text"}
DAY = dt.date(2022, 1, 1)


def text(what: str) -> dict[str, str]:
    return {"fr": what, "en": what}


def fact(kind: str = "bool", **extra: object) -> Declaration:
    values = extra.get("values", ())
    keys = {"bool": ("true", "false"), "choice": values}.get(kind, ("value",))
    return Declaration.model_validate(
        {"type": kind, "asks": TEXT, "named": TEXT, "states": {key: text(f"{key} {{value}}") for key in keys}, **extra}
    )


def issue(name: str, prior: float | None = 0.0, **extra: object) -> Issue:
    weigh = {} if prior is None else {"weigh": {"prior": Decimal(repr(prior))}}
    findings = {key: text(f"{name} {key}.") for key in ("established", "not_established", "doubtful")}
    return Issue.model_validate({"id": name, "title": text(name), "question": text(f"{name}?"), "burden": "claimants",
                                 "per_duty": False, "findings": findings, **weigh, **extra})


def rule(name: str, conditions: list[str], then: Mapping[str, object], weight: str | None = None,
         **extra: object) -> Rule:
    given = {"weight": weight} if weight else {}
    return Rule.model_validate({"id": name, "if": conditions, "then": dict(then), "because": text(name),
                                "sources": ["source"], **given, **extra})


def law(facts: Mapping[str, Declaration], issues: list[Issue], rules: list[Rule],
        kinds: Mapping[str, str | None] | None = None, limits: list[TimeLimit] | None = None) -> Law:
    pack = Law(
        id="small", title=TEXT, version="1", folder=Path("small"),
        vocabulary=Vocabulary(
            duties={"main": Duty(title=TEXT, short=TEXT), "other": Duty(title=TEXT, short=TEXT)},
            likelihood_by_status={"admitted": Decimal(1), "established": Decimal("0.9"), "disputed": Decimal("0.5"),
                                  "alleged": Decimal("0.4")},
            kinds={name: Kind(title=TEXT, the=text(f"the {name}"), some=text(f"a {name}"), each=text(f"each {name}"),
                              of=of) for name, of in (kinds or {}).items()},
            facts=dict(facts),
        ),
        time_limits={limit.id: limit for limit in limits or []},
        sources={"source": Source(id="source", kind="statute", cite=TEXT, holds=TEXT, read="full")},
        issues={i.id: i for i in issues}, rules={r.id: r for r in rules},
        heads={"crisis_costs": HeadKind(title=TEXT, consequential=False, sources=("source",),
                                        accepted={"low": 1, "likely": 1, "high": 1})},
        weights={"weak": Decimal("0.5"), "moderate": 1, "strong": 2, "decisive": 4, "knock_out": 0},
        not_encoded=(), hashes={}, order=(),
    )
    order, cycle = evaluation_order(pack)
    assert not cycle
    return pack.model_copy(update={"order": tuple(order)})


def graph(pack: Law, facts: Mapping[str, object], duty: str = "main", governing: dt.date = DAY,
          as_of: dt.date = DAY) -> Graph:
    """Ground `pack` on facts given as in a case file (a bare value is an admitted fact)."""
    declared = catalog(pack)
    findings = {}
    for name, stated in facts.items():
        model = Fact.model_validate(stated)
        findings[name] = Finding(name, f"common:{name}", model, declared[name], likelihood_of(model, pack))
    grounder = Grounder(pack)
    try:
        return build_graph(pack, grounder, findings, duty, governing, as_of)
    finally:
        grounder.close()


def case(claimants: list[dict[str, object]], facts: Mapping[str, object] | None = None, **extra: object) -> Case:
    """Build a case; each claimant is an id with its own `facts`, `heads`, `monthly_fees`."""
    data = {
        "title": TEXT, "law": "small", "as_of": "2022-01-01", "acting_for": "claimants",
        "respondent": {"name": "Host"}, "facts": dict(facts or {}),
        "incident": {"title": TEXT, "date": "2021-03-10", "place": TEXT},
        "contracts": [{"id": "terms", "title": TEXT, "version": "2020", "cap": {"months_of_fees": 6}}],
        "claimants": [
            {"id": c["id"], "name": c["id"], "facts": c.get("facts", {}), "heads": c.get("heads", []),
             "items": c.get("items", []), "received": c.get("received", []),
             **{key: c[key] for key in ("vat_recovered", "interest", "costs") if key in c},
             **({"contracts": c["contracts"]} if "contracts" in c else {"contract": contract(c.get("fees", 100))})}
            for c in claimants
        ],
        **extra,
    }
    return Case(file=CaseFile.model_validate(data), books={}, folder=Path("small-case"), hashes={},
                source=YamlSource("case.yaml", data, {}))


def contract(fees: object = 100, concluded: str = "2020-01-01", **extra: object) -> dict[str, object]:
    return {"terms": "terms", "concluded": concluded, "monthly_fees": fees, **extra}


def cost(amount: int, duty: str = "main", name: str = "cost") -> dict[str, object]:
    return {"id": name, "kind": "crisis_costs", "duties": [duty], "amount": amount}
