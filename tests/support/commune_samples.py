"""What tests of the commune workbook type: the real sample of Nam Thanh Miện, quý II/2026, and a register."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

from cchc_xl.catalogue import load_regime, load_units
from cchc_xl.model import Choice, Kind, Regime, Register, RegisterColumn
from cchc_xl.model.periods import parse_period
from cchc_xl.workbooks.commune import Contents

PERIOD = parse_period("2026-Q2")
REGIME = load_regime("cchc-dinh-ky", PERIOD)
UNIT = next(unit for unit in load_units() if unit.code == "11284")

# As printed in samples/nam-thanh-mien-2026-Q2.txt, row by row; None is a cell left blank.
_PRINTED = {
    "bieu1": (8, 38, 23, 5, 2, 2, 46, 30, 0, 0, None, 0, None),
    "bieu2": (0, 0),
    "bieu3": (1, 331, 5650, 5612, 11, 11),
    "bieu4": (47, 40, 3, 0, 396, 360, 0),
    "bieu5": (4, 14, 0, 0, 0, 0, 0, 0, 0, 0),
    "bieu6": (37094, 19884, 14, None, None, None, None, None, None, 14, None),
    "bieu7": (220, 220, 33, 33, 907, 907, 4501, 4501, 43, 43),
}


def sample_figures() -> dict[str, Decimal]:
    """The sample's typed figures by indicator code."""
    return {
        indicator.code: Decimal(value)
        for form in REGIME.printed_forms
        for indicator, value in zip(form.inputs, _PRINTED[form.code], strict=True)
        if value is not None
    }


def nam_thanh_mien() -> Contents:
    """The sample as an officer would type it, with the percentages of its report."""
    return Contents(
        figures=sample_figures(),
        declarations={"cchc_nguoi_duyet": "Trần Thị Bình"},
        contacts={"bieu1": ("Nguyễn Văn An", "0912345678")},
        explanations={"bieu1_running_tasks": "Nhiệm vụ chưa đến hạn"},
        claimed={
            "bieu1_2": Decimal("0.605"),
            "bieu3_2_1": Decimal("0.9932"),
            "bieu6_1": Decimal("0.536"),
        },
    )


def register_regime() -> Regime:
    """The regime with a register of every kind of column."""
    columns = (
        RegisterColumn("so_hieu", "Số, ký hiệu", Kind.TEXT, required=True),
        RegisterColumn("ngay", "Ngày ban hành", Kind.DATE, required=True, help="Gõ ngày/tháng/năm."),
        RegisterColumn("so_luong", "Số lượng", Kind.COUNT),
        RegisterColumn("ty_le", "Tỷ lệ", Kind.RATIO),
        RegisterColumn(
            "loai", "Loại", Kind.CHOICE, choices=(Choice("KH", "Kế hoạch"), Choice("CV", "Công văn"))
        ),
    )
    register = Register("vanban", "Văn bản", "Phụ lục I", "Danh mục văn bản", columns, rows=30)
    return dataclasses.replace(REGIME, registers=(register,))


def register_contents() -> Contents:
    """One whole row, one that misses a required cell."""
    rows = (
        {"so_hieu": "12/KH-UBND", "ngay": date(2026, 4, 2), "so_luong": Decimal(0), "loai": "KH"},
        {"so_hieu": "15/CV-UBND"},
    )
    return Contents(registers={"vanban": rows})
