"""The pages that are signed, printed by LibreOffice and read back: every figure and word that was typed."""

from __future__ import annotations

import pytest
from support.places import EXAMPLES
from support.signed_pages import (
    DOCUMENTS,
    NOTE_LENGTH,
    NOTES,
    TASKS,
    Printed,
    full_contents,
    of_sheet,
    plain,
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
from cchc_xl.workbooks.commune.appendix_pages import widths_of

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
    text = "".join(page.text for page in appendix)
    widths = {**widths_of(regime), "F": 2.0}
    typed = "".join(page.column(widths, "C", "D") for page in appendix)
    figures = live_values(regime, contents.figures).figures
    for form in regime.printed_forms:
        for indicator in form.figures:
            said = shown_text(indicator, figures.get(indicator.code))
            assert plain(said) in typed, indicator.code
    assert len(contents.notes) == NOTES
    assert {len(said) for said in contents.notes.values()} == {NOTE_LENGTH}
    for said in contents.notes.values():
        assert plain(f") {said}") in text
    number = "Báo cáo số 215/BC-UBND ngày 08 tháng 6 năm 2026"
    assert plain(f"{number} của UBND {unit.running_name})") in text
    assert plain("không bắt buộc") not in text.lower()
    assert plain("chờ thành phố") not in text
    assert (plain("PHÓ CHỦ TỊCH Trần Thị Bình") in text) == regime.signed_below
    assert plain("NGƯỜI LẬP") not in text


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.type)
def test_registers_print_every_row_and_no_other(unit: ReportingUnit, pages: Pages) -> None:
    for regime_id in regime_ids():
        regime = _regime(regime_id)
        for register in regime.registers:
            rows = full_contents(regime).registers[register.code]
            found = of_sheet(pages[f"{regime_id} {unit.code}"], register.sheet)
            text = "".join(page.text for page in found)
            assert plain(f"Danh mục có {len(rows)} dòng") in text
            assert len(rows) == (DOCUMENTS if register.series else TASKS)
            assert any(c.kind is Kind.TEXT for c in register.inputs)
            for number in range(1, len(rows) + 1):
                assert plain(f"Việc {number} về") in text, (register.code, number)
            assert plain("Đã chuẩn bị") not in text
            assert len(of_sheet(pages[f"{regime_id} blank"], register.sheet)) == 1


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.type)
def test_the_slip_is_one_page_with_both_names_and_the_report(unit: ReportingUnit, pages: Pages) -> None:
    for regime_id in regime_ids():
        (slip,) = of_sheet(pages[f"{regime_id} {unit.code}"], SLIP)
        for said in ("NGƯỜI LẬP", "NGƯỜI DUYỆT", "Nguyễn Văn An", "Trần Thị Bình", unit.full_name):
            assert plain(said) in slip.text
        assert plain("Số 215/BC-UBND ngày 08 tháng 6") in slip.text
        assert plain("ngày 18 tháng 6 năm 2026") in slip.text


def test_the_targets_stand_on_the_signed_page_with_level_result_and_verdict(pages: Pages) -> None:
    regime = _regime("dot-pha")
    found = of_sheet(pages[f"dot-pha {UNITS[0].code}"], regime.appendix_sheet)
    assert plain("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Thị Bình") in found[-1].text
    labels = "".join(page.column({**widths_of(regime), "F": 2.0}, "B", "B") for page in found)
    rows = full_contents(regime).registers["dotphachitieu"]
    assert all(plain(str(row["cong_viec"])) in labels for row in rows)
    assert len(rows) == TASKS
    assert plain("Chưa đạt") in found[-1].text
    assert ",00" not in found[-1].text


def test_the_periodic_report_is_signed_on_ten_pages_at_most(pages: Pages) -> None:
    regime = _regime("cchc-dinh-ky")
    blank = pages["cchc-dinh-ky blank"]
    sheets = (regime.appendix_sheet, SLIP, *(register.sheet for register in regime.registers))
    assert sum(len(of_sheet(blank, sheet)) for sheet in sheets) == 10
    assert len(of_sheet(pages[f"cchc-dinh-ky {UNITS[0].code}"], regime.appendix_sheet)) == 7


@pytest.mark.parametrize("regime_id", [r for r in regime_ids() if _regime(r).signed_below])
def test_no_page_holds_a_signature_and_less_than_three_rows(regime_id: str, pages: Pages) -> None:
    regime = _regime(regime_id)
    last = of_sheet(pages[f"{regime_id} {UNITS[0].code}"], regime.appendix_sheet)[-1]
    labels = last.column({**widths_of(regime), "F": 2.0}, "B", "B")
    rows = [i.label for form in regime.printed_forms for i in form.figures]
    rows += [str(row["cong_viec"]) for row in full_contents(regime).registers.get("dotphachitieu", ())]
    assert sum(plain(row) in labels for row in rows) >= 3


def test_rows_of_the_samples_tables_are_printed_in_their_order(pages: Pages) -> None:
    regime = _regime("cchc-dinh-ky")
    found = of_sheet(pages[f"cchc-dinh-ky {UNITS[0].code}"], regime.appendix_sheet)
    labels = "".join(page.column({**widths_of(regime), "F": 2.0}, "B", "B") for page in found)
    sample = (EXAMPLES / "nam-thanh-mien-2026-Q2.txt").read_text(encoding="utf-8")
    at = rows = 0
    for line in sample.partition("Phụ lục III\n")[2].splitlines():
        number, _, rest = line.partition("\t")
        label = plain(rest.split("\t")[0].replace("<i>", "").replace("</i>", ""))
        if number != "STT" and label:
            at = labels.find(label, at)
            assert at >= 0, label
            rows += 1
    assert rows == 79
