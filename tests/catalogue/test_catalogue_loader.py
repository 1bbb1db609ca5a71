"""The strict loader: what is in force, what is loaded once, and every fault it refuses at once."""

from __future__ import annotations

import re
import time
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from support.places import EXAMPLES

from cchc_xl.catalogue import load_regime, loader, regime_ids
from cchc_xl.model import Kind
from cchc_xl.model.errors import CatalogueError, UsageError
from cchc_xl.model.periods import parse_period

REGIME_ID = "cchc-dinh-ky"


def test_constants_and_their_rules_stand_only_while_in_force() -> None:
    now, before = (load_regime(REGIME_ID, parse_period(p)) for p in ("2026-Q2", "2026-Q1"))
    assert now.parameters == {"tthc_total": 375, "tthc_partial": 155, "tthc_full": 220}
    assert now.parameters["tthc_total"] == now.parameters["tthc_partial"] + now.parameters["tthc_full"]
    assert before.parameters == {}
    all_year = {rule.id for rule in now.rules if not rule.within_year}
    gone = all_year - {rule.id for rule in before.rules}
    assert gone == {rule.id for rule in now.rules if rule.id.endswith("_within_catalogue")} != set()


def test_a_regime_is_loaded_once_and_quickly() -> None:
    period = parse_period("2026-Q2")
    assert load_regime(REGIME_ID, period) is load_regime(REGIME_ID, period)
    loader._load.cache_clear()
    loader._checked_source.cache_clear()
    start = time.process_time()
    again = load_regime(REGIME_ID, period)
    assert time.process_time() - start < 0.5  # of the processor; measured 14 ms
    assert again.digest == load_regime(REGIME_ID).digest
    assert re.fullmatch(r"[0-9a-f]{16}", again.digest)


def test_an_unknown_regime_or_kind_of_period_is_refused_with_the_known_ones() -> None:
    assert {REGIME_ID, "tthc-thang"} <= set(regime_ids())
    with pytest.raises(UsageError, match="cchc-dinh-ky"):
        load_regime("khong-co")
    with pytest.raises(UsageError, match="2026-M06"):
        load_regime(REGIME_ID, parse_period("2026-M06"))


_REGIME = """
id = "thu-nghiem"
title = "Báo cáo thử"
basis = "Công văn thử"
version = "1"
period_kinds = ["Q"]
cutoff_day = 14
report_heading = ["Phụ lục"]
appended_how = "Kèm theo"
[parameters.tran]
title = "Trần"
source = "thử"
values = [{ value = 10, effective_to = 2026-03-14 }, { value = 12.5, effective_from = 2026-03-15 }]
"""
_FORM = """
code = "thumau1"
number = "1"
sheet = "Biểu 1"
heading = "Biểu mẫu 1"
title = "Thử"
reference = "CV thử"
[[indicator]]
code = "thumau1_1"
number = "1."
label = "Tổng số"
kind = "count"
over_units = "sum"
over_time = "sum"
blank = "warn"
help = "Tổng số."
[[indicator]]
code = "thumau1_2"
number = "2."
label = "Trong đó"
kind = "count"
over_units = "sum"
over_time = "sum"
blank = "accept_kps"
help = "Trong đó."
effective_from = 2026-03-15
[[indicator]]
code = "thumau1_3"
number = "3."
label = "Tỷ lệ"
kind = "ratio"
formula = "thumau1_1 / city.tran"
over_units = "recompute"
over_time = "recompute"
"""
_RULES = """
[[rule]]
id = "part_within_total"
severity = "error"
assert = "thumau1_2 <= thumau1_1"
at = "thumau1_2"
message = "phần ({thumau1_2}) lớn hơn tổng ({thumau1_1})"
fix = "Kiểm tra lại."
"""
_REGISTER = """
code = "vanban"
sheet = "Văn bản"
heading = "Phụ lục I"
title = "Danh mục văn bản"
[[column]]
code = "so"
label = "Số, ký hiệu"
kind = "text"
required = true
[[column]]
code = "ngay"
label = "Ngày"
kind = "date"
"""


def _folder(tmp_path: Path, **files: str) -> Path:
    content = {"regime": _REGIME, "thumau1": _FORM, "rules": _RULES, **files}
    for name, text in content.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_new_regime_needs_only_a_folder(tmp_path: Path) -> None:
    folder = _folder(tmp_path, register_van_ban=_REGISTER)
    loaded = load_regime("thu-nghiem", parse_period("2026-Q2"), folder=folder)
    assert list(loaded.indicators) == ["thumau1_1", "thumau1_2", "thumau1_3"]
    assert loaded.parameters == {"tran": Decimal("12.5")}
    assert loaded.rules[0].form == "thumau1"
    assert loaded.registers[0].columns[0].required
    assert loaded.registers[0].columns[1].kind is Kind.DATE


def test_rows_not_yet_in_force_are_left_out_with_their_rules(tmp_path: Path) -> None:
    before = load_regime("thu-nghiem", parse_period("2026-Q1"), folder=_folder(tmp_path))
    assert list(before.indicators) == ["thumau1_1", "thumau1_3"]
    assert before.rules == ()
    assert before.parameters == {"tran": 10}


def test_the_digest_follows_the_content_and_not_the_line_ends(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b", "c")]
    for folder in folders:
        folder.mkdir()
        _folder(folder)
    crlf = _FORM.replace("\n", "\r\n").encode()
    (folders[1] / "thumau1.toml").write_bytes(crlf)
    _folder(folders[2], thumau1=_FORM.replace("Tổng số", "Tổng"))
    first, windows, changed = (load_regime("thu-nghiem", folder=folder).digest for folder in folders)
    assert first == windows != changed


_FAULTS = tomllib.loads((EXAMPLES / "catalogue_faults.toml").read_text(encoding="utf-8"))["fault"]
_FILES = {"regime": _REGIME, "thumau1": _FORM, "rules": _RULES}


def _problems(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_regime("thu-nghiem", folder=folder)
    return caught.value.problems


@pytest.mark.parametrize("fault", _FAULTS, ids=lambda fault: str(fault["name"]))
def test_the_loader_refuses(tmp_path: Path, fault: dict[str, str]) -> None:
    text = _FILES[fault["file"]]
    assert fault["right"] in text
    faulty = text.replace(fault["right"], fault["wrong"], 1)
    problems = _problems(_folder(tmp_path, **{fault["file"]: faulty}))
    assert any(fault["said"] in problem for problem in problems), problems


def test_a_faulty_register_is_refused(tmp_path: Path) -> None:
    faulty = _REGISTER.replace('kind = "date"', 'kind = "choice"').replace("so", "ngay", 1)
    problems = _problems(_folder(tmp_path, register_x=faulty.replace('"Phụ lục I"', '"Phụ lục I"\nrows = 0')))
    assert any("register_x.toml.rows" in problem for problem in problems)
    assert any("ngay.choices" in problem for problem in problems)


def test_every_fault_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    form = (
        _FORM.replace("help =", "hepl =", 1)
        .replace('"thumau1_2"', '"thumau1_1"')
        .replace("city.tran", "city.san")
    )
    rules = _RULES.replace("<= thumau1_1", "<= thumau1_7").replace('severity = "error"\n', "")
    other = rules.replace("part_within_total", "another").replace("[[rule]]", '[[rule]]\nseverity = "error"')
    regime = _REGIME.replace("cutoff_day = 14", 'cutoff_day = "14"')
    problems = _problems(_folder(tmp_path, regime=regime, thumau1=form, rules=rules + other))
    for said in (
        "regime.toml.cutoff_day",
        "thumau1_1.hepl",
        "trùng",
        "city.san",
        "total.severity",
        "another.assert",
    ):
        assert any(said in problem for problem in problems), said


def test_a_folder_without_anything_says_what_is_missing(tmp_path: Path) -> None:
    problems = _problems(tmp_path)
    assert any("regime.toml: thiếu tệp này" in problem for problem in problems)
    assert any("không có biểu mẫu nào" in problem for problem in problems)
