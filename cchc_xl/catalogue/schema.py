"""Which keys each catalogue table may hold, and the strict check of one table against them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cchc_xl.catalogue.faults import fault
from cchc_xl.model import Blank, Kind, OverTime, OverUnits, Says, Severity
from cchc_xl.texts import text

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """One allowed key: its type, whether it must stand there, which values it may take."""

    type: str = "text"
    required: bool = False
    allowed: tuple[str, ...] = ()
    may_be_empty: bool = False


_NEED = Key(required=True)

REGIME: dict[str, Key] = {
    **dict.fromkeys(("id", "title", "basis", "version"), _NEED),
    "period_kinds": Key("texts", required=True),
    "periods_due": Key("texts"),
    "cutoff_day": Key("whole", required=True),
    "due_day": Key("whole"),
    "report_heading": Key("texts", required=True),
    "file_prefix": Key(),
    "appended_how": Key(),
    "appendix_sheet": Key(),
    "signed_below": Key("flag"),
    "label_heading": Key(),
    "online_dossiers": Key("texts"),
    "headlines": Key("texts"),
    "must_answer": Key("texts"),
    "parameters": Key("table"),
    "size": Key("table"),
}
SIZE: dict[str, Key] = {
    **dict.fromkeys(("fewest_units", "window_days"), Key("whole", required=True)),
    "peers_fold": Key("number", required=True),
    "peer_types": Key("texts", required=True),
    "units_formed": Key("date"),
    "limits": Key("tables", required=True),
}
SIZE_LIMIT: dict[str, Key] = {
    "rows": Key("texts", required=True),
    "least": Key("number", required=True),
    **dict.fromkeys(("fold", "share"), Key("number")),
    "within_year": Key("flag"),
}
PARAMETER: dict[str, Key] = {"title": _NEED, "source": _NEED, "values": Key("tables", required=True)}
PARAMETER_VALUE: dict[str, Key] = {
    "value": Key("number", required=True),
    "effective_from": Key("date"),
    "effective_to": Key("date"),
}
FORM: dict[str, Key] = {
    **dict.fromkeys(("code", "sheet", "heading", "title", "reference"), _NEED),
    "number": Key(),
    "footnotes": Key("texts"),
    "printed": Key("flag"),
    "indicator": Key("tables", required=True),
}
INDICATOR: dict[str, Key] = {
    **dict.fromkeys(("code", "label"), _NEED),
    "number": Key(required=True, may_be_empty=True),
    "kind": Key(required=True, allowed=tuple(Kind)),
    "over_units": Key(allowed=tuple(OverUnits)),
    "over_time": Key(allowed=tuple(OverTime)),
    "blank": Key(allowed=tuple(Blank)),
    "italic": Key("flag"),
    "cumulative": Key("flag"),
    "choices": Key("tables"),
    "formerly": Key("table"),
    "maximum": Key("number"),
    "printed_length": Key("whole"),
    "effective_from": Key("date"),
    "effective_to": Key("date"),
    **dict.fromkeys(
        ("unit_of_measure", "formula", "help", "reference", "printed_note", "summary_label"), Key()
    ),
}
CHOICE: dict[str, Key] = {"code": _NEED, "label": _NEED}
RULES: dict[str, Key] = {"rule": Key("tables"), "breakdown": Key("tables")}
RULE: dict[str, Key] = {
    **dict.fromkeys(("id", "assert", "message", "fix", "at"), _NEED),
    "severity": Key(required=True, allowed=tuple(Severity)),
    "missing": Key(allowed=("skip", "fail")),
    "says": Key(allowed=(Says.THOUSANDFOLD,)),
    "tolerance": Key("number"),
    "shown": Key("table"),
    **dict.fromkeys(("within_year", "unless_noted"), Key("flag")),
    **dict.fromkeys(("when", "reference"), Key()),
}
BREAKDOWN: dict[str, Key] = {
    "id": _NEED,
    "total": _NEED,
    "parts": Key("texts", required=True),
    "parent": Key(),
}
RULE_TABLES: dict[str, dict[str, Key]] = {"rule": RULE, "breakdown": BREAKDOWN}
REGISTER: dict[str, Key] = {
    **dict.fromkeys(("code", "sheet", "heading", "title"), _NEED),
    "reference": Key(),
    "rows": Key("whole"),
    "column": Key("tables", required=True),
    "check": Key("tables"),
    "tally": Key("tables"),
    "series": Key("table"),
    "appendix": Key("table"),
}
COLUMN: dict[str, Key] = {
    **dict.fromkeys(("code", "label"), _NEED),
    "kind": Key(required=True, allowed=tuple(kind for kind in Kind if kind is not Kind.HEADING)),
    "required": Key("flag"),
    "choices": Key("tables"),
    "width": Key("number"),
    "help": Key(),
    "maximum": Key("number"),
    "result": Key(allowed=("share", "met", "trend", "last_day", "due")),
    "parts": Key("table"),
    "linked": Key("table"),
}
ROW_CHECK: dict[str, Key] = {
    **dict.fromkeys(("id", "message", "fix"), _NEED),
    "severity": Key(required=True, allowed=tuple(Severity)),
    "when": Key("table"),
    **dict.fromkeys(("required", "absent", "order"), Key("texts")),
}
TALLY: dict[str, Key] = {"label": _NEED, "where": Key("table"), "indicator": Key(), "message": Key()}
SERIES: dict[str, Key] = {
    **dict.fromkeys(("number", "date", "type", "title"), _NEED),
    **dict.fromkeys(("issuer", "base_number", "base_date"), Key()),
}
REGISTER_TABLES: dict[str, dict[str, Key]] = {"column": COLUMN, "check": ROW_CHECK, "tally": TALLY}


def check_table(table: Table, keys: Mapping[str, Key], where: str) -> list[str]:
    """Every fault of `table` against `keys`; each line begins with `where` (file and table) and the key."""
    known = ", ".join(keys)
    problems = [fault(f"{where}.{key}", "key_unknown", known=known) for key in table if key not in keys]
    problems += [
        fault(f"{where}.{name}", "key_missing")
        for name, key in keys.items()
        if key.required and name not in table
    ]
    for name, key in keys.items():
        if name in table:
            problems += [f"{where}.{name}: {line}" for line in _value_faults(table[name], key)]
    return problems


def sound_part(table: Table, keys: Mapping[str, Key]) -> dict[str, Any]:
    """The known keys of `table` whose values have the right type, so that further checks can go on."""
    return {
        name: table[name] for name, key in keys.items() if name in table and not _misfit(table[name], key)
    }


def is_complete(table: Table, keys: Mapping[str, Key]) -> bool:
    """True when every required key is there."""
    return all(name in table for name, key in keys.items() if key.required)


def _value_faults(value: object, key: Key) -> list[str]:
    if misfit := _misfit(value, key):
        return [misfit]
    listed = value if isinstance(value, list) else [value]
    written = [item for item in listed if isinstance(item, str)]
    faults = []
    if not key.may_be_empty and any(not item.strip() for item in written):
        faults.append(text("catalogue_empty"))
    if any(item != item.strip() or item != unicodedata.normalize("NFC", item) for item in written):
        faults.append(text("catalogue_not_nfc"))
    return faults


def _misfit(value: object, key: Key) -> str:
    if not _has_type(value, key.type):
        return text("catalogue_type_wrong", expected=text(f"catalogue_type_{key.type}"))
    if key.allowed and value not in key.allowed:
        return text("catalogue_not_allowed", value=value, allowed=", ".join(key.allowed))
    return ""


def _is_bounded(value: int | Decimal) -> bool:
    """What a cell can hold exactly; 1e999 and nan are no figures."""
    exact = Decimal(value)
    return exact.is_finite() and abs(exact) < Decimal(10) ** 15


def _has_type(value: object, name: str) -> bool:
    if name == "texts":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if name == "tables":
        return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
    if name == "number":
        return isinstance(value, int | Decimal) and not isinstance(value, bool) and _is_bounded(value)
    if name == "whole":
        return isinstance(value, int) and not isinstance(value, bool) and _is_bounded(value)
    if name == "date":
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, {"text": str, "flag": bool, "table": dict}[name])
