"""How named styles look: base styles and modifiers as data, turned into XlsxWriter formats on demand.

A name is one base style, then modifiers separated by spaces: "form.label italic indent1". Add styles to
`BASE`; whatever a style does not say comes from `EVERYWHERE`. Colours are calm and never speak alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from cchc_xl.model.errors import WriteRefused
from cchc_xl.texts import text

Properties = Mapping[str, Any]

FONT = "Times New Roman"
CLAIM = "0.0####%"  # as many decimals as were written
COUNT, RATIO, DATE, DECIMAL, PLAIN_TEXT = "#,##0", "0.00%", "dd/mm/yyyy", "#,##0.00", "@"

_BUILT_IN = {COUNT: 3, DECIMAL: 4, RATIO: 10, PLAIN_TEXT: 49}  # Excel's own numbers of these formats

INK, SOFT_INK, FAINT_INK, LINK_INK = "#222222", "#595959", "#7F7F7F", "#1F4E79"
LINE, STRONG_LINE = "#A6A6A6", "#000000"
YELLOW, COMPUTED, PALE, WHITE = "#FFFBE0", "#F2F2F2", "#EEF3F8", "#FFFFFF"
NAVY, BLUE = "#1F3864", "#D9E5F1"
GOOD_FILL, WARN_FILL, BAD_FILL = "#E4F1E1", "#FDF0D0", "#F9DEDA"
GOOD_INK, WARN_INK, BAD_INK = "#245A26", "#7A4B00", "#8A1C12"

EVERYWHERE: Properties = MappingProxyType(
    {
        "font_name": FONT,
        "font_family": 1,
        "font_size": 12,
        "font_color": INK,
        "valign": "vcenter",
        "locked": True,
    }
)


def _style(*parts: Properties, **own: Any) -> Properties:
    """One style from parts, later ones winning."""
    merged: dict[str, Any] = {}
    for part in (*parts, own):
        merged.update(part)
    return MappingProxyType(merged)


_WRAP = _style(text_wrap=True)
_CENTER = _style(align="center")
_RIGHT = _style(align="right")
_BOLD = _style(bold=True)
_BOX = _style(border=1, border_color=LINE)
# Forms print with black lines, as the official ones.
_PRINT_BOX = _style(border=1, border_color=STRONG_LINE, font_size=13)
_INPUT = _style(_BOX, bg_color=YELLOW, locked=False)
_GREY = _style(_BOX, bg_color=COMPUTED)
_HEAD = _style(_BOLD, _CENTER, _WRAP)
_FIGURE = _style(_PRINT_BOX, _RIGHT, bg_color=YELLOW, locked=False, indent=1)
_RESULT = _style(_PRINT_BOX, _RIGHT, bg_color=COMPUTED, indent=1)
_SIDE = _style(_BOX, font_size=11, font_color=SOFT_INK)
_TABLE = _style(_BOX, font_size=11)
_ROW = _style(font_size=11, locked=False, valign="top")
_TOTAL = _style(_TABLE, _BOLD, bg_color=BLUE)
_LEGAL = _style(font_size=13, font_color="#000000")  # papers to be signed

BASE: Mapping[str, Properties] = {
    "plain": _style(),
    # Words on any sheet.
    "banner": _style(_BOLD, _WRAP, bg_color=WARN_FILL, font_color=WARN_INK, font_size=13, indent=1),
    "banner.good": _style(_BOLD, _WRAP, bg_color=GOOD_FILL, font_color=GOOD_INK, font_size=13, indent=1),
    "title": _style(_BOLD, _CENTER, _WRAP, font_size=16),
    "title.left": _style(_BOLD, font_size=16),
    "subtitle": _style(_CENTER, _WRAP, font_size=13, font_color=SOFT_INK),
    "section": _style(_BOLD, bg_color=BLUE, font_color=NAVY, indent=1),
    "paragraph": _style(_WRAP, valign="top"),
    "hint": _style(_WRAP, italic=True, font_size=11, font_color=FAINT_INK),
    "link": _style(font_color=LINK_INK, underline=1),
    "link.cell": _style(_BOX, font_color=LINK_INK, underline=1),
    "button": _style(_BOLD, _CENTER, _WRAP, _BOX, bg_color=PALE, font_color=NAVY),
    "key": _style(_BOX, _WRAP, bg_color=PALE),
    "value": _style(_BOX, _WRAP, bold=True),
    "value.large": _style(_BOLD, _CENTER, _WRAP, font_size=18, font_color=NAVY),
    "value.count": _style(_GREY, _RIGHT, num_format=COUNT),
    "value.ratio": _style(_GREY, _RIGHT, num_format=RATIO),
    "value.text": _style(_GREY, _WRAP),
    # Cells an officer fills.
    "input.text": _style(_INPUT, _WRAP),
    "input.pasted": _style(_INPUT, _WRAP, font_size=11, num_format=PLAIN_TEXT),
    "input.count": _style(_INPUT, _RIGHT, num_format=COUNT),
    "input.money": _style(_INPUT, _RIGHT, num_format=COUNT),
    "input.ratio": _style(_INPUT, _RIGHT, num_format=RATIO),
    "input.decimal": _style(_INPUT, _RIGHT, num_format=DECIMAL),
    "input.date": _style(_INPUT, _CENTER, num_format=DATE),
    "input.choice": _style(_INPUT, _WRAP),
    "input.telephone": _style(_INPUT, num_format=PLAIN_TEXT),
    # The forms, as printed.
    "form.heading_line": _style(_BOLD, font_size=13),
    "form.title": _style(_BOLD, _CENTER, _WRAP, font_size=14),
    "form.period": _style(_CENTER, italic=True, font_size=13),
    "form.header": _style(_HEAD, _PRINT_BOX),
    "form.number": _style(_PRINT_BOX, _CENTER),
    "form.label": _style(_PRINT_BOX, _WRAP),
    "form.unit": _style(_PRINT_BOX, _CENTER, _WRAP),
    "form.heading": _style(_PRINT_BOX, _BOLD, _WRAP, bg_color=PALE),
    "form.heading.number": _style(_PRINT_BOX, _BOLD, _CENTER, bg_color=PALE),
    "form.figure.count": _style(_FIGURE, num_format=COUNT),
    "form.figure.money": _style(_FIGURE, num_format=COUNT),
    "form.figure.ratio": _style(_FIGURE, num_format=RATIO),
    "form.figure.decimal": _style(_FIGURE, num_format=DECIMAL),
    "form.figure.choice": _style(_FIGURE, _CENTER, _WRAP, indent=0),
    "form.figure.text": _style(_FIGURE, _WRAP, align="left"),
    "form.figure.date": _style(_FIGURE, _CENTER, num_format=DATE, indent=0),
    "form.figure.heading": _style(_PRINT_BOX, bg_color=PALE),
    "form.figure.computed.count": _style(_RESULT, num_format=COUNT),
    "form.figure.computed.money": _style(_RESULT, num_format=COUNT),
    "form.figure.computed.ratio": _style(_RESULT, num_format=RATIO),
    "form.figure.computed.decimal": _style(_RESULT, num_format=DECIMAL),
    "form.note": _style(_PRINT_BOX, _WRAP, font_size=11, bg_color=YELLOW, locked=False, valign="top"),
    "form.footnote": _style(_WRAP, italic=True, font_size=11),
    # Beside the forms, not printed.
    "mark": _style(_BOLD, _CENTER, font_size=12),
    "mark.message": _style(_WRAP, font_size=11),
    "side.header": _style(_HEAD, _SIDE, bg_color=COMPUTED),
    "side.text": _style(_SIDE, _WRAP),
    "side.shown.count": _style(_SIDE, _RIGHT, num_format=COUNT),
    "side.shown.money": _style(_SIDE, _RIGHT, num_format=COUNT),
    "side.shown.ratio": _style(_SIDE, _RIGHT, num_format=RATIO),
    "side.shown.decimal": _style(_SIDE, _RIGHT, num_format=DECIMAL),
    "side.previous.count": _style(_SIDE, _RIGHT, bg_color=COMPUTED, num_format=COUNT),
    "side.previous.money": _style(_SIDE, _RIGHT, bg_color=COMPUTED, num_format=COUNT),
    "side.previous.ratio": _style(_SIDE, _RIGHT, bg_color=COMPUTED, num_format=RATIO),
    "side.previous.decimal": _style(_SIDE, _RIGHT, bg_color=COMPUTED, num_format=DECIMAL),
    "side.previous.text": _style(_SIDE, _WRAP, bg_color=COMPUTED),
    "side.previous.choice": _style(_SIDE, _CENTER, _WRAP, bg_color=COMPUTED),
    "side.previous.date": _style(_SIDE, _CENTER, bg_color=COMPUTED, num_format=DATE),
    "side.claimed": _style(_INPUT, _RIGHT, font_size=11, num_format=CLAIM),
    "side.judged": _style(_SIDE, _CENTER),
    # Lists: rules, registers, the city's tables.
    "table.header": _style(_HEAD, _BOX, font_size=11, bg_color=NAVY, font_color=WHITE),
    "table.group": _style(_TABLE, _BOLD, bg_color=BLUE, font_color=NAVY),
    "table.number": _style(_TABLE, _CENTER),
    "table.text": _style(_TABLE, _WRAP),
    "table.link": _style(_TABLE, font_color=LINK_INK, underline=1),
    "table.code": _style(_TABLE, num_format=PLAIN_TEXT),
    "table.mark": _style(_TABLE, _BOLD, _CENTER),
    "table.count": _style(_TABLE, _RIGHT, num_format=COUNT),
    "table.money": _style(_TABLE, _RIGHT, num_format=COUNT),
    "table.ratio": _style(_TABLE, _RIGHT, num_format=RATIO),
    "table.decimal": _style(_TABLE, _RIGHT, num_format=DECIMAL),
    "table.date": _style(_TABLE, _CENTER, num_format=DATE),
    "table.input": _style(_INPUT, _WRAP, font_size=11),
    # Rows of registers: only those in use get lines, so that no other is printed.
    "row.text": _style(_ROW, _WRAP),
    "row.number": _style(_ROW, _CENTER),
    "row.count": _style(_ROW, _RIGHT, num_format=COUNT),
    "row.ratio": _style(_ROW, _RIGHT, num_format=RATIO),
    "row.date": _style(_ROW, _CENTER, num_format=DATE),
    "row.value": _style(_ROW, _RIGHT),
    "row.used": _style(border=1, border_color=LINE),
    "table.value": _style(_TABLE, _RIGHT),
    "table.total.text": _style(_TOTAL, _WRAP),
    "table.total.count": _style(_TOTAL, _RIGHT, num_format=COUNT),
    "table.total.money": _style(_TOTAL, _RIGHT, num_format=COUNT),
    "table.total.ratio": _style(_TOTAL, _RIGHT, num_format=RATIO),
    "table.total.decimal": _style(_TOTAL, _RIGHT, num_format=DECIMAL),
    "tally.errors": _style(_TABLE, _BOLD, _CENTER, num_format=text("tally_errors")),
    "tally.warnings": _style(_TABLE, _BOLD, _CENTER, num_format=text("tally_warnings")),
    "tally.notices": _style(_TABLE, _BOLD, _CENTER, num_format=text("tally_notices")),
    "tally.waiting": _style(_TABLE, _BOLD, _CENTER, num_format=text("tally_waiting")),
    "tally.passed": _style(_TABLE, _BOLD, _CENTER, num_format=text("tally_passed")),
    # Papers to be printed and signed: no fills.
    "legal.text": _style(_LEGAL, _WRAP),
    "legal.center": _style(_LEGAL, _CENTER, _WRAP),
    "legal.bold": _style(_LEGAL, _BOLD, _CENTER, _WRAP),
    "legal.title": _style(_LEGAL, _BOLD, _CENTER, _WRAP, font_size=14),
    "legal.header": _style(_LEGAL, _HEAD, _PRINT_BOX),
    "legal.cell": _style(_LEGAL, _PRINT_BOX, _WRAP),
    "legal.number": _style(_LEGAL, _PRINT_BOX, _CENTER),
    "legal.label": _style(_LEGAL, _PRINT_BOX, _WRAP),
    "legal.unit": _style(_LEGAL, _PRINT_BOX, _CENTER, _WRAP),
    "legal.heading": _style(_LEGAL, _PRINT_BOX, _BOLD, _WRAP),
    "legal.heading.number": _style(_LEGAL, _PRINT_BOX, _BOLD, _CENTER),
    "legal.figure.heading": _style(_LEGAL, _PRINT_BOX),
    "legal.note": _style(_LEGAL, _PRINT_BOX, _WRAP, font_size=11),
    "legal.target": _style(_LEGAL, _WRAP, font_size=11),
    "legal.row": _style(border=1, border_color=STRONG_LINE),
    "legal.row.title": _BOLD,
    "legal.line": _style(_LEGAL, font_size=11),
    "legal.code": _style(_LEGAL, _PRINT_BOX, _CENTER, num_format='000" "000'),
    "legal.figure": _style(_LEGAL, _PRINT_BOX, _RIGHT, num_format=PLAIN_TEXT, indent=1),
    # Judgements, as cell styles and as conditional styles alike.
    "good": _style(bg_color=GOOD_FILL, font_color=GOOD_INK),
    "warn": _style(bg_color=WARN_FILL, font_color=WARN_INK),
    "bad": _style(bg_color=BAD_FILL, font_color=BAD_INK),
    "ticked": _style(font_color=GOOD_INK),
    "faint": _style(font_color=FAINT_INK),
    "stripe": _style(bg_color="#F7F9FB"),
    "meta": _style(num_format=PLAIN_TEXT, font_size=10),
}

MODIFIERS: Mapping[str, Properties] = {
    "italic": _style(italic=True),
    "bold": _BOLD,
    "regular": _style(bold=False, italic=False),
    "underline": _style(underline=1),
    "left": _style(align="left"),
    "center": _CENTER,
    "right": _RIGHT,
    "justify": _style(align="justify", text_wrap=True),
    "top": _style(valign="top"),
    "middle": _style(valign="vcenter"),
    "wrap": _WRAP,
    "nowrap": _style(text_wrap=False),
    "shrink": _style(text_wrap=False, shrink=True),
    "indent1": _style(indent=1),
    "indent2": _style(indent=2),
    "indent3": _style(indent=3),
    "locked": _style(locked=True),
    "unlocked": _style(locked=False),
    "secret": _style(hidden=True),
    "grey": _style(font_color=FAINT_INK),
    "shaded": _style(bg_color=COMPUTED),
    "white": _style(bg_color=WHITE),
    "small": _style(font_size=10),
    "large": _style(font_size=14),
    "huge": _style(font_size=20),
    "border": _BOX,
    "borderless": _style(border=0),
    "underlined": _style(bottom=1, bottom_color=LINE),
    "good": _style(bg_color=GOOD_FILL, font_color=GOOD_INK),
    "warn": _style(bg_color=WARN_FILL, font_color=WARN_INK),
    "bad": _style(bg_color=BAD_FILL, font_color=BAD_INK),
    "count": _style(num_format=COUNT),
    "ratio": _style(num_format=RATIO),
    "decimal": _style(num_format=DECIMAL),
    "date": _style(num_format=DATE),
}

# What Excel lets a conditional style change: no font, size, alignment, number format or lock.
_CONDITIONAL = ("bold", "italic", "underline", "font_color", "bg_color", "border", "border_color")

_formats: WeakKeyDictionary[Workbook, dict[str, Format]] = WeakKeyDictionary()


@lru_cache(maxsize=1024)
def properties_of(name: str) -> Properties:
    """XlsxWriter properties of a style name. Raises WriteRefused for an unknown base style or modifier."""
    base, *modifiers = name.split(" ")
    if base not in BASE or any(modifier not in MODIFIERS for modifier in modifiers):
        raise WriteRefused(text("write_style_unknown", style=name))
    return _style(EVERYWHERE, BASE[base], *(MODIFIERS[modifier] for modifier in modifiers))


def format_of(workbook: Workbook, name: str) -> Format:
    """The format of a style name in this workbook, made once. Raises WriteRefused for an unknown style."""
    return _cached(workbook, name, properties_of(name))


def conditional_format_of(workbook: Workbook, name: str) -> Format:
    """The differential format of a style name. Raises WriteRefused for an unknown style."""
    properties_of(name)
    base, *modifiers = name.split(" ")
    own = _style(BASE[base], *(MODIFIERS[modifier] for modifier in modifiers))
    return _cached(workbook, f"\0{name}", {key: own[key] for key in _CONDITIONAL if key in own})


def run_format_of(workbook: Workbook, name: str, *, italic: bool) -> Format:
    """The format of a run inside a rich text whose cell has style `name`."""
    return format_of(workbook, f"{name} italic") if italic else format_of(workbook, name)


def is_unlocked(name: str) -> bool:
    """Whether cells of this style accept typing under protection. Raises WriteRefused if unknown."""
    return not properties_of(name)["locked"]


def _cached(workbook: Workbook, key: str, properties: Properties) -> Format:
    formats = _formats.setdefault(workbook, {})
    if key not in formats:
        number_format = properties.get("num_format", "General")
        own = {**properties, "num_format": _BUILT_IN.get(number_format, number_format)}
        formats[key] = workbook.add_format(own)
    return formats[key]
