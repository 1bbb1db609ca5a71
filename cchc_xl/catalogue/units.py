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

_OWN_LIST = Path(__file__).parent / "units-hai-phong.csv"
_TYPES = ("Xã", "Phường", "Đặc khu")


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
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(text.splitlines(), strict=True))
    except OSError as fault:
        raise UsageError(f"Không mở được danh sách đơn vị {path}: kiểm tra lại đường dẫn tệp.") from fault
    except (UnicodeDecodeError, csv.Error) as fault:
        raise UsageError(f"Danh sách đơn vị {path.name} không phải tệp CSV mã UTF-8: lưu lại tệp.") from fault
    return replace(units_of_rows(rows, path.name), source=path)


def units_of_rows(rows: Sequence[Sequence[str]], name: str) -> ReportingUnits:
    """The units of a table with its heading line. Raises UsageError naming table, line and fault."""
    if not rows or list(rows[0]) != list(UNIT_COLUMNS):
        raise UsageError(f"Danh sách đơn vị {name}, dòng 1: phải là «{','.join(UNIT_COLUMNS)}».")
    verdicts = [(line, _row_fault(row)) for line, row in enumerate(rows[1:], 2)]
    faults = [f"dòng {line}: {verdict}" for line, verdict in verdicts if verdict]
    units = () if faults else tuple(ReportingUnit(*row) for row in rows[1:])
    faults += _duplicates(units)
    if not rows[1:]:
        faults.append("chưa có đơn vị nào")
    if faults:
        raise UsageError(f"Danh sách đơn vị {name} có lỗi: {'; '.join(faults[:10])}.")
    return ReportingUnits(units)


def _row_fault(row: Sequence[str]) -> str:
    if len(row) != len(UNIT_COLUMNS):
        return f"cần {len(UNIT_COLUMNS)} cột, đang có {len(row)}"
    code, type_, name = row
    if not re.fullmatch(r"[0-9]{5}", code):
        return f"mã «{code}» phải gồm 5 chữ số"
    if type_ not in _TYPES:
        return f"loại «{type_}» phải là {', '.join(_TYPES)}"
    if not name or name != " ".join(name.split()) or name != unicodedata.normalize("NFC", name):
        return f"tên «{name}» trống, thừa khoảng trắng hoặc không ở dạng Unicode dựng sẵn (NFC)"
    return ""


def _duplicates(units: tuple[ReportingUnit, ...]) -> list[str]:
    faults, codes, names = [], set[str](), set[str]()
    for line, unit in enumerate(units, 2):
        if unit.code in codes:
            faults.append(f"dòng {line}: mã {unit.code} có hai lần")
        if unit.full_name in names:
            faults.append(f"dòng {line}: tên {unit.full_name} có hai lần")
        codes.add(unit.code)
        names.add(unit.full_name)
    return faults
