"""A button that fails while writing leaves the workbook as it was: at every block, formulas included."""

from __future__ import annotations

import functools
import pkgutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from support.commune_samples import PERIOD, REGIME, UNIT, nam_thanh_mien
from support.fake_book import Book, Text
from support.python_buttons import modules, press_and_run, render_twin
from test_python_buttons import FILE, FORMS, PREVIOUS_FILE, planned

from cchc_xl import buttons
from cchc_xl.buttons.outcome import Block, Done, Formula
from cchc_xl.buttons.writing import write_blocks
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.errors import CchcError
from cchc_xl.model.layout import MAIN
from cchc_xl.workbooks.city.workbook import CITY_INPUTS, CONTROL, STATUS_CELL, plan_city_workbook
from cchc_xl.workbooks.commune import Contents, plan_workbook

STATUS = {MAIN: "A8", CONTROL: STATUS_CELL}
FAILED = "giữ nguyên như trước khi bấm"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dodang")
    sample = nam_thanh_mien()
    before = plan_workbook(REGIME, UNIT, PERIOD.previous(), sample)
    (folder / "kytruoc.xlsx").write_bytes(render(before))
    (folder / "dongnghiep.xlsx").write_bytes(render(plan_workbook(REGIME, UNIT, PERIOD, sample)))
    received = folder / "da-nhan"
    received.mkdir()
    for unit in load_units()[:2]:
        (received / f"{unit.code}.xlsx").write_bytes(render(plan_workbook(REGIME, unit, PERIOD, sample)))
    return folder


def held_apart_from_status(book: Book) -> dict[tuple[str, int, int], object]:
    status = {(sheet, *_place(address)) for sheet, address in STATUS.items()}
    return {place: held for place, held in book.contents().items() if place not in status}


def _place(address: str) -> tuple[int, int]:
    return int(address[1:]), ord(address[0]) - 64


def said(book: Book) -> str:
    sheet = next(s for s in book.sheets if s.name in STATUS)
    return str(sheet.held[_place(STATUS[sheet.name])])


def fail_at_every_write(
    data: bytes, path: Path, typed: dict[str, object], press: Callable[[Book], None], work: str
) -> int:
    """Press once for each block with that block failing; how many blocks there were.

    `work` is the function behind the button: the contents it sees are the same at every press, so it is run
    at the first one and its outcome is written again and again.
    """
    issued = Book(data, path)
    for place, value in typed.items():
        sheet, address = place.rsplit("!", 1)
        issued.sheets[sheet].range(address).value = [[value]]
    before = held_apart_from_status(issued)
    number = 1  # the first write says that work has begun
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, done_once(pkgutil.resolve_name(work)))
        while True:
            number += 1
            book = issued.fresh(path)
            book.fail_at(number)
            press(book)
            if book.writes == number:  # the last write only says the outcome: the button was through
                assert held_apart_from_status(book) != before
                return number - 2
            assert FAILED in said(book)
            assert held_apart_from_status(book) == before, number


def done_once(work: Callable[..., Done]) -> Callable[..., Done]:
    outcomes: list[Done] = []

    def again(*arguments: object) -> Done:
        if not outcomes:
            outcomes.append(work(*arguments))
        return outcomes[0]

    return again


@pytest.mark.parametrize(
    ("press", "work", "least"),
    [
        (buttons.kiem_tra_sau, "deep_check", 1),
        (buttons.lay_so_ky_truoc, "last_period", 7),
        (buttons.ghep_bieu, "combine_forms", 4),
    ],
)
def test_a_commune_button_failing_at_any_block_leaves_every_cell_as_it_was(
    folder: Path, press, work: str, least: int
):
    typed = {PREVIOUS_FILE: str(folder / "kytruoc.xlsx"), FILE: str(folder / "dongnghiep.xlsx")}
    typed |= {FORMS: "6", "Biểu 1!D7": "=1+2", "Biểu 1!E8": "'=không phải công thức", "Biểu 1!F7": "'00123"}
    data = render(planned(Contents(figures={"bieu3_2_1_1": Decimal(7)})))
    behind = f"cchc_xl.buttons.commune.{work}"
    assert fail_at_every_write(data, folder / "trong.xlsm", typed, press, behind) >= least


def test_the_merge_button_failing_at_any_sheet_leaves_every_formula_as_it_was(folder: Path):
    data = render(plan_city_workbook(load_scope(REGIME.id, PERIOD, load_units()[:4])))
    typed = {f"{CONTROL}!{CITY_INPUTS['cchc_tp_thu_muc']}": str(folder / "da-nhan")}
    path, behind = folder / "TongHop.xlsm", "cchc_xl.buttons.city.merge_all"
    assert fail_at_every_write(data, path, typed, buttons.gop_cac_xa, behind) >= 9


@functools.cache
def _blank_book() -> Book:
    return Book(render(plan_workbook(REGIME, UNIT, PERIOD)), Path("/khong/CCHC.xlsm"))


def small_book() -> Book:
    book = _blank_book().fresh(Path("/khong/CCHC.xlsm"))
    held = {(7, 4): 5, (7, 5): "=1+1", (7, 6): "#N/A", (8, 4): Text("=chữ"), (8, 5): Text("TRUE")}
    book.sheets["Biểu 1"].held.update(held)
    return book


BLOCK = Block("Biểu 1", "D7", ((1, 2, 3), ("a", "b", Formula("=2+2"))))


def test_formulas_errors_and_marked_texts_come_back_as_what_they_were():
    book = small_book()
    before = book.contents()
    book.fail_at(2)
    with pytest.raises(RuntimeError, match="as asked"):
        write_blocks(book, [BLOCK, Block("Biểu 2", "D7", ((1,),))])
    assert book.contents() == before
    assert isinstance(book.sheets["Biểu 1"].held[8, 4], Text)
    assert isinstance(book.sheets["Biểu 1"].held[8, 5], Text)


def test_cells_that_refuse_to_come_back_are_named_and_all_others_are_restored():
    book = small_book()
    before = book.contents()
    book.fail_at(2, 3)  # the second block, then the restoring of the first
    with pytest.raises(CchcError, match="Biểu 1") as stopped:
        write_blocks(book, [BLOCK, Block("Biểu 2", "D7", ((1,),))])
    assert "không lưu" in str(stopped.value)
    elsewhere = {place: held for place, held in book.contents().items() if place[0] != "Biểu 1"}
    assert elsewhere == {place: held for place, held in before.items() if place[0] != "Biểu 1"}


def test_where_formulas_are_not_told_nothing_is_written(monkeypatch: pytest.MonkeyPatch):
    from support.fake_book import Range

    def untold(_):
        raise NotImplementedError

    monkeypatch.setattr(Range, "formula", property(untold))
    book = small_book()
    before = book.contents()
    with pytest.raises(CchcError, match="chưa ghi gì"):
        write_blocks(book, [BLOCK])
    assert (book.contents(), book.writes) == (before, 0)


def test_what_a_remote_program_would_write_later_is_dropped_as_a_whole():
    book = small_book()
    queue = [{"func": "setValues", "values": "Đang chạy"}]
    book.json = lambda: {"actions": queue}
    write_blocks(book, [])
    counted = book.counted

    def collected():
        queue.append({"func": "setValues"})
        return counted()

    book.counted = collected
    book.fail_at(2)
    with pytest.raises(RuntimeError, match="as asked"):
        write_blocks(book, [BLOCK, BLOCK])
    assert queue == [{"func": "setValues", "values": "Đang chạy"}]


@pytest.mark.libreoffice
def test_in_libreoffice_a_failing_write_leaves_values_and_formulas_as_they_were(folder: Path, tmp_path: Path):
    path = tmp_path / "trong.xlsm"
    path.write_bytes(render_twin(planned(Contents()), modules("commune")))
    steps = [["type", FILE, str(folder / "dongnghiep.xlsx")], ["fail", 5], ["press", "NhapTuTep"]]
    steps += [["fail", None], ["press", "NhapTuTep"]]
    run = press_and_run(path, steps)
    before, after, imported = run.snapshots[1], run.snapshots[3], run.snapshots[5]
    assert FAILED in after[MAIN].pop(STATUS[MAIN])
    for snapshot in (before, after):
        snapshot["xlwings.conf"] = {}
    before[MAIN].pop(STATUS[MAIN])
    assert after == before
    assert imported["Biểu 3"] != before["Biểu 3"]
