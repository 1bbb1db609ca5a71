"""Which cell formats show numbers as dates (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import re

from cchc_xl.excel.opc.xml_parts import Attributes, known_before, local_name, walk

_BUILT_IN = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
_NOT_A_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|General', re.I | re.S)
_TOKEN = re.compile(r"[ymdhs]", re.I)


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or time: y m d h s outside quotes, escapes and colours."""
    return bool(_TOKEN.search(_NOT_A_TOKEN.sub("", code)))


@known_before(maxsize=8, longest=262_144)
def read_date_styles(part: str, content: bytes) -> frozenset[str]:
    """Indexes (as stored in cells' s attribute) of the cell formats that show numbers as dates."""
    formats: dict[str, bool] = {}
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
            formats[attributes.get("numFmtId", "")] = is_date_format(attributes.get("formatCode", ""))

    end = content.find(b"</cellXfs>")
    walk(part, content if end < 0 else content[: end + 10] + b"</styleSheet>", opened)
    return frozenset(
        str(index) for index, number in enumerate(numbers) if formats.get(number, number in _BUILT_IN)
    )
