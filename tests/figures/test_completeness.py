"""What a complete return is, what an empty one is, and in which state a unit and a period are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from support.samples_of_submissions import UNITS, error, figures, regime, scope, submission

from cchc_xl.figures.completeness import empty_return_finding, is_empty, missing_rows, partners, rows_named
from cchc_xl.figures.identity import with_findings
from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.figures.totals.over_units import consolidate
from cchc_xl.model import KPS, Submission, Verdict
from cchc_xl.model.terms import Figure, PeriodState, ReturnKind, UnitState

FIRST, SECOND, THIRD = UNITS[:3]
DECLARED = tuple(group[0] for group in regime().must_answer)


def _together(*submissions: Submission) -> Consolidation:
    return consolidate(scope(UNITS[:3]), submissions)


def _blank(times: int = 1, file: str = "trong.xlsx") -> Submission:
    return with_findings(submission(FIRST, {}, times=times, file=file), (empty_return_finding(),))


def _only(*forms: str) -> dict[str, Figure]:
    return {code: value for code, value in figures(1).items() if code.startswith(forms)}


def _verdicts(found: Consolidation) -> dict[str, str]:
    return {s.file: s.verdict.value for s in found.ledger}


@pytest.mark.parametrize("code", DECLARED)
def test_without_any_one_row_of_the_list_a_return_is_not_complete(code: str) -> None:
    assert missing_rows(regime(), figures(1)) == ()
    assert code in missing_rows(regime(), figures(1, **{code: None}))


@pytest.mark.parametrize("answer", [Decimal(0), KPS, "unreadable"])
def test_zero_kps_and_a_row_that_is_an_error_anyway_are_not_missing(answer: Figure) -> None:
    assert missing_rows(regime(), figures(1, bieu4_2_1=answer)) == ()


def test_rows_that_are_only_asked_for_never_block() -> None:
    asked = ("bieu1_5", "bieu3_1_1", "bieu5_1_1", "bieu2_1", "bieu3_1_2", "bieu7_1_5_1", "bieu7_1_5_2")
    assert missing_rows(regime(), figures(1, **dict.fromkeys(asked))) == ()


def test_the_missing_half_of_a_pair_blocks_and_a_pair_left_out_does_not() -> None:
    assert missing_rows(regime(), figures(1, bieu3_2_2_2=None)) == ("bieu3_2_2_2",)
    assert missing_rows(regime(), figures(1, bieu3_2_2_1=None, bieu3_2_2_2=None)) == ()
    assert partners(regime())["bieu6_1_1"] == "bieu6_1_2"


def test_missing_rows_are_named_as_people_say_them() -> None:
    missing = missing_rows(regime(), figures(1, bieu1_1=None, bieu1_2_1=None, bieu6_2_1=None))
    assert rows_named(regime(), missing) == "Biểu 1: dòng 1, 2.1; Biểu 6: dòng 2.1"


def test_a_return_is_empty_while_no_row_of_the_list_says_anything() -> None:
    assert is_empty(regime(), {})
    assert is_empty(regime(), {"bieu5_1_2": Decimal(3)})
    assert not is_empty(regime(), {"bieu4_2_2": Decimal(0)})
    assert not is_empty(regime(), {"bieu4_2_2": "5.000"})


def test_a_blank_workbook_counts_as_not_sent_and_stays_one_held_file() -> None:
    found = _together(_blank(), submission(SECOND), submission(THIRD))
    assert [u.state for u in found.units] == [UnitState.EMPTY, UnitState.COMPLETE, UnitState.COMPLETE]
    assert found.units[0].forms == {} and found.city["bieu1_1"].answered_with_held == 2
    assert _verdicts(found)["trong.xlsx"] == "held"
    assert found.state is PeriodState.PROVISIONAL


def test_a_file_with_only_form_4_filled_is_counted_and_needs_more() -> None:
    found = _together(submission(FIRST, _only("bieu4")), submission(SECOND), submission(THIRD))
    unit = found.units[0]
    assert unit.state is UnitState.INCOMPLETE and unit.submission
    assert unit.submission.verdict is Verdict.ACCEPTED  # nothing in it is wrong
    assert {code.partition("_")[0] for code in unit.missing_rows} == {"bieu1", "bieu3", "bieu6", "bieu7"}
    assert found.city["bieu4_1_1"].answered == 3
    assert found.state is PeriodState.PROVISIONAL


def test_half_given_pairs_read_neither_6650_nor_1000_of_it() -> None:
    found = _together(
        submission(FIRST, figures(1, bieu3_2_1_1=Decimal(5650), bieu3_2_1_2=None)),
        submission(SECOND, figures(2, bieu3_2_1_1=Decimal(1000), bieu3_2_1_2=Decimal(1000))),
    )
    shown = [found.city[code].total for code in ("bieu3_2_1_1", "bieu3_2_1_2", "bieu3_2_1")]
    assert shown == [1000, 1000, 1]
    assert found.units[0].state is UnitState.INCOMPLETE


def test_held_goes_before_incomplete_and_a_unit_without_file_is_missing() -> None:
    held = submission(FIRST, _only("bieu4"), extra=(error("bieu4"),))
    assert [u.state for u in _together(held).units] == [UnitState.HELD, UnitState.MISSING, UnitState.MISSING]


def test_an_unreadable_file_named_for_a_unit_tells_whom_to_ask_and_never_counts() -> None:
    torn = Submission(f"CCHC_{FIRST.code}_x.xlsx", "0" * 64, Verdict.REJECTED, (error(None),))
    found = _together(torn, submission(SECOND))
    assert found.units[0].state is UnitState.REJECTED
    assert found.units[0].unusable == (torn,)
    assert FIRST in found.missing
    both = replace(torn, file=f"{FIRST.code} {SECOND.code}.xlsx")
    assert _together(both).units[0].state is UnitState.MISSING


def test_a_period_is_ready_when_every_unit_is_complete_and_no_file_waits() -> None:
    whole = [submission(unit) for unit in UNITS[:3]]
    assert _together(*whole).state is PeriodState.READY
    assert _together(*whole, _blank(2)).state is PeriodState.PROVISIONAL


# --- which of several files stands -----------------------------------------------------------------------


def test_a_blank_second_submission_displaces_nothing() -> None:
    found = _together(submission(FIRST, file="a.xlsx"), _blank(2))
    assert _verdicts(found) == {"a.xlsx": "accepted", "trong.xlsx": "held"}
    assert found.units[0].state is UnitState.COMPLETE
    assert found.units[0].figures["bieu1_1"] == figures(int(FIRST.code))["bieu1_1"]


def test_an_emptier_replacement_is_held_and_the_fuller_one_stands() -> None:
    fuller = submission(FIRST, figures(1), file="a.xlsx")
    emptier = submission(FIRST, figures(1, bieu2_1=None, bieu2_1_1=None), times=2, file="b.xlsx")
    found = _together(fuller, emptier)
    assert _verdicts(found) == {"a.xlsx": "accepted", "b.xlsx": "held"}
    told = next(s for s in found.ledger if s.file == "b.xlsx").findings[-1]
    assert told.rule == "emptier_return" and "57" in told.message and "59" in told.message
    whole = submission(FIRST, figures(1, bieu1_1=Decimal(77)), times=3, file="c.xlsx")
    found = _together(fuller, emptier, whole)
    assert _verdicts(found) == {"a.xlsx": "skipped", "b.xlsx": "skipped", "c.xlsx": "accepted"}
    assert found.units[0].figures["bieu1_1"] == 77


def test_an_earlier_blank_is_displaced_by_what_came_after() -> None:
    found = _together(_blank(1), submission(FIRST, times=2, file="b.xlsx"))
    assert _verdicts(found) == {"b.xlsx": "accepted", "trong.xlsx": "skipped"}


def _supplement(typed: dict[str, Figure], times: int = 2, file: str = "bo-sung.xlsx") -> Submission:
    return replace(submission(FIRST, typed, times=times, file=file), kind=ReturnKind.SUPPLEMENT)


def test_a_supplement_fills_blanks_and_both_files_stay_accepted() -> None:
    first = submission(FIRST, figures(1, bieu1_1=None, bieu6_1_2=None), file="a.xlsx")
    found = _together(first, _supplement({"bieu1_1": Decimal(12), "bieu6_1_2": figures(1)["bieu6_1_2"]}))
    assert _verdicts(found) == {"a.xlsx": "accepted", "bo-sung.xlsx": "accepted"}
    unit = found.units[0]
    assert unit.state is UnitState.COMPLETE and unit.figures["bieu1_1"] == 12
    assert unit.sources == {"bieu1_1": "bo-sung.xlsx", "bieu6_1_2": "bo-sung.xlsx"}
    assert unit.supplements == ("bo-sung.xlsx",)
    assert not any(f.rule.startswith("blank_") for s in found.ledger for f in s.findings)


def test_a_supplement_that_says_something_else_is_held_and_the_first_file_stands() -> None:
    first = submission(FIRST, figures(1, bieu1_1=None), file="a.xlsx")
    found = _together(first, _supplement({"bieu1_1": Decimal(12), "bieu4_1_1": Decimal(999)}))
    assert _verdicts(found) == {"a.xlsx": "accepted", "bo-sung.xlsx": "held"}
    assert found.units[0].figures.get("bieu1_1") is None
    finding = next(s for s in found.ledger if s.verdict is Verdict.HELD).findings[-1]
    assert finding.rule == "supplement_conflict" and "Biểu 4, ô D" in finding.message


def test_a_rule_broken_only_by_both_files_together_holds_the_form() -> None:
    first = submission(FIRST, figures(1, bieu3_2_1_1=Decimal(100), bieu3_2_1_2=None), file="a.xlsx")
    found = _together(first, _supplement({"bieu3_2_1_2": Decimal(120)}))
    assert found.units[0].state is UnitState.HELD
    assert found.units[0].forms["bieu3"] is Verdict.HELD
    assert found.units[0].forms["bieu4"] is Verdict.ACCEPTED


def test_a_replacement_replaces_all_supplements_too_also_when_it_is_held() -> None:
    first = submission(FIRST, figures(1, bieu1_1=None), file="a.xlsx")
    last = submission(FIRST, figures(1), times=3, file="c.xlsx", extra=(error("bieu1"),))
    found = _together(first, _supplement({"bieu1_1": Decimal(12)}), last)
    assert _verdicts(found) == {"a.xlsx": "skipped", "bo-sung.xlsx": "skipped", "c.xlsx": "held"}
    assert found.units[0].sources == {} and found.units[0].state is UnitState.HELD


def test_a_supplement_alone_is_an_ordinary_return() -> None:
    found = _together(_supplement(figures(1)))
    assert _verdicts(found) == {"bo-sung.xlsx": "accepted"}
    assert found.units[0].state is UnitState.COMPLETE
