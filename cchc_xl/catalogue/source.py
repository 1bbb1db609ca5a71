"""The files of one catalogue folder: parsed TOML tables, checked key by key, and their digest."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_xl.catalogue import schema
from cchc_xl.catalogue.faults import fault
from cchc_xl.catalogue.schema import Key, Table, check_table, is_complete, sound_part
from cchc_xl.catalogue.versions import ISSUED_FILE
from cchc_xl.texts import text

REGIME_FILE, RULES_FILE = "regime.toml", "rules.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """A folder as tables by file name: only what is sound, so that the remaining checks can go on.

    `problems` is every fault found so far, `damaged` the codes of rows left out because of one;
    `is_whole` is False when a file could not be parsed and nothing can be said of references.
    """

    regime: Table
    forms: Mapping[str, Table]
    registers: Mapping[str, Table]
    rules: Table
    digest: str
    problems: tuple[str, ...]
    damaged: frozenset[str]
    is_whole: bool


def read_source(folder: Path) -> Source:
    """Read and check every `*.toml` of `folder`; never raises for a fault in a file, it lists it."""
    contents = {
        path.name: path.read_bytes() for path in sorted(folder.glob("*.toml")) if path.name != ISSUED_FILE
    }
    problems: list[str] = []
    tables = {name: _parse(name, content, problems) for name, content in contents.items()}
    is_whole = not problems
    if REGIME_FILE not in tables:
        problems.append(fault(REGIME_FILE, "file_missing", folder=folder.name))
    regime, rules = tables.pop(REGIME_FILE, None), tables.pop(RULES_FILE, None)
    listed = {name: tables[name] for name in sorted(tables, key=_natural)}
    forms = {name: table for name, table in listed.items() if not name.startswith("register_")}
    registers = {name: table for name, table in listed.items() if name not in forms}
    problems += [] if forms else [fault(folder.name, "no_forms")]
    damaged: set[str] = set()
    return Source(
        regime=_sound_regime(regime, problems),
        forms={
            name: _sound(name, table, schema.FORM, {"indicator": schema.INDICATOR}, problems, damaged)
            for name, table in forms.items()
            if table is not None
        },
        registers={
            name: _sound(name, table, schema.REGISTER, schema.REGISTER_TABLES, problems, damaged)
            for name, table in registers.items()
            if table is not None
        },
        rules=_sound(RULES_FILE, rules or {}, schema.RULES, schema.RULE_TABLES, problems, damaged),
        digest=_digest(contents),
        problems=tuple(problems),
        damaged=frozenset(damaged),
        is_whole=is_whole,
    )


def rows_of(table: Table, key: str) -> list[dict[str, Any]]:
    """The list of tables under `key`, empty where there is none."""
    rows: list[dict[str, Any]] = table.get(key, [])
    return rows


def _parse(name: str, content: bytes, problems: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(content.decode("utf-8").replace("\r\n", "\n"), parse_float=Decimal)
    except RecursionError:
        problems.append(fault(name, "nested"))
        return None
    except ValueError as wrong:  # no TOML, no UTF-8, or a number of thousands of digits
        problems.append(fault(name, "toml", detail=wrong))
        return None


def _digest(contents: Mapping[str, bytes]) -> str:
    """The same on every PC: a checkout with Windows line ends is still the same catalogue."""
    return hashlib.sha256(b"".join(c.replace(b"\r\n", b"\n") for c in contents.values())).hexdigest()[:16]


def _natural(name: str) -> list[tuple[int, str]]:
    """bieu10 after bieu9."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name) if part]


def _sound(
    name: str,
    table: Table,
    keys: Mapping[str, Key],
    row_keys: Mapping[str, Mapping[str, Key]],
    problems: list[str],
    damaged: set[str],
) -> dict[str, Any]:
    problems += check_table(table, keys, name)
    kept = sound_part(table, keys)
    for key, allowed in row_keys.items():
        rows = []
        for position, row in enumerate(rows_of(kept, key), start=1):
            title = row.get("code") or row.get("id") or row.get("label")
            title = title or text("catalogue_nth", key=key, position=position)
            sound_row = _sound_row(f"{name}, {title}", row, allowed, problems)
            if is_complete(sound_row, allowed):
                rows.append(sound_row)
            else:
                damaged.add(str(title))
        kept[key] = rows
    return kept


def _sound_row(where: str, row: Table, keys: Mapping[str, Key], problems: list[str]) -> dict[str, Any]:
    problems += check_table(row, keys, where)
    kept = sound_part(row, keys)
    if "choices" in kept:
        for choice in kept["choices"]:
            problems += check_table(choice, schema.CHOICE, f"{where}.choices")
        choices = [sound_part(choice, schema.CHOICE) for choice in kept["choices"]]
        kept["choices"] = [choice for choice in choices if is_complete(choice, schema.CHOICE)]
    return kept


def _sound_regime(regime: Table | None, problems: list[str]) -> dict[str, Any]:
    if regime is None:
        return {}
    problems += check_table(regime, schema.REGIME, REGIME_FILE)
    kept = sound_part(regime, schema.REGIME)
    parameters: dict[str, Table] = {}
    for code, parameter in kept.get("parameters", {}).items():
        where = f"{REGIME_FILE}, parameters.{code}"
        if not isinstance(parameter, dict):
            problems.append(fault(where, "type_wrong", expected=text("catalogue_type_table")))
            parameter = {}
        else:
            problems += check_table(parameter, schema.PARAMETER, where)
        sound = sound_part(parameter, schema.PARAMETER)
        values = sound.get("values", [])
        rows = [_sound_row(f"{where}.values", row, schema.PARAMETER_VALUE, problems) for row in values]
        known = [row for row in rows if is_complete(row, schema.PARAMETER_VALUE)]
        parameters[code] = {**sound, "values": known}
    size = _sound_size(kept.pop("size", None), problems)
    return {**kept, "parameters": parameters, **size}


def _sound_size(size: Table | None, problems: list[str]) -> dict[str, Any]:
    """The limits of size under their key; nothing where the regime has none or they are not usable."""
    if size is None:
        return {}
    where = f"{REGIME_FILE}, size"
    problems += check_table(size, schema.SIZE, where)
    kept = sound_part(size, schema.SIZE)
    rows = [
        _sound_row(f"{where}.limits {position}", row, schema.SIZE_LIMIT, problems)
        for position, row in enumerate(rows_of(kept, "limits"), start=1)
    ]
    kept["limits"] = [row for row in rows if is_complete(row, schema.SIZE_LIMIT)]
    return {"size": kept} if is_complete(kept, schema.SIZE) else {}
