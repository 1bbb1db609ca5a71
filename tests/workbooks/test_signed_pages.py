"""The pages that are signed, printed by LibreOffice and read back: every figure and word that was typed."""

from __future__ import annotations

import pytest
from support.places import EXAMPLES
from support.signed_pages import (
    DOCUMENTS,
    NOTE_LENGTH,
    NOTES,
    full_contents,
    of_sheet,
    printed,
    signed,
    three_kinds,
)

from cchc_xl.catalogue import load_regime
from cchc_xl.catalogue.loader import regime_ids
from cchc_xl.figures.live.values import live_values
from cchc_xl.figures.live.vietnamese_text import shown_text
from cchc_xl.model import Kind, Regime, ReportingUnit
from cchc_xl.model.layout import SLIP
from cchc_xl.model.periods import parse_period
from cchc_xl.workbooks.commune import Contents, plan_workbook

UNITS = three_kinds()
Pages = dict[str, list[Printed]]


def _regime(regime_id: str) -> Regime:
    return load_regime(regime_id, parse_period("2026-M06" if regime_id == "tthc-thang" else "2026-Q2"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Pages by "regime unit": full ones for three kinds of unit, and blank ones."""
    plans = {}
    for regime_id in regime_ids():
        regime = _regime(regime_id)
        period = parse_period("2026-M06" if regime_id == "tthc-thang" else "2026-Q2")
        for unit in UNITS:
            plan = plan_workbook(regime, unit, period, full_contents(regime))
            plans[f"{regime_id} {unit.code}"] = signed(plan, regime)
        plans[f"{regime_id} blank"] = signed(plan_workbook(regime, UNITS[0], period, Contents()), regime)
    return printed(plans, tmp_path_factory.mktemp("signed"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.type)
@pytest.mark.parametrize("regime_id", regime_ids())
def test_every_figure_and_note_typed_is_on_the_signed_appendix(
    regime_id: str, unit: ReportingUnit, pages: Pages
) -> None:
    regime, contents = _regime(regime_id), full_contents(_regime(regime_id))
    appendix = of_sheet(pages[f"{regime_id} {unit.code}"], regime.appendix_sheet)
    text = " ".join(page.text for page in appendix)
    words = text.split()
    figures = live_values(regime, contents.figures).figures
    for form in regime.printed_forms:
        for indicator in form.figures:
            said = shown_text(indicator, figures.get(indicator.code))
            assert in_order(said.split(), iter(words)), indicator.code
    assert len(contents.notes) == NOTES
    assert {len(said) for said in contents.notes.values()} == {NOTE_LENGTH}
    for said in contents.notes.values():
        assert f") {said}" in text
    assert f"Báo cáo số 215/BC-UBND ngày 08 tháng 6 năm 2026 của UBND {unit.running_name})" in text
    assert "UBND xã)" not in text
    assert "không bắt buộc" not in text.lower()
    assert "chờ thành phố" not in text
    assert ("PHÓ CHỦ TỊCH Trần Thị Bình" in text) == regime.signed_below
    assert "NGƯỜI LẬP" not in text


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.type)
def test_registers_print_every_row_and_no_other(unit: ReportingUnit, pages: Pages) -> None:
    for regime_id in regime_ids():
        regime = _regime(regime_id)
        for register in regime.registers:
            rows = full_contents(regime).registers[register.code]
            printed_pages = of_sheet(pages[f"{regime_id} {unit.code}"], register.sheet)
            text = " ".join(page.text for page in printed_pages)
            assert f"Danh mục có {len(rows)} dòng" in text
            assert len(rows) == (DOCUMENTS if register.series else TASKS)
            titled = [c for c in register.inputs if c.kind is Kind.TEXT and c.required]
            for number, row in enumerate(rows, start=1):
                assert f" {number} " in text
                for column in titled:
                    assert in_order(str(row[column.code]).split(), iter(text.split())), (
                        register.code,
                        number,
                    )
            assert "Đã chuẩn bị" not in text
            assert len(of_sheet(pages[f"{regime_id} blank"], register.sheet)) == 1


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.type)
def test_the_slip_is_one_page_with_both_names_and_the_report(unit: ReportingUnit, pages: Pages) -> None:
    for regime_id in regime_ids():
        (slip,) = of_sheet(pages[f"{regime_id} {unit.code}"], SLIP)
        for said in ("NGƯỜI LẬP", "NGƯỜI DUYỆT", "Nguyễn Văn An", "Trần Thị Bình", unit.full_name):
            assert said in slip.text
        assert "Số 215/BC-UBND ngày 08 tháng 6 năm 2026" in slip.text
        assert "ngày 18 tháng 6 năm 2026" in slip.text


def test_the_targets_stand_on_the_signed_page_with_level_result_and_verdict(pages: Pages) -> None:
    regime = _regime("dot-pha")
    *_, last = of_sheet(pages[f"dot-pha {UNITS[0].code}"], regime.appendix_sheet)
    assert "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Thị Bình" in last.text
    text = " ".join(page.text for page in of_sheet(pages[f"dot-pha {UNITS[0].code}"], regime.appendix_sheet))
    for row in full_contents(regime).registers["dotphachitieu"]:
        assert in_order(str(row["cong_viec"]).split(), iter(text.split()))
    assert "Chưa đạt" in text
    assert ",00%" not in text.partition("Bảng 2")[2]


def test_the_periodic_report_is_signed_on_ten_pages_at_most(pages: Pages) -> None:
    regime = _regime("cchc-dinh-ky")
    blank = pages["cchc-dinh-ky blank"]
    sheets = (regime.appendix_sheet, SLIP, *(register.sheet for register in regime.registers))
    assert sum(len(of_sheet(blank, sheet)) for sheet in sheets) <= 10
    assert len(of_sheet(pages[f"cchc-dinh-ky {UNITS[0].code}"], regime.appendix_sheet)) <= 7


@pytest.mark.parametrize("regime_id", regime_ids())
def test_no_page_holds_a_signature_and_less_than_three_rows(regime_id: str, pages: Pages) -> None:
    regime = _regime(regime_id)
    if not regime.signed_below:
        return
    *_, last = of_sheet(pages[f"{regime_id} {UNITS[0].code}"], regime.appendix_sheet)
    labels = [i.label for form in regime.printed_forms for i in form.figures]
    targets = [str(row["cong_viec"]) for row in full_contents(regime).registers.get("dotphachitieu", ())]
    words = last.text.split()
    assert sum(in_order(label.split(), iter(words)) for label in (*labels, *targets)) >= 3


def test_rows_of_the_samples_tables_are_printed_in_their_order(pages: Pages) -> None:
    regime = _regime("cchc-dinh-ky")
    pages_of_unit = of_sheet(pages[f"cchc-dinh-ky {UNITS[0].code}"], regime.appendix_sheet)
    words = iter([word for page in pages_of_unit for word in page.labels])
    sample = (EXAMPLES / "nam-thanh-mien-2026-Q2.txt").read_text(encoding="utf-8")
    rows = 0
    for line in sample.partition("Phụ lục III")[2].splitlines():
        number, _, rest = line.partition("\t")
        label = rest.split("\t")[0].replace("<i>", "").replace("</i>", "").split()
        if number != "STT" and label:
            assert in_order(label, words), " ".join(label)
            rows += 1
    assert rows == 79
