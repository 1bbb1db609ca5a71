"""CSV files users give: as Excel in Vietnamese writes them, every fault listed with its line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.model.errors import UsageError
from cchc_xl.model.layout import DECLARED_DAYS, layout_of
from cchc_xl.model.periods import parse_period
from cchc_xl.tasks.received import read_received
from cchc_xl.tasks.values_csv import read_values

LAYOUT = layout_of(load_regime("cchc-dinh-ky", parse_period("2026-Q2")))


def _values(tmp_path: Path, text: str, encoding: str = "utf-8"):
    path = tmp_path / "values.csv"
    path.write_bytes(text.encode(encoding))
    return read_values(path, LAYOUT)


@pytest.mark.parametrize("name", DECLARED_DAYS)
def test_every_declared_day_is_taken_as_a_day(tmp_path, name):
    assert _values(tmp_path, f"indicator,value\n{name},5/7/2026\n").declarations == {name: date(2026, 7, 5)}
    with pytest.raises(UsageError):
        _values(tmp_path, f"indicator,value\n{name},30/2/2026\n")


def test_plain_and_vietnamese_numbers_kps_notes_and_blanks_are_taken(tmp_path):
    values = _values(
        tmp_path,
        "indicator,value,note\nbieu1_1,8,\nbieu3_2_1_1,5650,\nbieu3_1_1,100%,đủ\nbieu2_1,KPS\n"
        'bieu6_1_1,"37.094",\nbieu1_4_3,2\nbieu1_2_1,\n',
    )
    assert values.figures == {
        "bieu1_1": Decimal(8),
        "bieu3_2_1_1": Decimal(5650),
        "bieu3_1_1": Decimal(1),
        "bieu2_1": "KPS",
        "bieu6_1_1": Decimal(37094),
        "bieu1_4_3": Decimal(2),
        "bieu1_2_1": None,
    }
    assert values.notes == {"bieu3_1_1": "đủ"}


def test_a_file_from_vietnamese_excel_has_a_mark_and_semicolons(tmp_path):
    values = _values(tmp_path, "indicator;value;note\r\nbieu3_1_1;99,32%;\r\n", "utf-8-sig")
    assert values.figures == {"bieu3_1_1": Decimal("0.9932")}


def test_declarations_and_explanations_have_their_own_keys(tmp_path):
    rule = LAYOUT.regime.rules[0].id
    values = _values(
        tmp_path,
        "indicator,value\ncchc_tu_ngay,15/3/2026\ncchc_lan_nop,2\ncchc_ly_do,Bổ sung\n"
        f"giaitrinh:{rule},Đúng\n",
    )
    assert values.declarations == {
        "cchc_tu_ngay": date(2026, 3, 15),
        "cchc_lan_nop": 2,
        "cchc_ly_do": "Bổ sung",
    }
    assert values.explanations == {rule: "Đúng"}
    assert LAYOUT.explanation(rule) in values.places


def test_every_faulty_line_is_listed_at_once(tmp_path):
    with pytest.raises(UsageError) as refused:
        _values(
            tmp_path,
            "indicator,value\nbieu9_9,1\nbieu1_2,0.5\nbieu1_3,1\nbieu1_1,-1\nbieu1_1,2\nbieu1_4_3,7\n"
            "bieu3_2_1_1,nhiều\nbieu1_2_1,12.5\ncchc_tu_ngay,30/2/2026\n",
        )
    told = str(refused.value)
    for line in range(2, 11):
        assert f"dòng {line}:" in told
    assert "\n" not in told


def test_a_number_with_two_readings_is_refused(tmp_path):
    with pytest.raises(UsageError, match="dòng 2"):
        _values(tmp_path, "indicator,value\nbieu3_2_1_1,1.000\n")


def test_a_file_that_is_no_csv_is_one_clear_line(tmp_path):
    with pytest.raises(UsageError, match="CSV"):
        _values(tmp_path, "indicator,value\nbieu1_1,số\n", "utf-16")
    with pytest.raises(UsageError, match="indicator,value"):
        _values(tmp_path, "ma,so\nbieu1_1,8\n")


def test_receipts_are_read_by_unit(tmp_path):
    path = tmp_path / "nhan.csv"
    path.write_text(
        "unit,date,channel,report number\n11284,16/6/2026,Trục liên thông,105/BC-UBND\n11635,,,\n"
    )
    found = read_received(path, load_units())
    assert found["11284"].date == date(2026, 6, 16)
    assert found["11284"].report_number == "105/BC-UBND"
    assert found["11635"].date is None


def test_faulty_receipts_are_listed_with_their_lines(tmp_path):
    path = tmp_path / "nhan.csv"
    path.write_text("unit,date,channel,report number\n99999,16/6/2026,,\n11284,hôm qua,,\n")
    with pytest.raises(UsageError, match=r"dòng 2: .*99999.*dòng 3: .*hôm qua"):
        read_received(path, load_units())
