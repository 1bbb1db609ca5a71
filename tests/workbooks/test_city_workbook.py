"""The city workbook: its merge button leaves what the command line writes, cell by cell."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from support.command_line import run
from support.libreoffice import recalculate
from support.python_buttons import modules, press_and_run, remote_run, render_twin

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.vba.workbook import render_with_macros
from cchc_xl.model.layout import EXCHANGE
from cchc_xl.model.periods import parse_period
from cchc_xl.workbooks.city.workbook import CITY_INPUTS, CONTROL, STATUS_CELL, plan_city_workbook
from cchc_xl.workbooks.summary.wording import BY_UNIT, COMPARISON, FINDINGS, TOTALS

PERIOD = parse_period("2026-Q2")
REGIME = load_regime("cchc-dinh-ky", PERIOD)
FOLDER, PREVIOUS = (
    f"{CONTROL}!{CITY_INPUTS['cchc_tp_thu_muc']}",
    f"{CONTROL}!{CITY_INPUTS['cchc_tp_ky_truoc']}",
)
PERIOD_CELL = f"{CONTROL}!{CITY_INPUTS['cchc_tp_ky']}"
EMPTY_STATE = "Quý II năm 2026 – Đang tổng hợp (0/114 đơn vị đã nhận đủ)"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """114 submissions, and the summary the command line makes of them."""
    folder = tmp_path_factory.mktemp("minh-hoa")
    assert run("demo", folder).returncode == 0
    done = run("merge", folder / "da-nop", "--period", PERIOD, "--out", folder / "lenh.xlsx")
    assert done.returncode == 1, done.stderr  # faults are planted
    return folder


@pytest.fixture(scope="module")
def few(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen of them, faults included: what the other buttons are tried on."""
    folder = tmp_path_factory.mktemp("vai-don-vi")
    (folder / "da-nop").mkdir()
    held = ("10537", "10540", "10633", "10756")
    every = sorted((demo / "da-nop").glob("CCHC_2026-Q2_*.xlsx"))
    for file in (*every[20:28], *(f for f in every if any(code in f.name for code in held))):
        shutil.copy(file, folder / "da-nop")
    done = run("merge", folder / "da-nop", "--period", PERIOD, "--out", folder / "lenh.xlsx")
    assert done.returncode == 1, done.stderr
    return folder


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("thanh-pho") / "TongHop.xlsm"
    path.write_bytes(render_twin(plan_city_workbook(load_scope(REGIME.id, PERIOD)), modules("city")))
    return path


def stored(path: Path) -> dict[str, dict[str, object]]:
    """Values and formulas of a file, as an independent program reads them."""
    return {sheet.title: _cells(sheet) for sheet in openpyxl.load_workbook(path)}


def _cells(sheet) -> dict[str, object]:
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return {cell.coordinate: _plain(cell.value) for cell in cells if cell.value not in (None, "")}


def _plain(value: object) -> object:
    return value.date().isoformat() if isinstance(value, datetime) else value


def test_the_merge_button_writes_what_the_command_line_writes_cell_by_cell(demo: Path, city: Path):
    cells = remote_run(city, "gop_cac_xa", {FOLDER: str(demo / "da-nop")})
    assert "Đã gộp Quý II năm 2026" in cells[CONTROL][STATUS_CELL]
    expected = stored(demo / "lenh.xlsx")
    assert sum(map(len, expected.values())) > 10_000
    for sheet, theirs in expected.items():
        assert cells[sheet] == theirs, sheet


@pytest.mark.libreoffice
def test_pressed_buttons_leave_the_same_live_figures_as_the_command_line(few: Path, city: Path):
    steps = [
        ["type", FOLDER, str(few / "da-nop")],
        ["press", "GopCacXa"],
        ["press", "KiemTraTatCa"],
        ["press", "XuatDanhSachDonDoc"],
        ["type", PREVIOUS, str(few / "lenh.xlsx")],
        ["press", "SoVoiKyTruoc"],
    ]
    pressed = press_and_run(city, steps, timeout=400)
    compared = few / "sosanh.xlsx"
    run("merge", few / "da-nop", "--period", PERIOD, "--out", compared, "--previous", few / "lenh.xlsx")
    both = recalculate([few / "lenh.xlsx", compared])
    expected = both[few / "lenh.xlsx"]
    merged, checked, reminded = pressed.snapshots[2], pressed.snapshots[3], pressed.snapshots[4]
    for sheet, theirs in expected.items():
        shown = {address: value for address, value in merged[sheet].items() if value != ""}
        assert shown == pytest.approx({a: v for a, v in theirs.items() if v != ""}), sheet
    assert checked[FINDINGS] == merged[FINDINGS]
    assert checked[TOTALS] == merged[TOTALS]
    assert "Chưa gửi" in reminded["Đôn đốc"].values()
    shown = {address: value for address, value in pressed.snapshots[6][COMPARISON].items() if value != ""}
    theirs = {a: v for a, v in both[compared][COMPARISON].items() if v != ""}
    assert shown == pytest.approx(theirs)
    assert shown != merged[COMPARISON]
    assert TOTALS in pressed.locked


def test_checking_all_leaves_the_totals_alone(few: Path, city: Path):
    before = stored(city)
    cells = remote_run(city, "kiem_tra_tat_ca", {FOLDER: str(few / "da-nop")})
    assert cells[FINDINGS] == stored(few / "lenh.xlsx")[FINDINGS]
    assert cells[CONTROL][STATUS_CELL].startswith("Đã kiểm tra:")
    assert cells[BY_UNIT]["A2"] == before[BY_UNIT]["A2"] == EMPTY_STATE
    assert cells[TOTALS]["A4"] == before[TOTALS]["A4"]


def test_comparing_needs_the_previous_summary_and_then_shows_it(few: Path, city: Path):
    typed = {FOLDER: str(few / "da-nop")}
    alone = remote_run(city, "so_voi_ky_truoc", typed)
    assert alone[CONTROL][STATUS_CELL].startswith("Chưa ghi tệp tổng hợp kỳ trước ở ô C7")
    with_previous = remote_run(city, "so_voi_ky_truoc", {**typed, PREVIOUS: str(few / "lenh.xlsx")})
    target = few / "sosanh.xlsx"
    run("merge", few / "da-nop", "--period", PERIOD, "--out", target, "--previous", few / "lenh.xlsx")
    assert with_previous[COMPARISON] == stored(target)[COMPARISON]


def test_the_reminder_list_names_every_unit_missing_or_held_and_is_written_beside(few: Path, city: Path):
    from cchc_xl.buttons.city import remind
    from cchc_xl.buttons.open_city import CityBook
    from cchc_xl.tasks.merge import MergeRequest, read_city
    from cchc_xl.workbooks.city.reminders_sheet import reminder_text, reminders_of

    control = {CITY_INPUTS["cchc_tp_ky"]: "Q2/2026", CITY_INPUTS["cchc_tp_thu_muc"]: str(few / "da-nop")}
    book = CityBook(city.name, city.parent, {**control, "C9": REGIME.id}, {}, load_units())
    done = remind(book)
    merged = read_city(MergeRequest(load_scope(REGIME.id, PERIOD), few / "da-nop", few / "x.xlsx")).merged
    expected = reminders_of(merged)
    silent = ("Chưa gửi", "Không đọc được")
    assert {r.code for r in expected if r.state in silent} == {u.code for u in merged.missing}
    text = (city.parent / "DonDoc_2026-Q2.txt").read_text(encoding="utf-8-sig")
    assert text == reminder_text(merged)
    assert all(r.unit in text for r in expected if r.code)
    sheet = stored(city.parent / "DonDoc_2026-Q2.xlsx")["Đôn đốc"]
    assert [sheet[f"C{5 + n}"] for n in range(len(expected))] == [r.unit for r in expected]
    assert str(len(expected)) in done.message
    cells = remote_run(city, "xuat_danh_sach_don_doc", {FOLDER: str(few / "da-nop")}, saved=True)
    assert cells[CONTROL][STATUS_CELL] == done.message
    assert [cells["Đôn đốc"][f"C{5 + n}"] for n in range(len(expected))] == [r.unit for r in expected]
    unsaved = remote_run(city, "xuat_danh_sach_don_doc", {FOLDER: str(few / "da-nop")})
    assert unsaved[CONTROL][STATUS_CELL] == texts.text("city_unsaved")
    assert "C5" not in unsaved["Đôn đốc"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, "Chưa ghi thư mục tệp đã nhận ở ô C6"),
        ({FOLDER: "/khong/co"}, "không đọc được thư mục"),
        ({FOLDER: "/tmp", PERIOD_CELL: "quý hai"}, "Không hiểu kỳ báo cáo"),
    ],
)
def test_what_is_missing_is_said_in_one_line_and_nothing_is_written(city: Path, typed, expected: str):
    cells = remote_run(city, "gop_cac_xa", typed)
    assert expected in cells[CONTROL][STATUS_CELL]
    assert "\n" not in cells[CONTROL][STATUS_CELL]


def test_a_commune_button_on_the_city_workbook_says_so(city: Path):
    cells = remote_run(city, "kiem_tra_sau", {})
    assert EXCHANGE in cells[CONTROL][STATUS_CELL]


def test_the_same_plan_gives_the_same_workbook_and_every_button_is_explained():
    plan = plan_city_workbook(load_scope(REGIME.id, PERIOD))
    first = render_with_macros(plan, modules("city"))
    assert first == render_with_macros(plan, modules("city"))
    for sheet in plan.sheets:
        for button in sheet.buttons:
            assert button.caption.strip(), button.macro
            assert button.help.strip(), button.macro
