"""Which file stands for a unit, what is summed, who is missing."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from support.samples_of_submissions import (
    PERIOD,
    UNITS,
    city,
    consolidation,
    error,
    figures,
    scope,
    submission,
)

from cchc_xl.figures.identity import file_name_findings, period_findings, with_findings
from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.figures.totals.over_units import consolidate
from cchc_xl.model import KPS, Submission, Verdict
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import PeriodState

FIRST, SECOND, THIRD = UNITS[:3]


def _together(*submissions: Submission) -> Consolidation:
    return consolidate(scope(UNITS[:3]), submissions)


def _verdicts(city: Consolidation) -> dict[str, str]:
    return {s.file: s.verdict.value for s in city.ledger}


def test_the_samples_break_no_rule() -> None:
    found = consolidation(city(changes=False))
    assert found.count(Verdict.ACCEPTED) == 114
    assert found.state is PeriodState.READY
    assert found.missing == ()


def test_the_higher_submission_number_stands_even_when_it_is_held() -> None:
    older = submission(FIRST, file="a.xlsx", times=1)
    newer = submission(FIRST, file="b.xlsx", times=2, extra=(error("bieu1"),))
    found = _together(newer, older)
    assert _verdicts(found) == {"a.xlsx": "skipped", "b.xlsx": "held"}
    assert found.units[0].submission and found.units[0].submission.file == "b.xlsx"
    superseded = found.ledger[0].findings[-1]
    assert superseded.rule == "superseded"
    assert "b.xlsx" in superseded.message


def test_equal_numbers_and_equal_figures_leave_the_last_saved_file() -> None:
    early = submission(FIRST, file="z.xlsx", modified="2026-06-15T08:00:00Z")
    late = submission(FIRST, file="a.xlsx", modified="2026-06-16T08:00:00Z")
    assert _verdicts(_together(early, late)) == {"a.xlsx": "accepted", "z.xlsx": "skipped"}


def test_equal_numbers_with_different_figures_hold_both() -> None:
    one = submission(FIRST, figures(1), file="a.xlsx")
    two = submission(FIRST, figures(1, bieu1_1=Decimal(99)), file="b.xlsx")
    found = _together(one, two)
    assert _verdicts(found) == {"a.xlsx": "held", "b.xlsx": "held"}
    assert all(s.findings[-1].rule == "conflicting_submissions" for s in found.ledger)
    assert found.city["bieu1_1"].answered == 0
    assert set(found.units[0].forms.values()) == {Verdict.HELD}


def test_a_half_year_file_sent_for_a_quarter_is_held_and_its_unit_is_missing() -> None:
    half_year = replace(submission(FIRST), period=ReferencePeriod(2026, "S", 1))
    half_year = with_findings(half_year, period_findings(half_year, PERIOD))
    found = _together(half_year)
    assert half_year.findings[-1].rule == "wrong_period_kind"
    assert found.count(Verdict.HELD) == 1
    assert FIRST in found.missing


def test_a_wrong_period_does_not_displace_the_right_file() -> None:
    right = submission(FIRST, file="a.xlsx", times=1)
    wrong = replace(submission(FIRST, file="b.xlsx", times=9), period=ReferencePeriod(2026, "Q", 1))
    found = _together(right, with_findings(wrong, period_findings(wrong, PERIOD)))
    assert _verdicts(found) == {"a.xlsx": "accepted", "b.xlsx": "held"}
    assert found.units[0].submission and found.units[0].submission.file == "a.xlsx"


def test_a_file_name_with_another_units_code_is_an_error() -> None:
    named = submission(FIRST, file=f"{SECOND.code}.xlsx")
    assert [f.rule for f in file_name_findings(named, UNITS)] == ["file_name_other_unit"]
    assert file_name_findings(submission(FIRST), UNITS) == ()


def test_units_are_found_by_code_then_by_exact_name_never_by_likeness() -> None:
    assert UNITS.find("10888", "gì cũng được") == next(u for u in UNITS if u.code == "10888")
    giang = next(u for u in UNITS if u.name == "Cẩm Giang")
    giàng = next(u for u in UNITS if u.name == "Cẩm Giàng")
    assert UNITS.find("", "Cẩm Giang") == giang
    assert UNITS.find("", "Cẩm Giàng") == giàng
    assert UNITS.find("", "Cam Giang") is None


def test_only_accepted_forms_are_summed_and_held_ones_shown_beside() -> None:
    good = submission(FIRST, figures(1, bieu1_1=Decimal(10), bieu4_1_1=Decimal(40)))
    held = submission(SECOND, figures(2, bieu1_1=Decimal(5), bieu4_1_1=Decimal(60)), extra=(error("bieu1"),))
    found = _together(good, held)
    documents, staff = found.city["bieu1_1"], found.city["bieu4_1_1"]
    assert (documents.total, documents.total_with_held) == (10, 15)
    assert (documents.answered, documents.answered_with_held) == (1, 2)
    assert staff.total == 100  # the sister form of a held form counts


def test_kps_counts_as_zero_and_as_an_answer_while_a_blank_is_none() -> None:
    found = _together(
        submission(FIRST, figures(1, bieu2_1=KPS, bieu2_1_1=KPS)),
        submission(SECOND, figures(2, bieu2_1=Decimal(4), bieu2_1_1=Decimal(4))),
        submission(THIRD, figures(3, bieu2_1=None, bieu2_1_1=None)),
    )
    assert found.city["bieu2_1"].total == 4
    assert found.city["bieu2_1"].answered == 2


def test_a_city_percentage_is_the_sum_of_parts_over_units_that_gave_both() -> None:
    found = _together(
        submission(FIRST, figures(1, bieu3_2_1_1=Decimal(100), bieu3_2_1_2=Decimal(50))),
        submission(SECOND, figures(2, bieu3_2_1_1=Decimal(900), bieu3_2_1_2=Decimal(900))),
        submission(THIRD, figures(3, bieu3_2_1_1=Decimal(7000), bieu3_2_1_2=None)),
    )
    assert found.city["bieu3_2_1"].total == Decimal("0.95")  # neither the mean 75 % nor 950/8000
    assert found.city["bieu3_2_1"].answered == 2
    assert found.city["bieu3_2_1_1"].total == 1000  # as beside the percentage: 950 / 1000 = 95 %
    assert found.city["bieu3_2_1_1"].answered == 2


def test_a_percentage_over_nothing_has_no_number() -> None:
    zero = {"bieu1_3_2_1": Decimal(0), "bieu1_3_2_2": Decimal(0)}
    found = _together(submission(FIRST, figures(1, **zero)), submission(SECOND, figures(2, **zero)))
    assert found.city["bieu1_3_2"].total is None
    assert found.city["bieu1_3_2"].answered == 2


def test_constants_are_never_summed_and_who_differs_is_told() -> None:
    found = _together(
        submission(FIRST, figures(1)),
        submission(SECOND, figures(2, bieu7_1_1_1=Decimal(230))),
        submission(THIRD, figures(3)),
    )
    constant = found.city["bieu7_1_1_1"]
    assert constant.total is None
    assert constant.commonest == "220"
    assert constant.differing == (SECOND.code,)
    differing = found.units[1].submission
    assert differing and any(f.rule == "constant_differs" and f.value == "230" for f in differing.findings)


def test_coded_answers_are_counted_by_answer() -> None:
    found = _together(
        submission(FIRST, figures(1, bieu1_4_3=Decimal(0))),
        submission(SECOND, figures(2, bieu1_4_3=KPS, bieu1_4_2=KPS)),
        submission(THIRD, figures(3, bieu1_4_3=Decimal(0))),
    )
    assert found.city["bieu1_4_3"].answers == {"0": 2, "KPS": 1}
    assert found.city["bieu1_4_3"].total is None


def test_blanks_of_a_complete_breakdown_are_read_as_zero() -> None:
    parts = {f"bieu6_2_{part}": None for part in ("2", "3", "4", "4_1", "4_2", "4_3")}
    typed = figures(1, bieu5_1_2=Decimal(14), bieu6_2_1=Decimal(14), bieu6_2_5=Decimal(14), **parts)
    found = _together(submission(FIRST, typed))
    assert found.city["bieu6_2_2"].total == 0
    assert found.city["bieu6_2_2"].answered == 1


def test_an_unreadable_figure_is_no_answer() -> None:
    typed = figures(1, bieu6_1_2="19,8x")
    found = _together(submission(FIRST, typed, extra=(error("bieu6"),)))
    assert found.city["bieu6_1_2"].answered_with_held == 0
    assert found.city["bieu6_1_2"].total_with_held is None


def test_rejected_and_skipped_files_stand_for_nobody_and_every_file_has_a_line() -> None:
    found = consolidation()
    assert len(found.ledger) == sum(found.count(verdict) for verdict in Verdict)
    assert len(found.missing) == 3
    assert found.state is PeriodState.PROVISIONAL
    assert {s.file for s in found.ledger if s.verdict is Verdict.REJECTED} == {"hong.xlsx"}


def test_the_order_of_files_does_not_matter() -> None:
    submissions = city()
    expected = consolidation(submissions)
    for seed in range(5):
        shuffled = submissions[:]
        random.Random(seed).shuffle(shuffled)
        found = consolidation(shuffled)
        assert found.ledger == expected.ledger
        assert found.city == expected.city
        assert found.units == expected.units


def test_equal_numbers_and_figures_with_different_register_rows_hold_both() -> None:
    rows: list[dict[str, Decimal | str]] = [{"ten": "Trực tuyến", "muc": Decimal(95)}, {"ten": "Trả sớm"}]
    one = replace(submission(FIRST, figures(1), file="a.xlsx"), registers={"muctieu": tuple(rows)})
    same = replace(one, file="b.xlsx")
    other = replace(one, file="b.xlsx", registers={"muctieu": tuple(rows[:1])})
    swapped = replace(one, file="b.xlsx", registers={"muctieu": tuple(reversed(rows))})
    for alike in (same, swapped):
        assert _verdicts(_together(one, alike)) == {"a.xlsx": "skipped", "b.xlsx": "accepted"}
    assert _verdicts(_together(one, other)) == {"a.xlsx": "held", "b.xlsx": "held"}
