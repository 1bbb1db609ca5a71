"""Rules in words: every rule reads as a Vietnamese sentence, rows by their printed numbers."""

from __future__ import annotations

import re

import pytest

from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.figures.live.description import describe, describe_row_check

SAID = {
    "bieu1_done_within_plan": "Dòng 2.2 không lớn hơn dòng 2.1.",
    "bieu1_done_never_falls": "Dòng 2.2 không nhỏ hơn kỳ trước.",
    "bieu1_tasks_cover_parts": "Tổng các dòng 4.1.1, 4.1.2 và 4.1.3 không lớn hơn dòng 4.1.",
    "bieu1_found_needs_inspection": "Khi dòng 3.2.1 lớn hơn 0 thì dòng 3.1 lớn hơn 0.",
    "bieu1_plan_unchanged": "Dòng 2.1 bằng kỳ trước. Có ghi chú ở cột Ghi chú thì không xét.",
    "bieu2_commune_within_total": "Dòng “Số VBQPPL do cấp xã ban hành” không lớn hơn dòng 1.",
    "bieu3_procedures_within_catalogue": ("Dòng 1.2 không lớn hơn tổng số TTHC cấp xã được công bố (375)."),
    "bieu4_public_employees_need_units": "Khi dòng 2.1 (Biểu 4) lớn hơn 0 thì dòng 2.1 lớn hơn 0.",
    "bieu6_2_over": ("Tổng các dòng 2.2, 2.3, 2.4 và 2.5 không lớn hơn dòng 2.1. Ô trống được tính là 0."),
    "chiso_total_as_shown": (
        "Dòng 2.7 bằng tổng các dòng 2.1, 2.2, 2.3, 2.4, 2.5 và 2.6 (cho phép lệch 0,05)."
    ),
    "chiso_previous_is_earlier": "Dòng 5.1 trước dòng 1.1.",
    "ketluan_window_in_order": "Dòng 1.7 không muộn hơn dòng 1.8.",
}
ROWS_SAID = {
    "phuluc2_in_time": (
        "Khi cột “Tình trạng” là “Hoàn thành đúng hạn” thì cột “Ngày hoàn thành” không muộn hơn "
        "cột “Thời hạn hoàn thành”."
    ),
    "dotpha_share_within_whole": (
        "Khi cột “Loại chỉ tiêu” là “Trước hạn”, “Đúng hạn”, “Trước hạn và đúng hạn”, “Trực tuyến” "
        "hoặc “Hài lòng” thì cột “Tử số” không lớn hơn cột “Mẫu số”."
    ),
    "ketluan_overdue": "Không để cột “So với thời hạn” là “✖ Quá hạn”.",
}


def _all() -> dict[str, str]:
    found: dict[str, str] = {}
    for regime in map(load_regime, regime_ids()):
        found.update({rule.id: describe(regime, rule) for rule in regime.rules})
        found.update({c.id: describe_row_check(g, c) for g in regime.registers for c in g.checks})
    return found


@pytest.mark.parametrize(("rule", "sentence"), [*SAID.items(), *ROWS_SAID.items()])
def test_a_rule_is_told_in_words(rule: str, sentence: str) -> None:
    assert _all()[rule] == sentence


def test_every_rule_of_every_regime_is_told_without_codes_or_signs() -> None:
    for rule, sentence in _all().items():
        assert sentence[0].isupper() and sentence.endswith("."), rule
        assert not re.search(r"[a-z]_|==|previous|city\.|[{}]", sentence), f"{rule}: {sentence}"
        assert len(sentence) < 600, rule
