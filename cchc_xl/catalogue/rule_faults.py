"""What must hold between rows: formulas, rules, breakdowns and parameters refer only to what exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from string import Formatter
from typing import Any

from cchc_xl.catalogue.row_faults import PROMPT_LIMIT
from cchc_xl.catalogue.schema import Table
from cchc_xl.catalogue.source import Source, rows_of
from cchc_xl.figures.expressions import parse
from cchc_xl.model import Blank, Kind
from cchc_xl.model.errors import ExpressionError
from cchc_xl.model.terms import PREVIOUS_PREFIX

_PLACEHOLDER = re.compile(r" \(\{\w+\}\)")


def check_references(source: Source) -> list[str]:
    """Every dangling or senseless reference of a folder; rows left out as damaged count as inputs."""
    rows = {row["code"]: row for form in source.forms.values() for row in rows_of(form, "indicator")}
    inputs = {c for c, row in rows.items() if "formula" not in row and row["kind"] != Kind.HEADING}
    inputs |= source.damaged
    parameters: Mapping[str, Table] = source.regime.get("parameters", {})
    problems = [*_parameter_faults(parameters), *_calendar_faults(source.regime)]
    problems += [*_file_prefix_faults(source.regime)]
    problems += [
        f"regime.toml.{key}: «{code}» không phải dòng loại {kind} nào của danh mục"
        for key, kind in (("headlines", Kind.RATIO), ("online_dossiers", Kind.COUNT))
        for code in source.regime.get(key, ())
        if code not in source.damaged and rows.get(code, {}).get("kind") != kind
    ]
    for name, form in source.forms.items():
        for row in rows_of(form, "indicator"):
            faults = _formula_faults(
                row.get("formula"), inputs, parameters, is_boolean=False, with_previous=False
            )
            problems += [f"{name}, {row['code']}.formula: {fault}" for fault in faults]
    rules, breakdowns = rows_of(source.rules, "rule"), rows_of(source.rules, "breakdown")
    problems += [f"rules.toml.id: «{i}» có hai lần" for i in _twice(r["id"] for r in [*rules, *breakdowns])]
    for rule in rules:
        rule_faults = [*_rule_faults(rule, inputs, parameters), *_message_faults(rule, rows)]
        problems += [f"rules.toml, {rule['id']}.{fault}" for fault in rule_faults]
    problems += [f"rules.toml, {fault}" for fault in _breakdown_faults(breakdowns, inputs)]
    if not source.damaged:
        problems += [f"rules.toml, {fault}" for fault in _stray_parts(breakdowns, rows)]
    return problems


def _formula_faults(
    text: str | None,
    inputs: set[str],
    parameters: Mapping[str, Table],
    *,
    is_boolean: bool,
    with_previous: bool,
) -> Iterator[str]:
    if text is None:
        return
    try:
        expression = parse(text)
    except ExpressionError as fault:
        yield str(fault)
        return
    if expression.is_boolean != is_boolean:
        yield "phải là một điều kiện" if is_boolean else "phải cho ra một số"
    for name in expression.names:
        if name.startswith(PREVIOUS_PREFIX) and not with_previous:
            yield f"«{name}»: số kỳ trước chỉ dùng trong quy tắc"
        elif name.removeprefix(PREVIOUS_PREFIX) not in inputs:
            yield f"«{name}» không phải dòng nhập nào của danh mục"
    yield from (f"«city.{p}» không có trong parameters" for p in expression.parameters if p not in parameters)


def _rule_faults(rule: Table, inputs: set[str], parameters: Mapping[str, Table]) -> Iterator[str]:
    for key in ("assert", "when"):
        faults = _formula_faults(rule.get(key), inputs, parameters, is_boolean=True, with_previous=True)
        yield from (f"{key}: {fault}" for fault in faults)
    for name, text in rule.get("shown", {}).items():
        if not isinstance(text, str):
            yield f"shown.{name}: phải là một biểu thức"
            continue
        faults = _formula_faults(text, inputs, parameters, is_boolean=False, with_previous=True)
        yield from (f"shown.{name}: {fault}" for fault in faults)
        unseen = set(_names(text)) - set(_names(rule["assert"])) - set(_names(rule.get("when")))
        yield from (f"shown.{name}: «{code}» không có trong assert, when" for code in sorted(unseen))
    if rule["at"] not in inputs:
        yield f"at: «{rule['at']}» không phải dòng nhập nào của danh mục"
    if rule.get("tolerance", 0) < 0:
        yield "tolerance: không được âm"


def _message_faults(rule: Table, rows: Mapping[str, Table]) -> Iterator[str]:
    message, shown = rule["message"], rule.get("shown", {})
    try:
        used = {name for _, name, _, _ in Formatter().parse(message) if name is not None}
    except ValueError:
        yield "message: dấu ngoặc nhọn không khớp"
        return
    known = set(_names(rule["assert"])) | set(_names(rule.get("when")))
    for name in sorted(used):
        if f" ({{{name}}})" not in message:
            yield f"message: viết số liệu đúng dạng « ({{{name}}})»"
        if name not in known and name not in shown:
            yield f"message: «{name}» không có trong assert, when hay shown"
    if clash := sorted(set(shown) & set(rows)):
        yield f"shown: «{clash[0]}» trùng với mã chỉ tiêu"
    yield from (f"shown.{name}: message không dùng đến" for name in shown if name not in used)
    for key, text in (("message", _PLACEHOLDER.sub("", message)), ("fix", rule["fix"])):
        if len(text) > PROMPT_LIMIT:
            yield f"{key}: dài {len(text)} ký tự, Excel chỉ nhận {PROMPT_LIMIT}"


def _breakdown_faults(breakdowns: list[dict[str, Any]], inputs: set[str]) -> Iterator[str]:
    parts_of: dict[str, list[str]] = {b["id"]: b["parts"] for b in breakdowns}
    for row in breakdowns:
        parts, total, parent = parts_of[row["id"]], row["total"], row.get("parent")
        unknown = [code for code in (total, *parts) if code not in inputs]
        yield from (f"{row['id']}: «{code}» không phải dòng nhập nào của danh mục" for code in unknown)
        if len(set(parts)) < 2 or len(set(parts)) < len(parts) or total in parts:
            yield f"{row['id']}.parts: cần ít nhất hai phần khác nhau và khác tổng"
        if parent is not None and total not in parts_of.get(parent, ()):
            yield f"{row['id']}.parent: «{parent}» không có hoặc không chứa «{total}»"
    twice = _twice(part for parts in parts_of.values() for part in parts)
    yield from (f"breakdown: «{code}» nằm trong hai breakdown" for code in twice)


def _stray_parts(breakdowns: list[dict[str, Any]], rows: Mapping[str, Table]) -> Iterator[str]:
    parts = {part for b in breakdowns for part in b["parts"]}
    for code, row in rows.items():
        if (row.get("blank") == Blank.BREAKDOWN) != (code in parts):
            yield f"breakdown: «{code}» phải vừa có blank là breakdown vừa nằm trong parts của một breakdown"


def _parameter_faults(parameters: Mapping[str, Table]) -> Iterator[str]:
    for code, parameter in parameters.items():
        where = f"regime.toml, parameters.{code}"
        if not re.fullmatch(r"[a-z][a-z0-9_]*", code):
            yield f"{where}: tên chỉ gồm chữ thường, chữ số và dấu gạch dưới"
        spans = sorted(
            (row.get("effective_from", date.min), row.get("effective_to", date.max))
            for row in rows_of(parameter, "values")
        )
        if any(start > end for start, end in spans):
            yield f"{where}.values: effective_to sớm hơn effective_from"
        if any(later[0] <= earlier[1] for earlier, later in pairwise(spans)):
            yield f"{where}.values: hai giá trị cùng có hiệu lực một ngày"


def _calendar_faults(regime: Table) -> Iterator[str]:
    kinds = regime.get("period_kinds", list("MQSA"))
    if not kinds or set(kinds) - set("MQSA"):
        yield "regime.toml.period_kinds: chỉ dùng M, Q, S, A"
    for due in regime.get("periods_due", ()):
        if not re.fullmatch(r"M([1-9]|1[0-2])|Q[1-4]|S[12]|A1", due) or due[0] not in kinds:
            yield f"regime.toml.periods_due: «{due}» không thuộc period_kinds"
    for key in ("cutoff_day", "due_day"):
        if key in regime and not 1 <= regime[key] <= 28:
            yield f"regime.toml.{key}: phải từ 1 đến 28"


def _file_prefix_faults(regime: Table) -> Iterator[str]:
    if not re.fullmatch(r"[A-Z0-9-]+", regime.get("file_prefix", "CCHC")):
        yield "regime.toml.file_prefix: chỉ gồm chữ hoa không dấu, chữ số và dấu gạch ngang"


def _names(text: str | None) -> tuple[str, ...]:
    try:
        return parse(text).names if text else ()
    except ExpressionError:
        return ()


def _twice(values: Iterable[str]) -> list[str]:
    listed = list(values)
    return sorted({value for value in listed if listed.count(value) > 1})
