"""The list of reporting units (xã, phường, đặc khu): a strict CSV reader."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from cchc_xl.model import ReportingUnit
from cchc_xl.model.errors import UsageError
from cchc_xl.model.scope import UNIT_COLUMNS, ReportingUnits
from cchc_xl.texts import text
from cchc_xl.texts.recognised import UNIT_TYPES

_OWN_LIST = Path(__file__).parent / "units-hai-phong.csv"


def load_units(path: Path | None = None) -> ReportingUnits:
    """The units of `path` (CSV: code,type,name), in its order; without a path, the 114 of Hải Phòng.

    Raises UsageError naming the file, the line and the fault; the first ones when there are many.
    """
    if path is None:
        return _own_units()
    return _read(path)


@lru_cache(maxsize=1)
def _own_units() -> ReportingUnits:
    return replace(_read(_OWN_LIST), source=None)


def _read(path: Path) -> ReportingUnits:
    rows: list[list[str]] = []
    try:
        if not path.is_file():  # reading a pipe would wait for ever
            raise UsageError(text("unit_list_unreadable", path=path))
        for row in csv.reader(path.read_bytes().decode("utf-8-sig").splitlines(), strict=True):
            rows.append(row)
    except OSError as fault:
        raise UsageError(text("unit_list_unreadable", path=path)) from fault
    except UnicodeDecodeError as fault:
        raise UsageError(text("unit_list_not_csv", file=path.name)) from fault
    except csv.Error as fault:
        raise UsageError(text("unit_list_quotes", file=path.name, line=len(rows) + 1)) from fault
    return replace(units_of_rows(rows, path.name), source=path)


def units_of_rows(rows: Sequence[Sequence[str]], name: str) -> ReportingUnits:
    """The units of a table with its heading line. Raises UsageError naming table, line and fault."""
    if not rows or list(rows[0]) != list(UNIT_COLUMNS):
        raise UsageError(text("unit_list_header", file=name, header=",".join(UNIT_COLUMNS)))
    verdicts = [(line, _row_fault(row)) for line, row in enumerate(rows[1:], 2)]
    faults = [text("unit_list_line", line=line, fault=verdict) for line, verdict in verdicts if verdict]
    units = () if faults else tuple(ReportingUnit(*row) for row in rows[1:])
    faults += _duplicates(units)
    if not rows[1:]:
        faults.append(text("unit_list_none"))
    if faults:
        raise UsageError(text("unit_list_faulty", file=name, faults="; ".join(faults[:10])))
    return ReportingUnits(units)


def _row_fault(row: Sequence[str]) -> str:
    if len(row) != len(UNIT_COLUMNS):
        return text("unit_list_columns", wanted=len(UNIT_COLUMNS), found=len(row))
    code, type_, name = row
    if not re.fullmatch(r"[0-9]{5}", code):
        return text("unit_list_code", code=code)
    if type_ not in UNIT_TYPES:
        return text("unit_list_type", type=type_, known=", ".join(UNIT_TYPES))
    if not name or name != " ".join(name.split()) or name != unicodedata.normalize("NFC", name):
        return text("unit_list_name", name=name)
    return ""


def _duplicates(units: tuple[ReportingUnit, ...]) -> list[str]:
    faults, codes, names = [], set[str](), set[str]()
    for line, unit in enumerate(units, 2):
        if unit.code in codes:
            faults.append(
                text("unit_list_line", line=line, fault=text("unit_list_code_twice", code=unit.code))
            )
        if unit.full_name in names:
            twice = text("unit_list_name_twice", name=unit.full_name)
            faults.append(text("unit_list_line", line=line, fault=twice))
        codes.add(unit.code)
        names.add(unit.full_name)
    return faults
