"""The list of reporting units and its strict reader."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from cchc_xl.catalogue import load_units
from cchc_xl.model.errors import UsageError


def test_hai_phong_has_114_units_of_three_types() -> None:
    assert Counter(unit.type for unit in load_units()) == {"Xã": 67, "Phường": 45, "Đặc khu": 2}
    names = {unit.code: unit.running_name for unit in load_units()}
    assert names["11284"] == "xã Nam Thanh Miện"
    assert (names["10888"], names["10903"]) == ("xã Cẩm Giang", "xã Cẩm Giàng")


def test_the_unit_list_is_that_of_a_second_source() -> None:
    provinces = pytest.importorskip("vietnam_provinces")
    wards = provinces.Ward.iter_by_province(provinces.ProvinceCode.P_31)
    theirs = {f"{int(ward.code):05d}": ward.name for ward in wards}
    assert {unit.code: unit.full_name for unit in load_units()} == theirs


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ma,loai,ten\n", "dòng 1"),
        ("code,type,name\n", "chưa có đơn vị nào"),
        ("code,type,name\n1128,Xã,Nam Thanh Miện\n", "dòng 2: mã «1128»"),
        ("code,type,name\n11284,Thị trấn,Nam Thanh Miện\n", "loại «Thị trấn»"),
        ("code,type,name\n11284,Xã,Nam Thanh Miê\u0323n\n", "dòng 2: tên"),
        ("code,type,name\n11284,Xã\n", "cần 3 cột, đang có 2"),
        ("code,type,name\n11284,Xã,A\n11284,Xã,B\n", "dòng 3: mã 11284 có hai lần"),
        ("code,type,name\n11284,Xã,A\n11285,Xã,A\n", "dòng 3: tên Xã A có hai lần"),
    ],
)
def test_a_faulty_unit_list_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "don-vi.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(said)):
        load_units(path)


def test_a_unit_list_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Không mở được"):
        load_units(tmp_path / "khong-co.csv")
    path = tmp_path / "ansi.csv"
    path.write_bytes("code,type,name\n11284,Xã,A\n".encode("latin-1"))
    with pytest.raises(UsageError, match="UTF-8"):
        load_units(path)
