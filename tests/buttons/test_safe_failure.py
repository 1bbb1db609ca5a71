"""Something stops a command half way, a slow PC, a workbook in the cloud: what the officer is left with."""

from __future__ import annotations

import pytest
from support.commune_twin import REGIME, plan, twin
from support.libreoffice import press
from test_commune_buttons import EXPORTED, PASTE_STATUS, STATUS, pasted

from cchc_xl.texts.native_buttons import MACRO_WORDS

pytestmark = pytest.mark.libreoffice
FAILED = MACRO_WORDS["failed"].partition("{")[0]
REASON = ("Trang chính!C12", "Số liệu đang rà soát")
NOWHERE = "ZZZZ1"  # no cell of any sheet: reading it is a runtime error
# A PC on which every count takes three minutes, and an officer who waits three minutes before each press.
SLOW_CLOCK = ("Clock = Now\n", "Clock = Now + late\n")
SLOW_COUNT = (
    '    places = NamedRange("cchc_nut_kiem").Value\n    For i = 1 To UBound(places, 1)\n        If HasSign(',
    '    Waste 3\n    places = NamedRange("cchc_nut_kiem").Value\n    For i = 1 To UBound(places, 1)\n'
    "        If HasSign(",
)


def first_cell(name: str) -> tuple[str, int]:
    """Sheet and first row of a defined name's cells."""
    sheet, _, area = plan().names[name].lstrip("=").rpartition("!")
    return sheet.strip("'"), int(area.split(":")[0].split("$")[-1])


def column_of(name: str) -> str:
    return plan().names[name].rpartition("!")[2].split("$")[1]


def issued_locked() -> set[str]:
    return {sheet.name for sheet in plan().sheets if sheet.protected}


def broken_entry(name: str, column: int, row: int) -> tuple[str, str]:
    """A step that spoils one entry of a list the macros work through."""
    sheet, first = first_cell(name)
    return f"{sheet}!{chr(ord(column_of(name)) + column - 1)}{first + row - 1}", NOWHERE


@pytest.mark.parametrize(
    ("broken", "button", "where"),
    [
        (broken_entry("cchc_nut_noi_dung", 2, 9), "KhoiPhucCongThuc", STATUS),  # modOriginals
        (broken_entry("cchc_nut_dinh_dang", 2, 9), "KhoiPhucCongThuc", STATUS),  # modLooks
        (broken_entry("cchc_nut_dan", 5, 2), "DocBangDan", PASTE_STATUS),  # modPaste
    ],
    ids=["contents", "looks", "paste"],
)
def test_a_runtime_error_leaves_every_sheet_protected_and_is_told(tmp_path, broken, button, where):
    number = next(i.number for form in REGIME.forms[:1] for i in form.indicators[1:2])
    rows = [(REGIME.forms[0].heading, "", "", ""), (number, "x", "", "5")]
    steps = [*pasted(rows), broken, button]
    seen = press(twin(tmp_path), steps, [where])
    assert seen.after[-1][where].startswith(FAILED)
    assert set(seen.locked[0]) == issued_locked()
    assert set(seen.locked[-1]) == issued_locked()


def test_a_slow_pc_does_not_eat_the_two_minutes_for_the_second_press(tmp_path):
    clock = ("Private pressed As Date\n", "Private pressed As Date\nPrivate late As Double\n")
    path = twin(tmp_path, changes={"modCommand": [clock, SLOW_CLOCK, *wasting()], "modFaults": [SLOW_COUNT]})
    steps = [("Biểu 1!D7", -3), REASON, "XuatBanNop", "XuatBanNop"]
    seen = press(path, steps, [STATUS, EXPORTED])
    assert seen.after[2][STATUS].startswith("⚠ Còn 1 chỗ phải sửa")
    assert seen.after[3][STATUS].startswith("✔ Đã tạo tệp gửi thành phố")


def wasting():
    added = "Public Function Clock() As Date\n"
    sub = "Public Sub Waste(ByVal minutes As Double)\n    late = late + minutes / 1440\nEnd Sub\n\n"
    return [(added, sub + added)]


def test_a_second_press_after_more_than_two_minutes_asks_again(tmp_path):
    clock = ("Private pressed As Date\n", "Private pressed As Date\nPrivate late As Double\n")
    late = ("    pressed = Clock()\n", "    Waste 3\n    pressed = Clock()\n")
    path = twin(tmp_path, changes={"modCommand": [clock, SLOW_CLOCK, late, *wasting()]})
    steps = [("Biểu 1!D7", -3), REASON, "XuatBanNop", "XuatBanNop"]
    seen = press(path, steps, [STATUS, EXPORTED])
    assert seen.after[3][STATUS].startswith("⚠ Còn 1 chỗ phải sửa")
    assert seen.after[3][EXPORTED] == ""


def test_a_workbook_opened_from_the_cloud_is_exported_to_this_pc_and_the_place_is_told(tmp_path):
    documents = tmp_path / "Documents"
    documents.mkdir()
    earlier = documents / "NopCCHC_2026-Q2_11284_lan1.xlsx"
    earlier.write_bytes(b"the officer's earlier copy")
    path = twin(tmp_path, opened_from="https://d.docs.live.net/0123/CCHC", documents=str(documents))
    seen = press(path, ["XuatBanNop", "XuatBanNop"], [STATUS])
    told = seen.after[-1][STATUS]
    assert "OneDrive" in told
    assert f"lan1 (2).xlsx trong thư mục {documents} " in told
    assert earlier.read_bytes() == b"the officer's earlier copy"
    assert sorted(file.name for file in documents.iterdir()) == [
        "NopCCHC_2026-Q2_11284_lan1 (2).xlsx",
        "NopCCHC_2026-Q2_11284_lan1.xlsx",
    ]


def test_a_workbook_in_the_cloud_on_a_pc_without_documents_is_not_exported(tmp_path):
    path = twin(tmp_path, opened_from="https://example-my.sharepoint.com/personal/an")
    seen = press(path, ["XuatBanNop"], [STATUS, EXPORTED])
    assert seen.after == [{STATUS: MACRO_WORDS["export_no_folder"], EXPORTED: ""}]


def test_calculation_by_hand_stays_by_hand_and_the_figures_are_computed_all_the_same(tmp_path):
    steps = [("Biểu 3!D12", 200), ("Biểu 3!D13", 150), "TinhLaiVaKiemTra"]
    seen = press(twin(tmp_path), steps, [STATUS, "Biểu 3!D11"], manual=True)
    assert seen.after[1]["Biểu 3!D11"] == seen.before["Biểu 3!D11"]
    assert seen.after[2]["Biểu 3!D11"] == 0.75
    assert seen.after[2][STATUS].endswith(MACRO_WORDS["manual_calculation"])
    assert not seen.is_automatic
