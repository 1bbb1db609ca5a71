"""The committed ready-to-use workbooks are what the package makes now, part by part.

Compressed bytes may differ between zlib versions, xlwings' modules follow the installed version: neither is
compared. Another XlsxWriter that writes other XML shows here; then look, and rebuild.
"""

from __future__ import annotations

import functools
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from support.command_line import run
from support.ooxml_validator import validate
from support.places import ROOT

from cchc_xl.catalogue.loader import regime_ids
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.vba.judge.project_reader import read_vba_project
from cchc_xl.excel.vba.source import Module, VbaSourceError
from cchc_xl.excel.vba.xlwings_module import THIRD_PARTY
from cchc_xl.tasks import drawing, templates
from cchc_xl.tasks.templates import template_files

FOLDER = ROOT / "workbook_templates"
PROJECT = "xl/vbaProject.bin"
FILES = {file.name: file for file in template_files(load_units())}
REBUILD = "chạy lại: cchc-xl templates"


@functools.cache
def made(name: str) -> bytes:
    return FILES[name].content()


def parts_of(content: bytes) -> dict[str, object]:
    """Inflated parts; of the macros what was written here, xlwings' own follow the installed version."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts: dict[str, object] = {name: package.read(name) for name in package.namelist()}
    if PROJECT in parts:
        stored = read_vba_project(parts[PROJECT])
        parts[PROJECT] = {m.name: m.text for m in stored if m.name not in THIRD_PARTY}
    return parts


def test_the_folder_holds_every_template_and_no_other_workbook():
    standing = {path.name for path in FOLDER.iterdir() if path.is_file()}
    assert standing == set(FILES), REBUILD
    assert {"TongHop.xlsm", "cchc_xl.xlam"} < standing
    assert len(standing) == 2 * len(regime_ids()) + 2


@pytest.mark.parametrize("name", FILES)
def test_a_committed_template_is_what_the_package_makes(name: str):
    committed, new = parts_of((FOLDER / name).read_bytes()), parts_of(made(name))
    assert list(committed) == list(new), REBUILD
    assert [part for part in new if committed[part] != new[part]] == [], REBUILD


@pytest.mark.validator
def test_no_template_has_an_open_xml_error():
    paths = sorted(FOLDER / name for name in FILES)
    assert validate(paths) == {path: [] for path in paths}


def test_the_command_writes_what_is_committed(tmp_path: Path):
    done = run("templates", "--out", tmp_path / "mau")
    assert done.returncode == 0, done.stderr
    written = {path.name: path.read_bytes() for path in (tmp_path / "mau").iterdir()}
    assert written == {name: made(name) for name in FILES}


BROKEN = 'Attribute VB_Name = "modBroken"\nOption Explicit\n\nPublic Sub Work()\n    If True Then\nEnd Sub\n'


def _of_macros(monkeypatch: pytest.MonkeyPatch, modules: tuple[Module, ...]) -> None:
    files = (replace(file, modules=modules) for file in FILES.values() if file.name == "TongHop.xlsm")
    monkeypatch.setattr(templates, "template_files", lambda units, found=tuple(files): found)


def test_a_fault_in_a_macro_stops_the_templates_with_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    _of_macros(monkeypatch, (*FILES["TongHop.xlsm"].modules, Module("modBroken", "standard", BROKEN)))
    with pytest.raises(VbaSourceError, match=r"modBroken\.bas, dòng 6"):
        templates.write_templates(tmp_path, load_units())
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_lacks_a_macro_of_its_buttons_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    city = FILES["TongHop.xlsm"]
    without = tuple(module for module in city.modules if module.name != "modFiles")
    monkeypatch.setattr(drawing, "city_macros", lambda: without)
    _of_macros(monkeypatch, without)
    with pytest.raises(VbaSourceError, match="ChonThuMuc"):
        templates.write_templates(tmp_path, load_units())
    assert list(tmp_path.iterdir()) == []
