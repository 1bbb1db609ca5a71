"""Every city figure recomputed from the files of a folder: openpyxl and plain arithmetic, nothing of ours.

Read are the folder's workbooks, by their defined names. Whether a form counts is taken from "Theo đơn vị" of
the summary (its words are what people see); the figures never are.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

QUOTIENTS = {
    "bieu1_2": ("bieu1_2_2", "bieu1_2_1"),
    "bieu1_3_2": ("bieu1_3_2_2", "bieu1_3_2_1"),
    "bieu3_2_1": ("bieu3_2_1_2", "bieu3_2_1_1"),
    "bieu3_2_2": ("bieu3_2_2_2", "bieu3_2_2_1"),
    "bieu6_1": ("bieu6_1_2", "bieu6_1_1"),
    "bieu7_1_3": ("bieu7_1_3_2", "bieu7_1_3_1"),
    "bieu7_1_4": ("bieu7_1_4_2", "bieu7_1_4_1"),
}
PAIRS = dict(QUOTIENTS.values()) | {b: a for a, b in QUOTIENTS.values()}
_PARTS = {"bieu6_2_1": ("2", "3", "4", "5"), "bieu6_2_4": ("4_1", "4_2", "4_3")}
Figures = Mapping[str, Fraction | None]


@dataclass(frozen=True)
class Sent:
    """One file: whose, which Lần nộp, its figures."""

    unit: str
    number: int
    kind: str
    figures: Figures


def sent_in(path: Path) -> Sent:
    """A submission as openpyxl sees it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path)
    typed = {name: _number(_cell(book, name)) for name in book.defined_names if name.startswith("bieu")}
    return Sent(
        unit=str(_cell(book, "cchc_ma_don_vi")),
        number=int(_cell(book, "cchc_lan_nop") or 1),
        kind=str(_cell(book, "cchc_loai_ban_gui")),
        figures=_read_as_zero(typed),
    )


def recomputed(units: Mapping[str, Figures], counted: Mapping[str, set[str]]) -> dict[str, Fraction | None]:
    """City figure by code: sums, quotients of sums. `counted`: unit → forms that count."""
    found: dict[str, Fraction | None] = {}
    codes = {code for figures in units.values() for code in figures}
    for code in sorted(codes | set(QUOTIENTS)):
        form = code.partition("_")[0]
        rows = [figures for unit, figures in units.items() if form in counted.get(unit, set())]
        if code in QUOTIENTS:
            above, below = QUOTIENTS[code]
            whole = [r for r in rows if r.get(above) is not None and r.get(below) is not None]
            total = sum((r[below] or Fraction(0) for r in whole), Fraction(0))
            found[code] = (
                sum((r[above] or Fraction(0) for r in whole), Fraction(0)) / total if total else None
            )
            continue
        given = [
            r[code] or Fraction(0)
            for r in rows
            if r.get(code) is not None and (code not in PAIRS or r.get(PAIRS[code]) is not None)
        ]
        found[code] = sum(given, Fraction(0)) if given else None
    return found


def summary_cells(path: Path) -> tuple[dict[str, object], dict[str, set[str]], Counter[str]]:
    """Cached city figures by code, forms that count by unit, states of units by word."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path, data_only=True)
    data, places = book["Theo đơn vị"], book["Nguồn"]
    codes = {cell.column: str(cell.value) for cell in data[5] if cell.value}
    counted: dict[str, set[str]] = {}
    for row in data.iter_rows(min_row=9):
        unit = str(row[1].value or "")
        forms = {codes[c.column] for c in row if codes.get(c.column, "_").isalnum() and c.value == "Tính"}
        if unit:
            counted[unit] = forms
    totals = book["Tổng hợp"]
    shown = {
        str(row[7].value): totals[str(row[1].value).partition("!")[2]].value
        for row in places.iter_rows()
        if str(row[1].value).startswith("Tổng hợp!") and str(row[7].value).startswith("bieu")
    }
    lines = takewhile(lambda row: row[0].value, book["Tình trạng nộp"].iter_rows(min_row=23))
    states = Counter(str(row[3].value) for row in lines)
    return shown, counted, states


def _cell(book: Workbook, name: str) -> object:
    ((sheet, address),) = book.defined_names[name].destinations
    return book[sheet][address.replace("$", "")].value


def _number(value: object) -> Fraction | None:
    """A typed number; KPS and what people type for it are 0; anything else is nothing."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return Fraction(str(value))
    return Fraction(0) if str(value).strip().casefold() in ("kps", "-", "không") else None


def _read_as_zero(typed: Mapping[str, Fraction | None]) -> Figures:
    """Rule Z: blank parts are 0 once the others reach their total."""
    found = dict(typed)
    for total, parts in _PARTS.items():
        codes = [f"bieu6_2_{part}" for part in parts]
        entered = sum((typed.get(code) or Fraction(0) for code in codes), Fraction(0))
        if found.get(total) is not None and found[total] == entered:
            found |= {code: found.get(code) or Fraction(0) for code in codes}
    return found
