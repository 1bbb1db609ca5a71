"""The macro that reads numbers pasted from Word says of every text what the reader says.

`macros/modNumbers.bas` is the one place outside `figures/numbers/limits.py` that says what a number must
satisfy; LibreOffice runs it on every example text, for every kind of row.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from support.libreoffice import press
from support.places import EXAMPLES, ROOT
from support.vba_workbooks import standard, workbook_bytes

from cchc_xl.excel.vba.project import Module
from cchc_xl.figures.numbers import LARGEST, read_number
from cchc_xl.model import Indicator, Kind

KINDS = (Kind.COUNT, Kind.MONEY, Kind.RATIO, Kind.DECIMAL)
MAXIMUM = {Kind.DECIMAL: Decimal(20)}
MORE = (
    "999999999999999",
    "1000000000000000",
    "999.999.999.999.999",
    "1.000.000.000.000.000",
    "20,5",
    "-0",
    "007",
)


def _texts() -> list[str]:
    listed = tomllib.loads((EXAMPLES / "number_texts.toml").read_text(encoding="utf-8"))["text"]
    return list(dict.fromkeys([*(example["text"] for example in listed), *MORE]))


def _literal(text: str) -> str:
    """A Basic expression that gives the text."""
    parts = [f'"{c}"' if c.isascii() and c.isprintable() and c != '"' else f"ChrW({ord(c)})" for c in text]
    return " & ".join(parts) or '""'


def _asked(row: int, text: str, kind: Kind) -> str:
    maximum = f"{MAXIMUM[kind]}" if kind in MAXIMUM else "Empty"
    return (
        f'    wsData.Range("A{row}").Value = "|" & ValidReadings({_literal(text)}, "{kind.value}", {maximum})'
    )


@pytest.mark.libreoffice
def test_macro_and_reader_find_the_same_readings_of_every_text(tmp_path: Path) -> None:
    cases = [(text, kind) for text in _texts() for kind in KINDS]
    lines = [_asked(row, text, kind) for row, (text, kind) in enumerate(cases, start=1)]
    chunks = [lines[n : n + 40] for n in range(0, len(lines), 40)]
    procedures = [
        line for n, chunk in enumerate(chunks) for line in (f"Public Sub Ask{n}()", *chunk, "End Sub", "")
    ]
    numbers = Module("modNumbers", "standard", (ROOT / "macros" / "modNumbers.bas").read_text("ascii"))
    asking = [(f"Hỏi {n}", f"Ask{n}") for n in range(len(chunks))]
    path = tmp_path / "so.xlsm"
    path.write_bytes(workbook_bytes((standard(*procedures, name="Asking"), numbers), buttons=asking))
    found = press(path, [f"Ask{n}" for n in range(len(chunks))], []).cells["Số liệu"]
    differing = []
    for row, (text, kind) in enumerate(cases, start=1):
        indicator = Indicator("macro_1", "", "", "", kind, maximum=MAXIMUM.get(kind))
        ours = set(read_number(text, indicator).values)
        theirs = {Decimal(reading) for reading in str(found[f"A{row}"]).split("|") if reading}
        if ours != theirs:
            differing.append(f"{text!r} as {kind}: {ours} here, {theirs} in the macro")
    assert differing == []
    assert f"LARGEST As Double = {LARGEST}#" in numbers.source
