"""Every cell of Tổng hợp against a script of its own (openpyxl, nothing of ours), in every state."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from support.command_line import run
from support.recomputed_totals import recomputed, sent_in, summary_cells
from support.samples_of_submissions import UNITS, figures
from support.through_time_files import write_submission

from cchc_xl.model.periods import parse_period

Q2 = parse_period("2026-Q2")
_NOT_SUMMED = ("bieu1_4_3", "bieu1_5", "bieu3_1_1", "bieu3_1_2", "bieu7_1_1", "bieu7_1_2", "bieu7_1_5")


def _given(number: int, **own: object):
    return figures(number, **own)  # type: ignore[arg-type]


def test_an_independent_script_finds_the_same_city_figures_in_every_state(tmp_path: Path):
    whole, partial, pair, held, empty, dashes, zeros, *_ = UNITS[:9]
    folder = tmp_path / "nop"
    write_submission(folder, Q2, figures(1), unit=whole)
    form_4 = {code: value for code, value in figures(2).items() if code.startswith("bieu4")}
    write_submission(folder, Q2, form_4, unit=partial)
    write_submission(folder, Q2, _given(3, bieu3_2_1_1=Decimal(5650), bieu3_2_1_2=None), unit=pair)
    write_submission(folder, Q2, _given(4, bieu6_1_1="chữ"), unit=held)
    write_submission(folder, Q2, {}, unit=empty)
    write_submission(folder, Q2, _given(6, bieu1_1="-", bieu2_1="không", bieu2_1_1="KPS"), unit=dashes)
    write_submission(folder, Q2, _given(7, bieu6_2_2=None, bieu6_2_4_3=None), unit=zeros)
    with (tmp_path / "dv.csv").open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(
            [("code", "type", "name"), *((u.code, u.type, u.name) for u in UNITS[:9])]
        )
    out = tmp_path / "T.xlsx"
    done = run("merge", folder, "--period", "2026-Q2", "--out", out, "--units", tmp_path / "dv.csv")
    assert done.returncode == 1, done.stderr
    shown, counted, states = summary_cells(out)
    assert states == {
        "Đã nhận đủ": 3,
        "Đã nhận, cần bổ sung": 2,
        "Chờ chỉnh sửa": 1,
        "Tệp chưa có số liệu": 1,
        "Chưa gửi": 2,
    }
    assert counted[empty.code] == set() and "bieu6" not in counted[held.code]
    sent = {one.unit: one.figures for one in map(sent_in, folder.iterdir())}
    expected = recomputed(sent, counted)
    compared = 0
    for code, value in shown.items():
        if code.startswith(_NOT_SUMMED):
            continue
        compared += 1
        if expected[code] is None:
            assert value in (None, "", "KPS"), code
        else:
            assert isinstance(value, int | float), (code, value)
            assert abs(Fraction(str(value)) - expected[code]) < Fraction(1, 10**9), (
                code,
                value,
                expected[code],
            )
    assert compared >= 45
