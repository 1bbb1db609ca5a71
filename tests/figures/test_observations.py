"""The reading contract: what a stored cell says, and what is told to the officer."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.figures.cells import claimed_percentage, observe, observe_computed
from cchc_xl.figures.numbers import Claim
from cchc_xl.model import Blank, Choice, Indicator, Kind, RawCell, Severity, Status
from cchc_xl.texts import findings as texts

DECOMPOSED = unicodedata.normalize("NFD", "không phát sinh")
ANSWERS = (Choice("0", "Trực tuyến"), Choice("1", "Phát phiếu"), Choice("2", "Kết hợp"), Choice("KPS", "KPS"))
COUNT = Indicator("bieu3_2_2_1", "2.2.1.", "PAKN", "PAKN", Kind.COUNT, blank=Blank.ACCEPT_KPS)
REQUIRED = Indicator("bieu3_2_1_1", "2.1.1.", "Hồ sơ", "Hồ sơ", Kind.COUNT, blank=Blank.WARN)
RATIO = Indicator("bieu3_1_1", "1.1.", "Tỷ lệ", "%", Kind.RATIO, blank=Blank.WARN)
POINTS = Indicator("chiso_1_1", "1.", "Điểm", "Điểm", Kind.DECIMAL, maximum=Decimal(18))
CHOICE = Indicator("bieu1_4_3", "4.3.", "Hình thức", "", Kind.CHOICE, blank=Blank.ACCEPT_KPS, choices=ANSWERS)
YESNO = Indicator("bieu1_5", "5.", "Có", "", Kind.CHOICE, blank=Blank.WARN, choices=(Choice("1", "Có"),))
COMPUTED = Indicator("bieu3_2_1", "2.1.", "Tỷ lệ", "%", Kind.RATIO, formula="bieu3_2_1_2 / bieu3_2_1_1")
EXACT = Decimal(5612) / Decimal(5650)


def cell(kind: str = "blank", text: str = "", formula: str | None = None) -> RawCell:
    return RawCell("Biểu 3", "D14", kind, text, formula)


def seen(indicator: Indicator, kind: str, text: str = "", formula: str | None = None):
    """Status, value and rule ids of one cell."""
    observation, findings = observe(indicator, cell(kind, text, formula), "bieu3")
    return observation.status, observation.value, [f.rule for f in findings]


def test_blank_zero_and_kps_are_three_things():
    assert seen(COUNT, "blank") == (Status.BLANK, None, [])
    assert seen(COUNT, "number", "0") == (Status.VALUE, Decimal(0), [])
    assert seen(COUNT, "text", "KPS") == (Status.NOT_APPLICABLE, None, [])


def test_an_empty_text_is_blank_and_blanks_alone_are_reported():
    assert seen(COUNT, "text", "") == (Status.BLANK, None, [])
    assert seen(COUNT, "text", " \u00a0") == (Status.BLANK, None, ["blank_text"])


@pytest.mark.parametrize("text", [" KPS", "kps ", "không phát sinh", "KHÔNG  phát sinh", DECOMPOSED])
def test_kps_in_another_spelling_is_accepted_and_reported(text):
    assert seen(COUNT, "text", text) == (Status.NOT_APPLICABLE, None, ["kps_spelling"])


def test_kps_in_small_letters_is_plain_kps_as_in_excel():
    assert seen(COUNT, "text", "kps") == (Status.NOT_APPLICABLE, None, [])


def test_kps_with_a_cyrillic_letter_is_not_kps():
    assert seen(COUNT, "text", "К\u0420S") == (Status.ERROR, None, ["text_unreadable"])


@pytest.mark.parametrize("text", ["-", "–", " — ", "không", "Không có"])
def test_a_dash_or_no_is_kps_where_kps_is_an_answer_and_0_where_a_number_must_stand(text):
    assert seen(COUNT, "text", text) == (Status.NOT_APPLICABLE, None, ["kps_spelling"])
    assert seen(REQUIRED, "text", text) == (Status.VALUE, Decimal(0), ["kps_as_zero"])


def test_one_dash_holds_no_form():
    for indicator in (COUNT, REQUIRED, RATIO, YESNO):
        _, findings = observe(indicator, RawCell("Biểu 1", "D7", "text", "-"), "bieu1")
        assert findings and all(finding.severity is not Severity.ERROR for finding in findings)


def test_no_in_a_choice_is_the_choice():
    both = replace(YESNO, choices=(Choice("0", "Không"), Choice("1", "Có")))
    assert seen(both, "text", "không") == (Status.VALUE, Decimal(0), ["choice_label"])


def test_kps_in_a_count_that_must_be_a_number_is_0_with_a_notice():
    assert seen(REQUIRED, "text", "KPS") == (Status.VALUE, Decimal(0), ["kps_as_zero"])


@pytest.mark.parametrize("indicator", [RATIO, YESNO])
def test_kps_is_refused_where_the_form_demands_another_answer(indicator):
    assert seen(indicator, "text", "KPS") == (Status.ERROR, None, ["kps_refused"])


@pytest.mark.parametrize(
    ("indicator", "stored", "value"),
    [
        (COUNT, "5650", "5650"),
        (COUNT, "5650.0", "5650"),
        (COUNT, "1E+5", "100000"),
        (RATIO, "0.99319999999999997", "0.9932"),
        (RATIO, "1", "1"),
        (POINTS, "17.25", "17.25"),
    ],
)
def test_a_stored_number_is_the_double_excel_works_with(indicator, stored, value):
    assert seen(indicator, "number", stored) == (Status.VALUE, Decimal(value), [])


@pytest.mark.parametrize(
    ("indicator", "stored", "rule"),
    [
        (COUNT, "-3", "number_negative"),
        (COUNT, "12.5", "number_not_whole"),
        (COUNT, "1E+20", "number_over_maximum"),
        (POINTS, "18.01", "number_over_maximum"),
        (RATIO, "99.32", "ratio_percent_points"),
        (RATIO, "150", "ratio_out_of_range"),
        (RATIO, "-0.1", "number_negative"),
        (COUNT, "nan", "number_unreadable"),
        (COUNT, "1_000", "number_unreadable"),
        (COUNT, "1E+400", "number_unreadable"),
        (CHOICE, "7", "choice_unknown"),
        (CHOICE, "0.5", "choice_unknown"),
    ],
)
def test_a_stored_number_that_cannot_stand_there_is_an_error(indicator, stored, rule):
    assert seen(indicator, "number", stored) == (Status.ERROR, None, [rule])


def test_a_thousands_dot_taken_for_a_decimal_point_is_told_to_the_officer():
    _, (finding,) = observe(COUNT, cell("number", "37.094"), "bieu3")
    assert finding.message.startswith("Biểu 3, ô D14: số 37,094 không phải số nguyên")
    assert "37.094 (gõ 37094)" in finding.message


def test_percent_points_in_a_fraction_cell_come_with_what_to_type():
    _, (finding,) = observe(RATIO, cell("number", "99.32"), "bieu3")
    assert finding.severity is Severity.ERROR
    assert "99,32%" in finding.fix


@pytest.mark.parametrize(
    ("indicator", "text", "value"),
    [(COUNT, "5.650", "5650"), (RATIO, "99.32%", "0.9932"), (RATIO, "= 100%", "1"), (POINTS, "17,5", "17.5")],
)
def test_a_text_with_one_valid_reading_is_accepted_with_a_warning(indicator, text, value):
    observation, (finding,) = observe(indicator, cell("text", text), "bieu3")
    assert (observation.status, observation.value) == (Status.VALUE, Decimal(value))
    assert (finding.rule, finding.severity, finding.value) == ("text_number", Severity.WARNING, text)


@pytest.mark.parametrize(
    ("indicator", "text", "rule"),
    [
        (COUNT, "5.000", "text_ambiguous"),
        (RATIO, "1", "text_ambiguous"),
        (COUNT, "12 người", "text_unreadable"),
        (COUNT, "100%", "text_unreadable"),
        (COUNT, "-5", "number_negative"),
        (COUNT, "12,5", "number_not_whole"),
        (RATIO, "150%", "ratio_out_of_range"),
        (COUNT, "907+4501", "text_unreadable"),
    ],
)
def test_any_other_text_is_an_error_that_says_why(indicator, text, rule):
    assert seen(indicator, "text", text) == (Status.ERROR, None, [rule])


def test_both_readings_of_an_ambiguous_text_are_shown_without_dots():
    _, (finding,) = observe(COUNT, cell("text", "5.000"), "bieu3")
    assert "5000 / 5" in finding.message


@pytest.mark.parametrize(
    ("kind", "text", "rule"),
    [("bool", "1", "boolean_in_input"), ("date", "46000", "date_in_input"), ("error", "#REF!", "error_cell")],
)
def test_what_is_not_a_number_at_all_is_an_error(kind, text, rule):
    for indicator in (COUNT, RATIO, CHOICE):
        assert seen(indicator, kind, text) == (Status.ERROR, None, [rule])


def test_constant_arithmetic_is_evaluated_and_its_cached_value_ignored():
    assert seen(COUNT, "number", "99", "907+4501") == (Status.VALUE, Decimal(5408), ["constant_formula"])
    assert seen(RATIO, "error", "#DIV/0!", "100%") == (Status.VALUE, Decimal(1), ["constant_formula"])
    assert seen(CHOICE, "number", "9", "1+1") == (Status.VALUE, Decimal(2), ["constant_formula"])


def test_constant_arithmetic_is_validated_like_a_number():
    assert seen(COUNT, "number", "5", "5/2") == (Status.ERROR, None, ["number_not_whole"])
    assert seen(COUNT, "number", "5", "3-8") == (Status.ERROR, None, ["number_negative"])


@pytest.mark.parametrize("formula", ["D13+1", "[1]Sheet1!A1", 'DDE("cmd")', "SUM(1,2)", '"KPS"', ""])
def test_any_other_formula_in_an_input_is_an_error_whatever_its_cache(formula):
    assert seen(COUNT, "number", "5", formula) == (Status.ERROR, None, ["formula_in_input"])


@pytest.mark.parametrize(("kind", "text"), [("number", "2"), ("number", "2.0"), ("text", "2")])
def test_a_choice_is_given_by_its_code(kind, text):
    assert seen(CHOICE, kind, text) == (Status.VALUE, Decimal(2), [])


@pytest.mark.parametrize("text", ["0 - Trực tuyến", "Trực tuyến", "trực tuyến ", "0: Trực tuyến", " 0"])
def test_a_choice_written_out_is_accepted_and_reported(text):
    assert seen(CHOICE, "text", text) == (Status.VALUE, Decimal(0), ["choice_label"])


def test_a_choice_may_be_kps_where_listed_and_nothing_unlisted():
    assert seen(CHOICE, "text", "KPS") == (Status.NOT_APPLICABLE, None, [])
    assert seen(CHOICE, "text", "1 - Trực tuyến") == (Status.ERROR, None, ["choice_unknown"])


def test_the_note_and_the_place_travel_with_the_figure():
    observation, findings = observe(COUNT, cell("number", "8"), "bieu3", note="=cmd|'/c calc'!A1")
    assert observation.note == "=cmd|'/c calc'!A1"
    assert (observation.indicator, observation.sheet, observation.cell) == ("bieu3_2_2_1", "Biểu 3", "D14")
    assert findings == ()


def test_a_long_or_invisible_text_is_shown_on_one_short_line():
    _, (finding,) = observe(COUNT, cell("text", "12\n\u200bngười" * 5000), "bieu3")
    assert "\n" not in finding.message
    assert finding.value is not None
    assert len(finding.value) <= 61


KINDS = st.sampled_from(["blank", "number", "text", "bool", "error", "date"])
CONTENTS = st.text(max_size=12) | st.text("0123456789.,% -=()+/KPS", max_size=12)


@given(
    st.sampled_from([COUNT, REQUIRED, RATIO, POINTS, CHOICE, YESNO]), KINDS, CONTENTS, st.none() | CONTENTS
)
def test_every_cell_ends_in_one_status_and_errors_never_carry_a_value(indicator, kind, text, formula):
    observation, findings = observe(indicator, cell(kind, text, formula), "bieu3")
    is_error = any(f.severity is Severity.ERROR for f in findings)
    assert is_error == (observation.status is Status.ERROR)
    assert (observation.value is not None) == (observation.status is Status.VALUE)
    if observation.value is not None:
        assert observation.value >= 0
    for finding in findings:
        assert finding.message.startswith("Biểu 3, ô D14: ")
        assert finding.fix
        assert finding.expected
        assert (finding.form, finding.indicator) == ("bieu3", indicator.code)


def test_every_text_of_the_reading_contract_has_its_remedy():
    reading = {code for code, text in texts.FINDINGS.items() if text.startswith("{sheet}, ô {cell}: ")}
    assert "text_number" in reading
    assert reading - {"at_cell"} <= texts.FIXES.keys()


def computed(raw: RawCell, exact=EXACT, expected_formula="bieu3_2_1_2/bieu3_2_1_1"):
    """Status, value and (rule, severity) of a computed cell."""
    observation, findings = observe_computed(COMPUTED, raw, exact, "bieu3", expected_formula)
    return observation.status, observation.value, [(f.rule, f.severity) for f in findings]


def test_a_computed_figure_is_recomputed_whatever_the_cache_says():
    assert computed(cell("number", "0.5", "bieu3_2_1_2 / BIEU3_2_1_1")) == (Status.VALUE, EXACT, [])
    assert computed(cell("error", "#DIV/0!", "bieu3_2_1_2/bieu3_2_1_1"), "KPS") == (
        Status.NOT_APPLICABLE,
        None,
        [],
    )
    assert computed(cell("text", "", "bieu3_2_1_2/bieu3_2_1_1"), None) == (Status.BLANK, None, [])


def test_a_changed_formula_is_an_error():
    changed = cell("number", "0.5", "bieu3_2_1_2/5612")
    assert computed(changed) == (Status.VALUE, EXACT, [("formula_changed", Severity.ERROR)])
    assert computed(changed, expected_formula=None) == (Status.VALUE, EXACT, [])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "0.9932"),
        ("number", "0.9933"),
        ("number", "0.9932743362831858"),
        ("text", "99.32%"),
        ("text", "99,33"),
        ("text", "99,3 %"),
    ],
)
def test_a_percentage_typed_over_the_formula_warns_when_right_or_truncated(kind, text):
    assert computed(cell(kind, text)) == (Status.VALUE, EXACT, [("formula_overwritten", Severity.WARNING)])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "0.994"),
        ("number", "99.33"),
        ("text", "99.40%"),
        ("text", "KPS"),
        ("bool", "1"),
        ("error", "#REF!"),
    ],
)
def test_a_percentage_typed_over_the_formula_is_an_error_when_wrong(kind, text):
    assert computed(cell(kind, text)) == (Status.VALUE, EXACT, [("formula_overwritten", Severity.ERROR)])


def test_a_typed_percentage_without_its_parts_cannot_be_believed():
    assert computed(cell("number", "0.99"), None) == (
        Status.BLANK,
        None,
        [("formula_overwritten", Severity.ERROR)],
    )


def test_a_deleted_formula_is_a_warning():
    assert computed(cell()) == (Status.VALUE, EXACT, [("formula_missing", Severity.WARNING)])


def test_the_percentage_as_written_in_the_report_is_judged():
    assert claimed_percentage(cell("text", "99.32%"), EXACT) is Claim.TRUNCATED
    assert claimed_percentage(cell("number", "99.33"), EXACT, accept_points=True) is Claim.RIGHT
    assert claimed_percentage(cell("number", "99.33"), EXACT) is Claim.WRONG
    assert claimed_percentage(cell("text", "gần 100%"), EXACT) is Claim.WRONG


@pytest.mark.parametrize("stored", ["5649.999999999999", "5650.0000000000009"])
@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.MONEY])
def test_what_arithmetic_left_in_a_count_is_the_whole_number_with_a_notice(kind: Kind, stored: str) -> None:
    indicator = Indicator("bieu3_2_1_1", "2.1.1.", "", "", kind, maximum=Decimal(5650))
    raw = RawCell("Biểu 3", "D12", "number", stored)
    observation, (told,) = observe(indicator, raw, "bieu3")
    assert (observation.status, observation.value) == (Status.VALUE, Decimal(5650))
    assert (told.rule, told.severity) == ("number_settled", Severity.NOTICE)
    assert "5650" in told.message


@pytest.mark.parametrize(
    "stored", ["5649.9999", "5650.4", "37.094", "0.0000000001", "600000000.4", "-0.0000001"]
)
def test_a_figure_with_decimals_of_its_own_is_still_refused(stored: str) -> None:
    indicator = Indicator("bieu3_2_1_1", "2.1.1.", "", "", Kind.COUNT)
    observation, _ = observe(indicator, RawCell("Biểu 3", "D12", "number", stored), "bieu3")
    assert (observation.status, observation.value) == (Status.ERROR, None)


def test_a_text_of_nothing_but_unseen_marks_is_a_blank_and_one_in_kps_does_not_matter() -> None:
    indicator = Indicator("bieu3_2_1_1", "2.1.1.", "", "", Kind.COUNT, blank=Blank.ACCEPT_KPS)
    blank, (told,) = observe(indicator, RawCell("Biểu 3", "D12", "text", "\u200b \ufeff"), "bieu3")
    assert (blank.status, told.rule) == (Status.BLANK, "blank_text")
    kps, (said,) = observe(indicator, RawCell("Biểu 3", "D12", "text", "KPS\u200b"), "bieu3")
    assert (kps.status, said.rule) == (Status.NOT_APPLICABLE, "kps_spelling")
