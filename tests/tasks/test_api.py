"""What a script calls: importing costs nothing, the README's examples run, values say what they mean."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.commune_samples import PERIOD, REGIME, UNIT, nam_thanh_mien
from support.places import PACKAGE, ROOT
from support.samples_of_submissions import figures
from support.through_time_files import write_submission

import cchc_xl
from cchc_xl import texts
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.layout import layout_of
from cchc_xl.workbooks.commune import plan_workbook

EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
MOST_MILLISECONDS = 20


def python(*arguments: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- importing -------------------------------------------------------------------------------------------


def test_importing_the_package_loads_nothing_of_it_and_takes_no_time():
    loading = "import sys, time; start = time.perf_counter(); import cchc_xl; "
    telling = "print((time.perf_counter() - start) * 1000, *(m for m in sys.modules if m[:7] == 'cchc_xl'))"
    told = [python("-c", loading + telling).split() for _ in range(5)]
    assert all(modules == ["cchc_xl"] for _, *modules in told)
    assert min(float(milliseconds) for milliseconds, *_ in told) < MOST_MILLISECONDS


def test_every_name_offered_is_there_and_type_checkers_are_told_of_the_same():
    assert (PACKAGE / "py.typed").exists()
    told = {
        alias.name
        for node in ast.walk(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("cchc_xl.")
        for alias in node.names
    }
    assert told == set(cchc_xl.__all__) <= set(dir(cchc_xl))
    assert all(getattr(cchc_xl, name) is not None for name in told)
    with pytest.raises(AttributeError, match="khong_co"):
        cchc_xl.khong_co  # noqa: B018


def test_the_examples_of_the_readme_run_as_they_stand(tmp_path: Path):
    assert len(EXAMPLES) == 3 and "history_frame" in EXAMPLES[2]
    told = []
    for number, example in enumerate(EXAMPLES):
        (tmp_path / f"vi_du_{number}.py").write_text(example, encoding="utf-8")
        told.append(python(f"vi_du_{number}.py", cwd=tmp_path))
    assert "CCHC_2026-Q2_11284_Nam-Thanh-Mien.xlsx accepted" in told[0]
    assert "99.33%, 1/114 đơn vị" in told[1] and "Biểu 3 D12 5650" in told[1]
    assert "Xã Nam Thanh Miện" in told[2] and "0.9933" in told[2]


def test_workers_do_not_run_the_script_that_started_them(tmp_path: Path):
    (tmp_path / "a.xlsx").write_bytes(b"khong phai tep")
    script = "import cchc_xl\nprint('chạy')\nprint(cchc_xl.read('a.xlsx').verdict)\n"
    (tmp_path / "khong_canh.py").write_text(script, encoding="utf-8")
    assert python("khong_canh.py", cwd=tmp_path).split() == ["chạy", "rejected"]


# --- values of a script ----------------------------------------------------------------------------------


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "trong.xlsx"
    path.write_bytes(render(plan_workbook(REGIME, UNIT, PERIOD)))
    return path


@pytest.mark.parametrize(
    ("key", "given", "stored"),
    [
        ("bieu3_2_1_1", 5650, 5650),
        ("bieu3_2_1_1", 5650.0, 5650),
        ("bieu3_2_1_1", "5.650", 5650),
        ("bieu3_2_1_1", Decimal("1E+3"), 1000),
        ("bieu4_1", 0.9932, 0.9932),
        ("bieu4_1", "99,32%", 0.9932),
        ("bieu1_4_2", "kps", "KPS"),
        ("cchc_lan_nop", 2, 2),
    ],
)
def test_a_number_is_what_the_cell_holds_and_a_text_what_an_officer_types(blank: Path, key, given, stored):
    layout = layout_of(REGIME)
    if key not in layout.names and key != "cchc_lan_nop":
        key = next(i.code for i in REGIME.indicators.values() if i.is_input and i.kind.value == "ratio")
    filled = cchc_xl.fill(blank, {key: given}, blank.with_name("day.xlsx"))
    sheet, cell = layout.names[key]
    value = openpyxl.load_workbook(filled.path)[sheet][cell].value
    assert value == pytest.approx(stored) if not isinstance(stored, str) else value == stored
    assert filled.count == 1


def test_days_and_blanks_are_written_as_such(blank: Path):
    given = {"cchc_tu_ngay": date(2026, 4, 1), "bieu3_2_1_1": None}
    filled = cchc_xl.fill(blank, given, blank.with_name("day.xlsx"))
    sheet, cell = layout_of(REGIME).names["cchc_tu_ngay"]
    assert openpyxl.load_workbook(filled.path)[sheet][cell].value.date() == date(2026, 4, 1)
    assert filled.count == 2


def test_every_value_that_does_not_fit_is_named_and_nothing_is_written(blank: Path):
    given = {"bieu3_2_1_1": 5.65, "khong_co": 1, "bieu1_1": True, "bieu2_1": float("nan"), "bieu3_2_1": 1}
    with pytest.raises(cchc_xl.UsageError) as refusal:
        cchc_xl.fill(blank, given, blank.with_name("day.xlsx"))
    assert all(f"“{key}”" in str(refusal.value) for key in given), str(refusal.value)
    assert not blank.with_name("day.xlsx").exists()


# --- the rest --------------------------------------------------------------------------------------------


def test_check_takes_one_file_or_many_and_holds_them_against_earlier_ones(tmp_path: Path):
    first = write_submission(tmp_path / "Q1", cchc_xl.ReferencePeriod(2026, "Q", 1), figures(1))
    second = write_submission(tmp_path / "Q2", PERIOD, figures(1) | {"bieu6_1_2": Decimal(1)})
    (alone,) = cchc_xl.check(second)
    both = cchc_xl.check(iter([second, first]), previous=tmp_path / "Q1")
    assert [s.file for s in both] == [second.name, first.name]
    more = {f.rule for f in both[0].findings} - {f.rule for f in alone.findings}
    assert "bieu6_disbursed_never_falls" in more


def test_a_half_year_is_rolled_up_and_another_list_of_units_is_taken(tmp_path: Path):
    (tmp_path / "don-vi.csv").write_text("code,type,name\n90001,Xã,Minh Họa\n", encoding="utf-8")
    unit = cchc_xl.ReportingUnit("90001", "Xã", "Minh Họa")
    for quarter in (1, 2):
        write_submission(tmp_path / "nop", cchc_xl.ReferencePeriod(2026, "Q", quarter), figures(1), unit=unit)
    asked = {"units": tmp_path / "don-vi.csv"}
    rolled = cchc_xl.rollup(tmp_path / "nop", "6T/2026", tmp_path / "nua-nam", **asked)
    assert [done.unit for done in rolled.written] == [unit]
    assert cchc_xl.read(rolled.written[0].path, **asked).unit == unit
    assert cchc_xl.read(rolled.written[0].path).verdict is cchc_xl.Verdict.REJECTED
    shown = cchc_xl.issue("2026-S1", tmp_path / "phat", plain=True, previous=tmp_path / "nop", **asked)
    assert len(shown.paths) == 1 and shown.without_previous == ("Xã Minh Họa",)


def test_what_cannot_be_done_is_said_in_one_vietnamese_line(tmp_path: Path):
    foreign = tmp_path / "khac.xlsx"
    openpyxl.Workbook().save(foreign)
    (tmp_path / "nop").mkdir()
    for wrong, act in (
        (cchc_xl.UsageError, lambda: cchc_xl.issue("quý hai", tmp_path / "x")),
        (cchc_xl.UsageError, lambda: cchc_xl.issue("2026-Q2", tmp_path / "x", codes=["00000"])),
        (cchc_xl.UsageError, lambda: cchc_xl.load_regime("khong-co")),
        (cchc_xl.UsageError, lambda: cchc_xl.history_frame(tmp_path / "khong-co.db")),
        (cchc_xl.CchcError, lambda: cchc_xl.fill(foreign, {}, tmp_path / "x.xlsx")),
        (
            cchc_xl.WorkbookRefused,
            lambda: cchc_xl.merge(tmp_path / "nop", "2026-Q2", tmp_path / "x.xlsx", previous=foreign),
        ),
    ):
        with pytest.raises(wrong) as stopped:
            act()
        line = str(stopped.value)
        assert isinstance(stopped.value, cchc_xl.CchcError)
        assert "\n" not in line and " " in line and not line.isascii(), line
    assert cchc_xl.load_regime().indicators.keys() == cchc_xl.load_regime(period="2026-Q2").indicators.keys()
    assert nam_thanh_mien().figures


def test_every_refusal_says_why_and_what_to_do():
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    raised = {path: set(re.findall(r'WorkbookRefused\(\s*"(\w+)"', told)) for path, told in sources.items()}
    # What reads reports says it in the words of reports.
    of_reports = [path for path in sources if PACKAGE / "word" in path.parents or path.stem == "documents"]
    codes = set().union(*(found for path, found in raised.items() if path not in of_reports))
    assert len(codes) >= 40
    words = re.compile(r"\{(\w+)")
    for code in codes:
        asked = {name: "x" for told in (texts.text(code), texts.fix(code)) for name in words.findall(told)}
        assert str(cchc_xl.WorkbookRefused(code, **asked)).count(".") >= 1
    for code in set().union(*(raised[path] for path in of_reports)):
        assert texts.document_refusal(code, part="x", limit="4").count(".") >= 2, code
