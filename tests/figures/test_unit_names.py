"""Names of units as people and programs write them: equal or another unit, in files, cells and _meta."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import pytest
from support.filled_workbooks import filled_bytes
from support.samples_of_submissions import submission

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import StoredWorkbook, open_workbook
from cchc_xl.figures.identity import file_name_findings
from cchc_xl.model import ReportingUnit
from cchc_xl.model.contents import Subject
from cchc_xl.model.layout import MAIN, MAIN_UNIT, META, layout_of
from cchc_xl.model.names import as_compared, as_spelled, without_marks, words_of
from cchc_xl.model.periods import parse_period
from cchc_xl.model.scope import is_named
from cchc_xl.reading.placement import place_figures
from cchc_xl.reading.printed_words import wording_findings

UNITS = load_units()
PERIOD = parse_period("2026-M06")
TONES = "\u0300\u0301\u0303\u0309\u0323"
VOWELS = "aeiouyAEIOUY"
ALIKE = str.maketrans("aoecpyĐ", "\u0430\u043e\u0435\u0441\u0440\u0443\u00d0")


def moved_tones(name: str) -> str:
    """Every tone mark on a neighbouring vowel of its syllable, where there is one."""
    return " ".join(map(_moved, name.split()))


def _moved(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    tone = next((letter for letter in letters if letter in TONES), "")
    bare = "".join(letter for letter in letters if letter != tone)
    marked = letters.find(tone) - 1 if tone else -1
    places = [n for n, letter in enumerate(bare) if letter in VOWELS]
    others = [n for n in places if n not in (marked, marked - 1)]
    if not tone or not others:
        return syllable
    at = others[-1] + 1
    while at < len(bare) and unicodedata.combining(bare[at]):
        at += 1
    return unicodedata.normalize("NFC", bare[:at] + tone + bare[at:])


def look_alike(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).translate(ALIKE))


def invisible(name: str) -> str:
    return "\ufeff" + name.replace(" ", "\u00a0\u200b").replace("n", "n\u200d\u00ad")


def unmarked(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return bare.replace("Đ", "D").replace("đ", "d")


SAME: Mapping[str, Callable[[str], str]] = {
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "tones moved": moved_tones,
    "invisible letters": invisible,
    "look-alike letters": look_alike,
    "upper case": str.upper,
}
each_way = pytest.mark.parametrize("way", SAME)


@cache
def _workbook() -> tuple[StoredWorkbook, Mapping[str, object], Subject]:
    stored = open_workbook(open_gate(filled_bytes("chi-so-766")))
    regime = load_regime("chi-so-766", PERIOD)
    return stored, place_figures(stored, layout_of(regime)), Subject(regime, UNITS[0], PERIOD)


def rules_of_cells(unit: ReportingUnit, shown: str, stored_name: str) -> set[str]:
    """What is told when Trang chính and the form show one name and _meta another."""
    stored, places, subject = _workbook()
    layout = subject.layout
    name_cell = stored.defined_names["cchc_ten_don_vi"]
    form = next(iter(layout.forms.values())).form.sheet
    words = {
        (MAIN, MAIN_UNIT): shown,
        (form, "A1"): f"{shown} · {PERIOD.label}",
        name_cell: stored_name,
    }
    cells = {sheet: dict(stored.cells(sheet).items()) for sheet in (MAIN, form, META)}
    for (sheet, address), text in words.items():
        cells[sheet][address] = replace(cells[sheet][address], text=text)

    class Retyped:
        def sheet(self, name: str) -> object:
            return stored.sheet(name)

        def cells(self, name: str) -> object:
            return cells[name]

    own = replace(subject, unit=unit)
    return {f.rule for f in wording_findings(own, name_cell, places, Retyped())}  # type: ignore[arg-type]


def told_of_file(unit: ReportingUnit, file: str) -> list[str]:
    return [f.rule for f in file_name_findings(replace(submission(unit), file=file), UNITS)]


def test_no_two_units_of_the_list_have_one_name_in_any_compared_form():
    for form in (as_compared, as_spelled):
        assert len({form(unit.full_name) for unit in UNITS}) == len(UNITS) == 114


@each_way
def test_a_name_written_otherwise_is_the_unit_s_own_and_no_other_s(way):
    for unit in UNITS:
        for name in (unit.name, unit.full_name):
            written = SAME[way](name)
            assert [u for u in UNITS if is_named(u, written)] == [unit], written
            assert not UNITS.names_another(unit, written)
            found = UNITS.find("", written)
            assert found == unit or (way == "tones moved" and found is None), written
            assert rules_of_cells(unit, SAME[way](unit.full_name), written) == set(), written


@each_way
@pytest.mark.parametrize("between", [" ", "_", "-"])
def test_a_file_name_names_its_own_unit_or_contradicts(way, between):
    for unit, other in zip(UNITS, (*UNITS[1:], UNITS[0]), strict=True):
        file = f"BC_{SAME[way](unit.name)}_Q2.xlsx".replace(" ", between)
        assert told_of_file(unit, file) == [], file
        assert told_of_file(other, file) == ["file_name_other_unit"], file


def test_a_name_without_marks_is_never_taken_for_a_unit_and_never_silent():
    for unit, other in zip(UNITS, (*UNITS[1:], UNITS[0]), strict=True):
        written = unmarked(unit.name)
        exact = [u for u in UNITS if u.name == written]
        assert [u for u in UNITS if is_named(u, written)] == exact
        assert UNITS.find("", written) in (None, *exact)
        told = set() if exact == [unit] else {"unit_differs", "unit_name_differs"}
        assert rules_of_cells(unit, unmarked(unit.full_name), written) >= (
            told if unit not in exact else set()
        )
        file = f"BC-{written.replace(' ', '-')}.xlsx"
        assert told_of_file(unit, file) == [], file
        alike = [u for u in UNITS if without_marks(u.name) == without_marks(unit.name)]
        expected = [[]] if other in alike else [["file_name_other_unit"], ["file_name_like_other"]]
        assert told_of_file(other, file) in expected, file


def test_another_unit_s_name_is_told_in_every_place():
    for unit, other in zip(UNITS, (*UNITS[1:], UNITS[0]), strict=True):
        assert rules_of_cells(unit, other.full_name, unit.name) == {"unit_differs"}
        assert rules_of_cells(unit, unit.full_name, other.name) == {"unit_name_differs"}
        assert UNITS.names_another(unit, other.name)


def test_a_name_within_a_longer_one_is_another_unit():
    units = {unit.name: unit for unit in UNITS}
    assert told_of_file(units["Thanh Miện"], "Xã_Nam_Thanh_Miện.xlsx") == ["file_name_other_unit"]
    assert told_of_file(units["Nam Thanh Miện"], "xa-nam-thanh-mien.xlsx") == []
    assert told_of_file(units["Cẩm Giang"], "Cẩm-Giàng.xlsx") == ["file_name_other_unit"]
    assert words_of("a_b-c.xlsx") == "a b c xlsx"
