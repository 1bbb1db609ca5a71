"""What must hold between rows: formulas, rules, breakdowns and parameters refer only to what exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from string import Formatter
from typing import Any

from cchc_xl.catalogue.build import alternatives
from cchc_xl.catalogue.faults import fault
from cchc_xl.catalogue.row_faults import PROMPT_LIMIT
from cchc_xl.catalogue.schema import Table
from cchc_xl.catalogue.source import Source, rows_of
from cchc_xl.figures.expressions import parse
from cchc_xl.model import Blank, Kind
from cchc_xl.model.errors import ExpressionError
from cchc_xl.model.terms import PREVIOUS_PREFIX
from cchc_xl.texts import text

_PLACEHOLDER = re.compile(r" \(\{\w+\}\)")


def check_references(source: Source) -> list[str]:
    """Every dangling or senseless reference of a folder; rows left out as damaged count as inputs."""
    rows = {row["code"]: row for form in source.forms.values() for row in rows_of(form, "indicator")}
    inputs = {c for c, row in rows.items() if "formula" not in row and row["kind"] != Kind.HEADING}
    inputs |= source.damaged
    parameters: Mapping[str, Table] = source.regime.get("parameters", {})
    problems = [*_parameter_faults(parameters), *_calendar_faults(source.regime)]
    problems += [*_file_prefix_faults(source.regime)]
    problems += [f"regime.toml, size.{line}" for line in _size_faults(source, rows)]
    problems += [
        fault(f"regime.toml.{key}", "kind_absent", code=code, kind=kind)
        for key, kind in (("headlines", Kind.RATIO), ("online_dossiers", Kind.COUNT))
        for code in source.regime.get(key, ())
        if code not in source.damaged and rows.get(code, {}).get("kind") != kind
    ]
    problems += [
        fault("regime.toml.must_answer", "not_input", code=code)
        for entry in source.regime.get("must_answer", ())
        for code in alternatives(entry)
        if code not in inputs
    ]
    for name, form in source.forms.items():
        for row in rows_of(form, "indicator"):
            lines = _formula_faults(
                row.get("formula"), inputs, parameters, is_boolean=False, with_previous=False
            )
            problems += [f"{name}, {row['code']}.formula: {line}" for line in lines]
    rules, breakdowns = rows_of(source.rules, "rule"), rows_of(source.rules, "breakdown")
    ids = (row["id"] for row in [*rules, *breakdowns])
    problems += [fault("rules.toml.id", "twice", id=i) for i in _twice(ids)]
    for rule in rules:
        of_rule = [*_rule_faults(rule, inputs, parameters), *_message_faults(rule, rows)]
        problems += [f"rules.toml, {rule['id']}.{line}" for line in of_rule]
    problems += [f"rules.toml, {line}" for line in _breakdown_faults(breakdowns, inputs)]
    if not source.damaged:
        problems += [f"rules.toml, {line}" for line in _stray_parts(breakdowns, rows)]
    return problems


def _formula_faults(
    formula: str | None,
    inputs: set[str],
    parameters: Mapping[str, Table],
    *,
    is_boolean: bool,
    with_previous: bool,
) -> Iterator[str]:
    if formula is None:
        return
    try:
        expression = parse(formula)
    except ExpressionError as wrong:
        yield str(wrong)
        return
    if expression.is_boolean != is_boolean:
        yield text("catalogue_not_condition" if is_boolean else "catalogue_not_number")
    for name in expression.names:
        if name.startswith(PREVIOUS_PREFIX) and not with_previous:
            yield text("catalogue_previous", name=name)
        elif name.removeprefix(PREVIOUS_PREFIX) not in inputs:
            yield text("catalogue_not_input", code=name)
    absent = (name for name in expression.parameters if name not in parameters)
    yield from (text("catalogue_parameter_absent", name=name) for name in absent)


def _rule_faults(rule: Table, inputs: set[str], parameters: Mapping[str, Table]) -> Iterator[str]:
    for key in ("assert", "when"):
        faults = _formula_faults(rule.get(key), inputs, parameters, is_boolean=True, with_previous=True)
        yield from (f"{key}: {line}" for line in faults)
    for name, shown in rule.get("shown", {}).items():
        if not isinstance(shown, str):
            yield fault(f"shown.{name}", "not_expression")
            continue
        faults = _formula_faults(shown, inputs, parameters, is_boolean=False, with_previous=True)
        yield from (f"shown.{name}: {line}" for line in faults)
        unseen = set(_names(shown)) - set(_names(rule["assert"])) - set(_names(rule.get("when")))
        yield from (fault(f"shown.{name}", "shown_stray", code=code) for code in sorted(unseen))
    if rule["at"] not in inputs:
        yield fault("at", "not_input", code=rule["at"])
    if rule.get("tolerance", 0) < 0:
        yield fault("tolerance", "negative")


def _message_faults(rule: Table, rows: Mapping[str, Table]) -> Iterator[str]:
    message, shown = rule["message"], rule.get("shown", {})
    try:
        used = {name for _, name, _, _ in Formatter().parse(message) if name is not None}
    except ValueError:
        yield fault("message", "braces")
        return
    known = set(_names(rule["assert"])) | set(_names(rule.get("when")))
    for name in sorted(used):
        if f" ({{{name}}})" not in message:
            yield fault("message", "placeholder", placeholder=f"{{{name}}}")
        if name not in known and name not in shown:
            yield fault("message", "message_stray", name=name)
    if clash := sorted(set(shown) & set(rows)):
        yield fault("shown", "shown_clash", name=clash[0])
    yield from (fault(f"shown.{name}", "shown_unused") for name in shown if name not in used)
    for key, said in (("message", _PLACEHOLDER.sub("", message)), ("fix", rule["fix"])):
        if len(said) > PROMPT_LIMIT:
            yield fault(key, "long", length=len(said), limit=PROMPT_LIMIT)


def _breakdown_faults(breakdowns: list[dict[str, Any]], inputs: set[str]) -> Iterator[str]:
    parts_of: dict[str, list[str]] = {b["id"]: b["parts"] for b in breakdowns}
    for row in breakdowns:
        parts, total, parent = parts_of[row["id"]], row["total"], row.get("parent")
        unknown = [code for code in (total, *parts) if code not in inputs]
        yield from (fault(row["id"], "not_input", code=code) for code in unknown)
        if len(set(parts)) < 2 or len(set(parts)) < len(parts) or total in parts:
            yield fault(f"{row['id']}.parts", "parts")
        if parent is not None and total not in parts_of.get(parent, ()):
            yield fault(f"{row['id']}.parent", "parent", parent=parent, total=total)
    twice = _twice(part for parts in parts_of.values() for part in parts)
    yield from (fault("breakdown", "in_two_breakdowns", code=code) for code in twice)


def _stray_parts(breakdowns: list[dict[str, Any]], rows: Mapping[str, Table]) -> Iterator[str]:
    parts = {part for b in breakdowns for part in b["parts"]}
    for code, row in rows.items():
        if (row.get("blank") == Blank.BREAKDOWN) != (code in parts):
            yield fault("breakdown", "breakdown_stray", code=code)


def _parameter_faults(parameters: Mapping[str, Table]) -> Iterator[str]:
    for code, parameter in parameters.items():
        where = f"regime.toml, parameters.{code}"
        if not re.fullmatch(r"[a-z][a-z0-9_]*", code):
            yield fault(where, "parameter_name")
        spans = sorted(
            (row.get("effective_from", date.min), row.get("effective_to", date.max))
            for row in rows_of(parameter, "values")
        )
        if any(start > end for start, end in spans):
            yield fault(f"{where}.values", "dates_order")
        if any(later[0] <= earlier[1] for earlier, later in pairwise(spans)):
            yield fault(f"{where}.values", "values_overlap")


def _calendar_faults(regime: Table) -> Iterator[str]:
    kinds = regime.get("period_kinds", list("MQSA"))
    if not kinds or set(kinds) - set("MQSA"):
        yield fault("regime.toml.period_kinds", "period_kinds")
    for due in regime.get("periods_due", ()):
        if not re.fullmatch(r"M([1-9]|1[0-2])|Q[1-4]|S[12]|A1", due) or due[0] not in kinds:
            yield fault("regime.toml.periods_due", "periods_due", due=due)
    for key in ("cutoff_day", "due_day"):
        if key in regime and not 1 <= regime[key] <= 28:
            yield fault(f"regime.toml.{key}", "day")


def _size_faults(source: Source, rows: Mapping[str, Table]) -> Iterator[str]:
    size: Table = source.regime.get("size", {})
    if not size:
        return
    if size["fewest_units"] < 1 or size["window_days"] < 0 or size["peers_fold"] <= 1:
        yield fault("peers_fold", "size_measure")
    for position, limit in enumerate(rows_of(size, "limits"), start=1):
        where = f"limits {position}"
        for code in limit["rows"]:
            is_number = rows.get(code, {}).get("kind") in (Kind.COUNT, Kind.MONEY)
            if code not in source.damaged and not (is_number and "formula" not in rows[code]):
                yield fault(f"{where}.rows", "not_input", code=code)
        if ("fold" in limit) == ("share" in limit):
            yield fault(where, "size_one_measure")
        if limit["least"] < 0 or limit.get("fold", 2) <= 1 or limit.get("share", 1) <= 0 or not limit["rows"]:
            yield fault(where, "size_measure")


def _file_prefix_faults(regime: Table) -> Iterator[str]:
    if not re.fullmatch(r"[A-Z0-9-]+", regime.get("file_prefix", "CCHC")):
        yield fault("regime.toml.file_prefix", "file_prefix")


def _names(formula: str | None) -> tuple[str, ...]:
    try:
        return parse(formula).names if formula else ()
    except ExpressionError:
        return ()


def _twice(values: Iterable[str]) -> list[str]:
    listed = list(values)
    return sorted({value for value in listed if listed.count(value) > 1})
