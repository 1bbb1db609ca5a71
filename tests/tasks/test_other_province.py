"""Another province brings its own list of units: every command and every Python button works with it."""

from __future__ import annotations

import json
import pickle
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.command_line import assert_refused, run
from support.commune_samples import nam_thanh_mien
from support.libreoffice import recalculate
from support.python_buttons import modules, press_and_run, remote_run, render_twin
from support.samples_of_submissions import figures
from support.through_time_files import write_submission

from cchc_xl.buttons.open_city import city_book
from cchc_xl.catalogue.loader import regime_ids
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.read.live_workbook import LiveSheet
from cchc_xl.model import Observation, ReportingUnit, Status
from cchc_xl.model.layout import EXCHANGE, EXCHANGE_INPUTS, MAIN, PREVIOUS, layout_of
from cchc_xl.model.periods import parse_period
from cchc_xl.tasks.templates import template_files
from cchc_xl.workbooks.city.units_sheet import UNITS as UNITS_SHEET
from cchc_xl.workbooks.city.workbook import CITY_INPUTS, CONTROL, STATUS_CELL, plan_city_workbook
from cchc_xl.workbooks.commune import Contents, plan_workbook
from cchc_xl.workbooks.commune.button_sheets import with_buttons, with_python_buttons
from cchc_xl.workbooks.summary.wording import COMPARISON, COVERAGE, FINDINGS

Q1, Q2 = parse_period("2026-Q1"), parse_period("2026-Q2")
# One name is also a name in Hải Phòng, one code is too: neither makes it that unit.
LIST = """code,type,name
90001,Xã,Minh Họa Một
90002,Phường,Minh Họa Hai
11284,Xã,Minh Họa Ba
90004,Xã,Tiên Lãng
"""
LAYOUT = layout_of(load_scope("cchc-dinh-ky", Q2).regime)
FILE, PREVIOUS_FILE = (
    f"{EXCHANGE}!{EXCHANGE_INPUTS['cchc_py_tep']}",
    f"{EXCHANGE}!{EXCHANGE_INPUTS['cchc_py_ky_truoc']}",
)
FOLDER, BEFORE = f"{CONTROL}!{CITY_INPUTS['cchc_tp_thu_muc']}", f"{CONTROL}!{CITY_INPUTS['cchc_tp_ky_truoc']}"


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list, and what three of its four units sent in two quarters."""
    folder = tmp_path_factory.mktemp("tinh")
    (folder / "don-vi.csv").write_text(LIST, encoding="utf-8")
    for number, unit in enumerate(units_of(folder)[:3]):
        for period in (Q1, Q2):
            write_submission(folder / str(period), period, figures(number), unit=unit)
    return folder


def units_of(folder: Path):
    return load_units(folder / "don-vi.csv")


def shown(path: Path, sheet: str) -> dict[str, object]:
    """Values as stored."""
    cells = (cell for row in openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows() for cell in row)
    return {cell.coordinate: cell.value for cell in cells if cell.value not in (None, "")}


# --- commands --------------------------------------------------------------------------------------------


def test_a_province_with_its_own_units_is_issued_read_and_merged(province: Path, tmp_path: Path):
    units = province / "don-vi.csv"
    folder, ledger = tmp_path / "da-nop", tmp_path / "ledger.json"
    issued = run("issue", "--period", Q2, "--unit", "90001", "--units", units, "--plain", "--out", folder)
    assert issued.returncode == 0, issued.stderr
    file = next(folder.glob("*.xlsx"))
    assert json.loads(run("read", file, "--json", "--units", units).stdout)["unit"]["code"] == "90001"
    assert run("check", file).returncode == 1, "not a unit of the city"
    summary = tmp_path / "TongHop.xlsx"
    asked = ("--period", "2026-Q2", "--out", summary, "--json", ledger, "--units", units)
    merged = run("merge", folder, *asked)
    assert merged.returncode in (0, 1), merged.stderr
    coverage = json.loads(ledger.read_text(encoding="utf-8"))["coverage"]
    assert (coverage["expected"], coverage["missing"]) == (4, ["90002", "11284", "90004"])


def test_the_earlier_figures_of_its_units_are_found_when_blanks_are_issued(province: Path, tmp_path: Path):
    asked = ("--period", Q2, "--all", "--units", province / "don-vi.csv", "--plain", "--out", tmp_path)
    done = run("issue", *asked, "--previous", province / str(Q1))
    assert done.returncode == 0, done.stderr
    assert "Xã Tiên Lãng" in done.stdout and "Xã Minh Họa Một" not in done.stdout
    for number, unit in enumerate(units_of(province)[:3]):
        (blank,) = tmp_path.glob(f"*_{unit.code}_*.xlsx")
        sheet, cell = LAYOUT.place("bieu3_2_1_1", PREVIOUS)
        assert openpyxl.load_workbook(blank)[sheet][cell].value == figures(number)["bieu3_2_1_1"]


@pytest.fixture
def fallen(province: Path, tmp_path: Path) -> Path:
    """A submission whose cumulative disbursement is below last quarter's."""
    own = figures(0) | {"bieu6_1_2": Decimal(1)}
    return write_submission(tmp_path / "nop", Q2, own, unit=units_of(province)[0])


def test_check_and_merge_compare_with_the_earlier_figures_of_its_units(
    province: Path, fallen: Path, tmp_path: Path
):
    asked = ("--units", province / "don-vi.csv", "--previous", province / str(Q1))
    done = run("check", fallen, *asked)
    assert "nhỏ hơn số lũy kế kỳ trước" in done.stdout, done.stdout + done.stderr
    out = tmp_path / "x.xlsx"
    assert run("merge", fallen.parent, "--period", Q2, "--out", out, *asked).returncode == 0
    assert any("nhỏ hơn số lũy kế kỳ trước" in str(value) for value in shown(out, FINDINGS).values())
    assert any(
        str(value).startswith("Quý II năm 2026 so với Quý I năm 2026")
        for value in shown(out, COMPARISON).values()
    )


def test_its_quarters_are_rolled_up(province: Path, tmp_path: Path):
    folders = (province / str(Q1), province / str(Q2))
    done = run("rollup", *folders, "--to", "2026-S1", "--out", tmp_path, "--units", province / "don-vi.csv")
    assert {path.name[13:18] for path in tmp_path.iterdir()} == {"90001", "90002", "11284"}, done.stderr


def test_the_ready_to_use_workbooks_are_made_for_its_units(province: Path, tmp_path: Path):
    files = {file.name: file for file in template_files(units_of(province))}
    assert sum("_11284_Minh-Hoa-Ba.xls" in name for name in files) == 2 * len(regime_ids())
    (tmp_path / "TongHop.xlsm").write_bytes(files["TongHop.xlsm"].content())
    listed = openpyxl.load_workbook(tmp_path / "TongHop.xlsm")[UNITS_SHEET]
    assert "".join(f"{','.join(cell.value for cell in row)}\n" for row in listed.iter_rows()) == LIST
    assert listed.sheet_state == "veryHidden"
    assert_refused(run("templates", "--out", tmp_path, "--units", tmp_path / "khong-co.csv"), "khong-co.csv")


# --- buttons of a commune --------------------------------------------------------------------------------


def commune_twin(unit: ReportingUnit, contents: Contents) -> bytes:
    scope = load_scope("cchc-dinh-ky", Q2)
    plan = with_buttons(
        plan_workbook(scope.regime, unit, Q2, contents), scope.regime, plan_workbook(scope.regime, unit, Q2)
    )
    return render_twin(with_python_buttons(plan, scope.subject(unit)), modules("commune"))


@pytest.fixture(scope="module")
def officer(province: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A commune's PC: its workbook with buttons, last quarter's, a colleague's, and another unit's."""
    folder = tmp_path_factory.mktemp("xa")
    scope, unit = load_scope("cchc-dinh-ky", Q2), units_of(province)[0]
    (folder / "trong.xlsm").write_bytes(commune_twin(unit, Contents()))
    write_submission(folder / "truoc", Q1, nam_thanh_mien().figures, unit=unit)
    write_submission(folder / "ban", Q2, nam_thanh_mien().figures, unit=unit)
    write_submission(folder / "khac", Q1, nam_thanh_mien().figures, unit=units_of(province)[1])
    assert scope.units.find(unit.code, unit.full_name) is None
    return folder


def only(folder: Path) -> str:
    (path,) = folder.iterdir()
    return str(path)


@pytest.mark.libreoffice
def test_each_button_of_a_commune_of_another_province_does_its_work(officer: Path):
    steps = [
        ["type", PREVIOUS_FILE, only(officer / "truoc")],
        ["press", "LaySoKyTruoc"],
        ["press", "KiemTraSau"],
        ["type", FILE, only(officer / "ban")],
        ["press", "NhapTuTep"],
        ["press", "GhepBieu"],
    ]
    run_ = press_and_run(officer / "trong.xlsm", steps)
    previous, checked, imported, combined = (run_.snapshots[n] for n in (2, 3, 5, 6))
    sheet, cell = LAYOUT.place("bieu3_2_1_1", PREVIOUS)
    assert previous[sheet][cell] == 5650 and previous[MAIN]["A8"].startswith("Đã điền")
    assert checked[MAIN]["A8"].startswith("Kiểm tra sâu: 1 lỗi, 0 cảnh báo")  # nothing was filled in yet
    assert "đã đối chiếu với CCHC_2026-Q1_90001_1.xlsx" in checked[MAIN]["A8"]
    sheet, cell = LAYOUT.place("bieu3_2_1_1")
    assert imported[sheet][cell] == 5650 and "điền 0 ô, thay 0 ô" in combined[MAIN]["A8"]


def test_last_period_s_file_of_another_unit_is_refused_by_name(officer: Path):
    cells = remote_run(officer / "trong.xlsm", "lay_so_ky_truoc", {PREVIOUS_FILE: only(officer / "khac")})
    assert "là sổ tính của Phường Minh Họa Hai, Quý I năm 2026" in cells[MAIN]["A8"]
    assert "cần sổ tính của Xã Minh Họa Một, Quý I năm 2026" in cells[MAIN]["A8"]


@pytest.mark.parametrize("number", [2, 3])
def test_a_code_or_a_name_of_hai_phong_does_not_make_it_that_unit(
    province: Path, tmp_path: Path, number: int
):
    unit = units_of(province)[number]
    (tmp_path / "xa.xlsm").write_bytes(commune_twin(unit, nam_thanh_mien()))
    path = write_submission(tmp_path / "truoc", Q1, figures(1), unit=unit)
    cells = remote_run(tmp_path / "xa.xlsm", "lay_so_ky_truoc", {PREVIOUS_FILE: str(path)})
    assert cells[MAIN]["A8"].startswith("Đã điền"), cells[MAIN]["A8"]


def stated(code: str, name: str) -> ReportingUnit | None:
    return load_units().opened().find(code, name)


def test_an_open_list_takes_what_a_workbook_states_and_nothing_less():
    own = load_units()[0]
    assert stated(own.code, own.full_name) is own
    assert stated("90001", "Xã Minh Họa Một") == ReportingUnit("90001", "Xã", "Minh Họa Một")
    assert stated("90003", "Đặc khu Minh Họa") == ReportingUnit("90003", "Đặc khu", "Minh Họa")
    assert stated("9001", "Xã Minh Họa") is stated("90001", "Minh Họa") is stated("90001", "Xã ") is None
    other = load_units()[1]
    found = stated(own.code, other.full_name)  # its code beside another's name: contradictory, for both lists
    assert found is own and load_units().opened().names_another(own, other.full_name)
    assert load_units().find("90001", "Xã Minh Họa Một") is None


# --- buttons of the city ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def city(province: Path) -> Path:
    path = province / "TongHop.xlsm"
    path.write_bytes(
        render_twin(plan_city_workbook(load_scope("cchc-dinh-ky", Q2, units_of(province))), modules("city"))
    )
    for period in (Q1, Q2):
        merge(province, period)
    merge(province, Q2, "sosanh.xlsx", "--previous", province / f"{Q1}.xlsx")
    return path


def merge(province: Path, period: object, name: str = "", *more: object) -> None:
    out = province / (name or f"{period}.xlsx")
    units = ("--units", province / "don-vi.csv")
    done = run("merge", province / str(period), "--period", period, "--out", out, *units, *more)
    assert done.returncode == 0, done.stderr


@pytest.mark.libreoffice
def test_the_city_s_buttons_leave_what_the_command_line_writes(province: Path, city: Path):
    steps = [
        ["type", FOLDER, str(province / str(Q2))],
        ["press", "GopCacXa"],
        ["press", "XuatDanhSachDonDoc"],
        ["press", "KiemTraTatCa"],
        ["type", BEFORE, str(province / f"{Q1}.xlsx")],
        ["press", "SoVoiKyTruoc"],
    ]
    pressed = press_and_run(city, steps, timeout=400)
    written = recalculate([province / f"{Q2}.xlsx", province / "sosanh.xlsx"])
    merged, reminded, checked, compared = (pressed.snapshots[n] for n in (2, 3, 4, 6))
    for sheet, theirs in written[province / f"{Q2}.xlsx"].items():
        mine = {address: value for address, value in merged[sheet].items() if value != ""}
        assert mine == pytest.approx({a: v for a, v in theirs.items() if v != ""}), sheet
    assert "Xã Tiên Lãng" in reminded["Đôn đốc"].values()
    assert checked[CONTROL][STATUS_CELL].startswith("Đã kiểm tra: 0 lỗi"), checked[CONTROL][STATUS_CELL]
    assert "1 chưa gửi" in merged[CONTROL][STATUS_CELL]
    theirs = {a: v for a, v in written[province / "sosanh.xlsx"][COMPARISON].items() if v != ""}
    assert {a: v for a, v in compared[COMPARISON].items() if v != ""} == pytest.approx(theirs)
    assert theirs != {a: v for a, v in merged[COMPARISON].items() if v != ""}


def test_a_damaged_list_of_units_stops_the_button_in_one_line(province: Path, city: Path):
    typed = {FOLDER: str(province / str(Q2)), f"{UNITS_SHEET}!A3": "90001"}
    cells = remote_run(city, "gop_cac_xa", typed)
    assert "mã 90001 có hai lần" in cells[CONTROL][STATUS_CELL]
    assert shown(city, COVERAGE) == cells[COVERAGE]


def test_a_city_workbook_made_before_it_carried_a_list_is_hai_phong_s():
    assert city_book("TongHop.xlsm", None, LiveSheet(()), {}).units == load_units()


# --- what workers hand over ------------------------------------------------------------------------------


def test_an_observation_comes_back_from_a_worker_with_every_field():
    given = Observation("bieu1_1", Status.VALUE, Decimal(8), "Biểu 1", "D9", "ghi chú", "chữ")
    told = pickle.loads(pickle.dumps(given))
    assert told == given
    assert all(getattr(given, field.name) for field in fields(given)), "a new field needs a value here"
