"""What must hold within a register: columns, results made of columns, row checks, tallies, the series."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cchc_xl.catalogue import schema
from cchc_xl.catalogue.faults import fault
from cchc_xl.catalogue.schema import Table, check_table
from cchc_xl.catalogue.source import Source, rows_of
from cchc_xl.model import Kind

_COLUMN_CODE = re.compile(r"[a-z][a-z0-9_]*")
_RESERVED = ("row", "window_end")
_LIST_LIMIT = 255  # characters of all answers of an Excel list together
PROMPT_LIMIT, HELP_LIMIT = 255, 225
APPENDIX_ROLES = ("text", "comparison", "target", "unit", "result", "met")  # of a table that is signed
PARTS = {  # result -> roles it needs, roles it may have; roles ending in ":" name an indicator
    "share": (("figure", "numerator", "denominator"), ("kind",)),
    "met": (("figure", "comparison", "target"), ("kind",)),
    "trend": (("figure", "before"), ()),
    "last_day": (("deadline", "wording"), ("general:", "general_wording:")),
    "due": (("last_day", "state"), ("finished",)),
}


def register_faults(register: Table, source: Source) -> Iterator[str]:
    """Every fault of one register's columns and of what is said about them."""
    columns: list[dict[str, Any]] = rows_of(register, "column")
    codes = {column["code"] for column in columns}
    indicators = {r["code"] for form in source.forms.values() for r in rows_of(form, "indicator")}
    for column in columns:
        yield from (f"column.{column['code']}{line}" for line in _column_faults(column, codes, indicators))
    yield from _check_faults(register, codes)
    for tally in rows_of(register, "tally"):
        where = f"tally.{tally['label']}"
        unknown = [c for c in tally.get("where", {}) if c not in codes]
        yield from (fault(f"{where}.where", "column_absent", column=c) for c in unknown)
        indicator = tally.get("indicator")
        if indicator is not None and indicator not in indicators | source.damaged:
            yield fault(f"{where}.indicator", "indicator_absent", code=indicator)
        if (indicator is None) != ("message" not in tally):
            yield fault(where, "tally_message")
    shown: Table = register.get("appendix", {})
    yield from (
        fault("appendix", "part_missing", role=role) for role in APPENDIX_ROLES if shown and role not in shown
    )
    yield from (fault("appendix", "column_absent", column=c) for c in shown.values() if c not in codes)
    if "series" in register:
        yield from check_table(register["series"], schema.SERIES, "series")
        named = [v for v in register["series"].values() if isinstance(v, str)]
        yield from (fault("series", "column_absent", column=c) for c in named if c not in codes)


def _column_faults(column: Table, codes: set[str], indicators: set[str]) -> Iterator[str]:
    code, answers = column["code"], [c["code"] for c in rows_of(column, "choices")]
    if not _COLUMN_CODE.fullmatch(code) or code in _RESERVED:
        yield fault("", "column_code")
    if (column["kind"] == Kind.CHOICE) != bool(answers):
        yield fault(".choices", "column_choices")
    if len(",".join(answers)) > _LIST_LIMIT or any("," in answer for answer in answers):
        yield fault(".choices", "list_long", limit=_LIST_LIMIT)
    if len(column["label"]) > PROMPT_LIMIT or len(column.get("help", "")) > HELP_LIMIT:
        yield fault("", "column_long", limit=HELP_LIMIT)
    yield from _result_faults(column, codes, indicators)


def _result_faults(column: Table, codes: set[str], indicators: set[str]) -> Iterator[str]:
    parts: Table = column.get("parts", {})
    if "result" not in column:
        if parts:
            yield fault(".parts", "parts_without_result")
        return
    needed, possible = PARTS[column["result"]]
    for role in needed:
        if role not in parts:
            yield fault(".parts", "part_missing", role=role)
    known = {role.rstrip(":"): role.endswith(":") for role in (*needed, *possible)}
    for role, name in parts.items():
        if role not in known:
            yield fault(".parts", "part_unknown", role=role, result=column["result"])
        elif name not in (indicators if known[role] else codes):
            yield fault(f".parts.{role}", "part_absent", name=name)
    if column.get("required"):
        yield fault(".required", "result_required")
    linked: Table = column.get("linked", {})
    if linked and "kind" not in parts:
        yield fault(".linked", "part_missing", role="kind")
    named = [name for codes_of in linked.values() for name in codes_of]
    yield from (fault(".linked", "indicator_absent", code=name) for name in named if name not in indicators)


def _check_faults(register: Table, codes: set[str]) -> Iterator[str]:
    ids = [row["id"] for row in rows_of(register, "check")]
    for row in rows_of(register, "check"):
        where = f"check.{row['id']}"
        order = row.get("order", [])
        if order and (len(order) != 3 or order[1] not in ("<", "<=", ">", ">=", "=")):
            yield fault(f"{where}.order", "order")
            continue
        named = [*row.get("when", {}), *row.get("required", ()), *row.get("absent", ()), *order[::2]]
        absent = [c for c in named if c not in codes and c != "window_end"]
        yield from (fault(where, "column_absent", column=c) for c in absent)
        if any(not isinstance(answers, list) for answers in row.get("when", {}).values()):
            yield fault(f"{where}.when", "when")
        if ids.count(row["id"]) > 1:
            yield fault(f"{where}.id", "id_twice")
        if len(row["message"]) > PROMPT_LIMIT - 5:
            yield fault(f"{where}.message", "message_long", limit=PROMPT_LIMIT - 5)
