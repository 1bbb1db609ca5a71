"""The number formats of a workbook's cells: their codes, which show dates (ECMA-376-1, 18.8.30-31)."""

from __future__ import annotations

import re
from functools import lru_cache

from cchc_xl.excel.opc.xml_parts import Attributes, known_before, local_name, walk

GENERAL = "General"
DATE = "dd/mm/yyyy"  # stands for the built-in formats of dates, whose texts depend on the computer
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);(#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
    48: "##0.0E+0",
    49: "@",
}
_NOT_A_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|General', re.I | re.S)
_TOKEN = re.compile(r"[ymdhs]", re.I)


@lru_cache(maxsize=1024)
def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or time: y m d h s outside quotes, escapes and colours."""
    return bool(_TOKEN.search(_NOT_A_TOKEN.sub("", code)))


@known_before(maxsize=8, longest=262_144)
def read_number_formats(part: str, content: bytes) -> tuple[str, ...]:
    """Codes of the cell formats, in the order in which cells' s attribute counts them."""
    own: dict[str, str] = {}
    numbers: list[str] = []
    inside = False

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal inside
        local = local_name(name)
        if local == "xf":
            if inside:
                numbers.append(attributes.get("numFmtId", "0"))
        elif local == "cellXfs":
            inside = True
        elif local == "cellStyles":
            inside = False
        elif local == "numFmt" and not numbers:
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    end = content.find(b"</cellXfs>")
    walk(part, content if end < 0 else content[: end + 10] + b"</styleSheet>", opened)
    return tuple(own[number] if number in own else _built_in(number) for number in numbers)


@known_before(maxsize=8, longest=262_144)
def read_date_styles(part: str, content: bytes) -> frozenset[str]:
    """Indexes (as stored in cells' s attribute) of the cell formats that show numbers as dates."""
    codes = read_number_formats(part, content)
    return frozenset(str(index) for index, code in enumerate(codes) if is_date_format(code))


def _built_in(number: str) -> str:
    known = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 0
    return DATE if known in _BUILT_IN_DATES else _BUILT_IN.get(known, GENERAL)
