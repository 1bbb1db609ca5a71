"""The shipped catalogue against the printed forms and the rules they must obey."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal

import pytest
from support.places import EXAMPLES

from cchc_xl.catalogue import load_regime
from cchc_xl.figures.checks import computed_figures, live_message
from cchc_xl.figures.numbers import format_percent_vi
from cchc_xl.model import Blank, Indicator, OverTime, OverUnits, Regime, Severity
from cchc_xl.model.periods import parse_period

REGIME_ID = "cchc-dinh-ky"
Row = tuple[str, str, str]


@pytest.fixture(scope="module")
def regime() -> Regime:
    return load_regime(REGIME_ID, parse_period("2026-Q2"))


# --- the printed forms -----------------------------------------------------------------------------------


def _printed_forms() -> dict[str, tuple[str, list[Row]]]:
    """Heading -> (title, rows as number, label, unit), italics kept, from the tables of the real report."""
    text = (EXAMPLES / "nam-thanh-mien-2026-Q2.txt").read_text(encoding="utf-8")
    forms: dict[str, tuple[str, list[Row]]] = {}
    for block in re.split(r"^(?=Biểu mẫu \d$)", text, flags=re.M)[1:]:
        heading, title, *lines = block.splitlines()
        cells = [line.split("\t") for line in lines if "\t" in line]
        rows = [(c[0], c[1], c[2]) for c in cells if c[1] and c[0] != "STT" and c[2] != "Đơn vị tính"]
        forms[heading] = (title, rows)
    return forms


def _as_printed(indicator: Indicator) -> Row:
    unit = indicator.unit_of_measure
    return indicator.number, indicator.label_markup, f"<i>{unit}</i>" if indicator.italic else unit


def test_every_row_is_the_printed_row_and_none_is_missing_or_extra(regime: Regime) -> None:
    printed = _printed_forms()
    assert len(printed) == 7
    ours = {f.heading: (f.title, [_as_printed(i) for i in f.indicators]) for f in regime.printed_forms}
    assert ours == printed


def test_seventy_nine_rows_are_typed_computed_or_headings(regime: Regime) -> None:
    rows = [i for form in regime.printed_forms for i in form.indicators]
    kinds = Counter("heading" if i.is_heading else "typed" if i.is_input else "computed" for i in rows)
    assert kinds == {"typed": 59, "computed": 10, "heading": 10}


def test_heading_lines_footnote_and_note_stand_as_printed(regime: Regime) -> None:
    text = (EXAMPLES / "nam-thanh-mien-2026-Q2.txt").read_text(encoding="utf-8")
    assert all(line in text.splitlines() for line in regime.report_heading)
    assert regime.forms[1].footnotes == ("¹ Văn bản quy phạm pháp luật.",)
    notes = {i.code: i.printed_note for i in regime.indicators.values() if i.printed_note}
    assert notes == {"bieu1_3_1": "(Nếu có)"}


def test_every_printed_row_names_its_legal_basis_and_nothing_beyond_it(regime: Regime) -> None:
    for form in regime.printed_forms:
        reference = f"CV 2237/UBND-NVKTGS ngày 27/8/2025, Phụ lục III, Biểu mẫu {form.number}"
        assert {i.reference for i in form.indicators} == {reference}


def _codes(regime: Regime, **wanted: object) -> set[str]:
    rows = [i for form in regime.printed_forms for i in form.figures]
    return {i.code for i in rows if all(getattr(i, key) == value for key, value in wanted.items())}


def test_formulas_are_those_of_the_form(regime: Regime) -> None:
    formulas = {i.code: i.formula for form in regime.printed_forms for i in form.indicators if i.formula}
    assert formulas == {
        "bieu1_2": "bieu1_2_2 / bieu1_2_1",
        "bieu1_3_2": "bieu1_3_2_2 / bieu1_3_2_1",
        "bieu3_2_1": "bieu3_2_1_2 / bieu3_2_1_1",
        "bieu3_2_2": "bieu3_2_2_2 / bieu3_2_2_1",
        "bieu6_1": "bieu6_1_2 / bieu6_1_1",
        **{f"bieu7_1_{n}": f"bieu7_1_{n}_2 / bieu7_1_{n}_1" for n in range(1, 6)},
    }


def test_constants_are_never_summed_over_communes(regime: Regime) -> None:
    assert _codes(regime, over_units=OverUnits.CONSTANT) == {
        "bieu3_1_2",
        *("bieu7_1_1", "bieu7_1_1_1", "bieu7_1_1_2", "bieu7_1_5", "bieu7_1_5_1", "bieu7_1_5_2"),
    }
    assert _codes(regime, over_units=OverUnits.NONE) == {"bieu3_1_1", "bieu7_1_2_1", "bieu7_1_2_2"}
    assert _codes(regime, over_units=OverUnits.COUNT_BY_CHOICE) == {"bieu1_4_3", "bieu1_5"}
    assert _codes(regime, over_units=OverUnits.RECOMPUTE) == {
        *("bieu1_2", "bieu1_3_2", "bieu3_2_1", "bieu3_2_2", "bieu6_1"),
        *("bieu7_1_2", "bieu7_1_3", "bieu7_1_4"),
    }


def test_cumulative_figures_are_never_added_over_quarters(regime: Regime) -> None:
    cumulative = {"bieu1_2", "bieu1_2_2", "bieu5_3", "bieu6_1", "bieu6_1_2", "bieu6_2_6"}
    assert _codes(regime, cumulative=True) == cumulative
    assert {regime.indicators[code].over_time for code in cumulative} == {OverTime.LAST, OverTime.RECOMPUTE}


def test_distinct_counts_and_choices_must_be_typed_anew(regime: Regime) -> None:
    assert _codes(regime, over_time=OverTime.REENTER) == {
        *("bieu1_3_1", "bieu1_4_1", "bieu1_4_3", "bieu1_5", "bieu5_1_3", "bieu7_1_2_1", "bieu7_1_2_2")
    }


def test_required_rows_refuse_kps_and_the_others_take_it(regime: Regime) -> None:
    required = _codes(regime, blank=Blank.WARN)
    assert required == {
        *("bieu1_1", "bieu1_2_1", "bieu1_2_2", "bieu1_4_1", "bieu1_4_1_1", "bieu1_5", "bieu3_1_1"),
        *("bieu3_1_2", "bieu3_2_1_1", "bieu3_2_1_2", "bieu4_1_1", "bieu4_1_2", "bieu5_1_1"),
        *("bieu6_1_1", "bieu6_1_2", "bieu6_2_1"),
        *("bieu7_1_1_1", "bieu7_1_1_2", "bieu7_1_5_1", "bieu7_1_5_2"),
    }
    inputs = {i.code: i for form in regime.printed_forms for i in form.inputs}
    assert {code for code, i in inputs.items() if not i.accepts_kps} == required


def test_choices_carry_the_codes_printed_in_the_unit_column(regime: Regime) -> None:
    choices = {
        code: [(c.code, c.label) for c in regime.indicators[code].choices]
        for code in ("bieu1_4_3", "bieu1_5")
    }
    assert choices["bieu1_4_3"][:3] == [("0", "Trực tuyến"), ("1", "Phát phiếu"), ("2", "Kết hợp")]
    assert choices["bieu1_4_3"][3][0] == "KPS"
    assert choices["bieu1_5"] == [("0", "Không"), ("1", "Có")]


def test_help_says_what_is_meant_where_the_print_slips(regime: Regime) -> None:
    for code in ("bieu7_1_3_1", "bieu7_1_3_2"):
        assert regime.indicators[code].unit_of_measure == "Thủ tục"
        assert regime.indicators[code].help.startswith("Đếm hồ sơ")
    assert "người" in regime.indicators["bieu5_4"].help
    assert all(
        "chờ thành phố thống nhất" in regime.indicators[c].help
        for c in ("bieu1_4_1", "bieu4_1_1", "bieu4_2_1")
    )


def test_the_optional_block_is_not_printed_and_asks_nothing(regime: Regime) -> None:
    block = regime.forms[-1]
    assert (block.sheet, block.printed) == ("Thuyết minh Biểu 3", False)
    assert {i.blank for i in block.indicators} == {Blank.OPTIONAL}
    assert {i.over_units for i in block.indicators} == {OverUnits.NONE}
    assert all(i.code.startswith("giaitrinh_") for i in block.indicators)


# --- rules -----------------------------------------------------------------------------------------------


def test_errors_are_only_arithmetic_that_cannot_be_true(regime: Regime) -> None:
    errors = {rule.assertion: rule.id for rule in regime.rules if rule.severity is Severity.ERROR}
    written_out = {
        a for a, rule in errors.items() if rule.startswith(("bieu6_2_over", "bieu6_2_differs", "bieu6_2_4_"))
    }
    assert len(written_out) == 5  # rule Z, from the two breakdowns
    assert errors.keys() - written_out == {
        "bieu1_2_2 <= bieu1_2_1",
        "bieu2_1_1 <= bieu2_1",
        "bieu3_2_1_2 <= bieu3_2_1_1",
        "bieu5_4 >= bieu5_4_1 + bieu5_4_2 + bieu5_4_3",
        *(f"bieu7_1_{n}_2 <= bieu7_1_{n}_1" for n in range(1, 6)),
    }
    assert [b.id for b in regime.breakdowns] == ["bieu6_2", "bieu6_2_4"]
    assert regime.breakdowns[1].parent == "bieu6_2"


def test_warnings_leave_room_for_the_honest_exception(regime: Regime) -> None:
    warnings = [rule for rule in regime.rules if rule.severity is Severity.WARNING]
    looking_back = [rule for rule in warnings if "previous." in rule.assertion]
    assert (len(warnings) - len(looking_back), len(looking_back)) == (20, 15)
    assert [r.id for r in warnings if "Giải trình" not in r.fix and not r.unless_noted] == [
        "bieu1_survey_rows_agree"
    ]


def test_rule_messages_read_as_the_end_of_a_sentence(regime: Regime) -> None:
    for rule in regime.rules:
        assert not rule.message.endswith("."), rule.id
        assert len(live_message(rule)) <= 255, rule.id
        assert rule.fix.endswith("."), rule.id
        assert rule.at in {i.code for form in regime.forms if form.code == rule.form for i in form.inputs}


def test_the_sample_figures_are_the_typed_figures_of_the_report(regime: Regime) -> None:
    with (EXAMPLES / "nam-thanh-mien-2026-Q2.csv").open(encoding="utf-8", newline="") as file:
        values = {row["indicator"]: row["value"] for row in csv.DictReader(file)}
    inputs = {i.code for form in regime.printed_forms for i in form.inputs}
    assert inputs - set(values) == {
        *("bieu1_4_2", "bieu1_5", "bieu6_2_2", "bieu6_2_3", "bieu6_2_4"),
        *("bieu6_2_4_1", "bieu6_2_4_2", "bieu6_2_4_3", "bieu6_2_6"),
    }
    assert set(values) <= inputs
    assert (values["bieu3_2_1_1"], values["bieu6_1_2"], values["bieu3_1_1"]) == ("5650", "19884", "100%")


def test_the_optional_block_gives_both_readings_of_the_on_time_rate(regime: Regime) -> None:
    parts = {"early": 5612, "on_time": 0, "late": 1, "refused": 24, "withdrawn": 13}
    figures = {f"giaitrinh_{part}": Decimal(number) for part, number in parts.items()}
    computed = computed_figures(regime, figures)
    rates = [computed[f"giaitrinh_rate_{reading}_refused"] for reading in ("without", "with")]
    assert [format_percent_vi(rate) for rate in rates if isinstance(rate, Decimal)] == ["99,33 %", "99,98 %"]
