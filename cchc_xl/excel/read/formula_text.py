"""Formula texts in one form, whichever program wrote them: as this project writes them.

Excel and LibreOffice drop the quotes of sheet names that need none, LibreOffice calls FALSE(), gnumeric and
Excel store a number by all digits of its double.
"""

from __future__ import annotations

import re

from cchc_xl.excel.opc.xml_parts import known_before

_PIECE = re.compile(
    r"""(?P<kept>"(?:[^"]|"")*"|'(?:[^']|'')*'!?|\[[^\]]*\])
    |(?<![\w.$\]\#])(?P<sheet>[^\W\d][\w.]*)!
    |(?<![\w.])(?P<truth>TRUE|FALSE)\(\)
    |(?<![\w.$])(?P<number>[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)(?![\w.])""",
    re.X | re.I,
)
_LONGEST = 15  # digits people write; more are a double spelled out


@known_before(maxsize=4096, longest=4096)  # every unit's workbook holds the same formulas
def in_one_form(formula: str) -> str:
    """The formula with sheet names quoted, TRUE and FALSE bare, and numbers in shortest notation."""
    return _PIECE.sub(_piece, formula)


def _piece(match: re.Match[str]) -> str:
    if match["sheet"]:
        return f"'{match['sheet']}'!"
    if match["truth"]:
        return match["truth"].upper()
    number = match["number"]
    if number and sum(map(str.isdigit, number)) > _LONGEST:
        return repr(float(number)).removesuffix(".0")
    return match[0]
