"""Plans of commune workbooks held against what a spreadsheet program calculates; contents typed at random."""

from __future__ import annotations

import math
import random
from datetime import date
from decimal import Decimal

from cchc_xl.model import Indicator, Kind, Regime, Register, RegisterColumn
from cchc_xl.model.periods import day_number, day_of_number
from cchc_xl.model.planned import PlannedCell, PlannedWorkbook, Role
from cchc_xl.model.registers import RegisterRow, RegisterValue
from cchc_xl.model.terms import Figure
from cchc_xl.texts.workbook import SIGNATURE_BLOCKS
from cchc_xl.workbooks.commune import Contents
from support.commune_samples import REGIME
from support.libreoffice import Cell

_TEXTS = ("5.650", "abc", " 12", "= 100%", "kps", "KPS ", "01")
_NUMBERS = (
    "0",
    "1",
    "3",
    "14",
    "375",
    "999",
    "1000",
    "5650",
    "12345",
    "999999",
    "1000000",
    "37094",
    "123456789012",
)
_ODD_NUMBERS = ("-1", "-3.5", "0.5", "19.884", "0.6053", "0.99327", "5.25", "1.5", "100", "20260614")
_CLAIMS = ("0.605", "0.9932", "1", "0.536", "0.33333", "0.7", "0.6053", "0.99327", "0.993274", "0.1")
_DAYS = tuple(str(day_number(date(2026, month, day))) for month in (3, 6, 7) for day in (1, 14, 15, 21))
# Around a comparison's sixth decimal, where a half is rounded up; none that doubles cannot tell from a half.
_NEAR = ("95", "95.0000006", "94.9999996", "95.0000004", "0", "0.0000005", "-0.0000005", "1")


def random_contents(seed: int, regime: Regime = REGIME) -> tuple[Contents, dict[str, Figure]]:
    """Contents an officer could produce by typing or pasting anything anywhere, and last period's figures."""
    chance = random.Random(seed)
    odd = chance.choice((0.0, 0.05, 0.4))
    figures = {i.code: _figure(chance, odd, i) for i in regime.inputs}
    claims = {
        i.code: Decimal(chance.choice(_CLAIMS))
        for i in regime.figures
        if i.is_claimable and chance.random() < 0.7
    }
    declarations = {
        "cchc_tu_ngay": chance.choice((date(2026, 3, 15), date(2026, 1, 1), date(2026, 8, 1), None)),
        "cchc_den_ngay": chance.choice((date(2026, 6, 14), date(2026, 6, 30), None)),
        "cchc_lan_nop": chance.choice((1, 2, Decimal("1.5"), None)),
        "cchc_ly_do": chance.choice(("", "Sửa số liệu")),
        "cchc_nguoi_duyet": chance.choice(("", "Trần Thị Bình")),
        "cchc_ngay_doi_chieu": chance.choice((date(2026, 6, 20), None)),
        "cchc_nguoi_lap": chance.choice(("", "Nguyễn Văn An")),
        "cchc_so_bao_cao": chance.choice((None, Decimal(215), "7", "31/BC-UBND")),
        "cchc_ngay_bao_cao": chance.choice((date(2026, 2, 8), date(2026, 12, 20), None)),
        "cchc_the_thuc_ky": chance.choice((None, *SIGNATURE_BLOCKS)),
    }
    noted = chance.choice((0.1, 0.8))
    contents = Contents(
        figures=figures,
        notes={i.code: _note(chance) for i in regime.inputs if chance.random() < noted},
        declarations=declarations,
        contacts={regime.forms[0].code: ("Nguyễn Văn An", "0912345678"), regime.forms[-1].code: ("Lê", "")},
        claimed=claims,
        registers={register.code: _rows(chance, odd, register) for register in regime.registers},
    )
    previous = {i.code: _figure(chance, 0.0, i) for i in regime.inputs if chance.random() < 0.5}
    return contents, previous


def _note(chance: random.Random) -> str:
    """A note of one word up to several lines: capitals, doubled blanks, line feeds, a word without end."""
    words = ("Ghi", "chú", "&", "<thử>", "UBND", "TTHC,", "số", "liệu", "", "rà\nsoát", "x" * 90, "¤")
    return " ".join(chance.choices(words, (9, 9, 1, 1, 3, 3, 9, 9, 1, 1, 0.2, 0.2), k=chance.randint(1, 60)))


def _figure(chance: random.Random, odd: float, indicator: Indicator) -> Figure:
    draw = chance.random()
    if draw < odd:
        return chance.choice((chance.choice(_TEXTS), Decimal(chance.choice(_ODD_NUMBERS))))
    if draw < odd + 0.1:
        return None
    if indicator.kind is Kind.TEXT:
        return _note(chance)
    if draw < odd + 0.2 and indicator.kind is not Kind.DATE:
        return "KPS"
    if indicator.kind is Kind.DATE:
        return Decimal(chance.choice(_DAYS))
    if indicator.kind is Kind.CHOICE:
        return Decimal(chance.choice([c.code for c in indicator.choices if c.code.isdecimal()]))
    return Decimal(chance.choice(_NUMBERS))


def _rows(chance: random.Random, odd: float, register: Register) -> tuple[RegisterRow, ...]:
    """Rows as people fill them: some blank, some half filled, anything pasted anywhere."""
    return tuple(
        {column.code: _cell(chance, odd, column) for column in register.inputs if chance.random() < fullness}
        for fullness in (chance.choice((0.0, 0.5, 0.9, 1.0)) for _ in range(chance.randrange(25)))
    )


def _cell(chance: random.Random, odd: float, column: RegisterColumn) -> RegisterValue:
    if chance.random() < odd / 2:
        return chance.choice((*_TEXTS, *map(Decimal, _ODD_NUMBERS)))
    if column.kind is Kind.DATE:
        return day_of_number(int(chance.choice(_DAYS)))
    if column.kind is Kind.CHOICE:
        return chance.choice(column.choices).code
    if column.kind is Kind.TEXT:
        return chance.choice(("12/KH-UBND", "Việc một", "x"))
    return Decimal(chance.choice(_NEAR if column.kind is Kind.DECIMAL else _NUMBERS))


def formula_cells(workbook: PlannedWorkbook) -> dict[tuple[str, str], PlannedCell]:
    return {
        (sheet.name, cell.address): cell
        for sheet in workbook.sheets
        for cell in sheet.cells
        if cell.role is Role.FORMULA
    }


def differences(workbook: PlannedWorkbook, found: dict[str, dict[str, Cell]]) -> list[str]:
    wrong = []
    for (sheet, address), cell in formula_cells(workbook).items():
        seen = found[sheet].get(address)
        if seen is None or not seen.is_formula or not _same(cell.value, seen.value):
            wrong.append(f"{sheet}!{address}: {cell.value!r} ≠ {seen!r} {cell.formula}")
    return wrong


def _same(planned: object, seen: float | str) -> bool:
    if isinstance(planned, str) or isinstance(seen, str):
        return planned == seen
    return math.isclose(float(planned), seen, rel_tol=1e-12)  # type: ignore[arg-type]
