"""The portable folder's parts: which Python and which wheels are taken, and where their files go."""

from __future__ import annotations

import hashlib
import io
import re
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.command_line import assert_refused, run
from support.places import ROOT

from cchc_xl.tasks.portable import wheels
from cchc_xl.tasks.portable.wheels import PinnedWheel, pinned_wheels, unpacked_wheels
from cchc_xl.tasks.portable.windows_python import windows_python

EMBEDDED = {"python.exe": b"MZ", "python313.dll": b"MZ", "python313.zip": b"PK", "python313._pth": b"."}


def _zip(path: Path, files: Mapping[str, bytes]) -> Path:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path.write_bytes(written.getvalue())
    return path


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_embeddable_python_looks_for_modules_in_its_own_folder_only(tmp_path: Path):
    given = _zip(tmp_path / "p.zip", EMBEDDED)
    found = windows_python(given, _digest(given).upper())
    assert found["python313._pth"] == b"python313.zip\r\n.\r\nimport site\r\n"
    assert {name for name in found if name != "python313._pth"} == set(EMBEDDED) - {"python313._pth"}


def test_a_whole_installation_in_a_folder_loses_what_nobody_runs(tmp_path: Path):
    whole = {"python.exe": b"MZ", "python313.dll": b"MZ", "Lib/os.py": b"", "DLLs/_ssl.pyd": b""}
    more = {"tcl/a": b"", "Lib/test/a.py": b"", "Lib/site-packages/pip/__init__.py": b"", "../b": b""}
    given = _zip(
        tmp_path / "p.zip", {f"cp313/{name}": content for name, content in {**whole, **more}.items()}
    )
    found = windows_python(given, _digest(given))
    assert set(found) == {*whole, "python313._pth"}
    assert found["python313._pth"].startswith(b"Lib\r\nDLLs\r\n.\r\n")


def test_a_python_nobody_vouches_for_is_refused(tmp_path: Path):
    given = _zip(tmp_path / "p.zip", EMBEDDED)
    asked = ("portable", "--out", tmp_path / "out.zip", "--python")
    assert_refused(run(*asked, given), "p.zip", _digest(given), "--sha256")
    assert_refused(run(*asked, given, "--sha256", "0" * 64), "p.zip", _digest(given))
    assert_refused(run(*asked, tmp_path / "none.zip"), "none.zip")
    assert not (tmp_path / "out.zip").exists()


@pytest.mark.parametrize(
    "files", [{"readme.txt": b""}, {**EMBEDDED, "python313.dll": b"", "python.exe": b""}, {}], ids=str
)
def test_what_is_no_python_3_13_is_refused(tmp_path: Path, files: dict[str, bytes]):
    files = {name.replace("313", "312"): content for name, content in files.items()}
    given = _zip(tmp_path / "p.zip", files)
    asked = ("portable", "--out", tmp_path / "out.zip", "--python", given, "--sha256", _digest(given))
    assert_refused(run(*asked), "p.zip", "3.13")
    given.write_bytes(b"no zip")
    assert_refused(run(*asked[:-1], _digest(given)), "p.zip", "3.13")


def test_wheels_are_taken_by_their_digest_and_unpacked_to_their_places(tmp_path: Path, monkeypatch):
    name = _zip(
        tmp_path / "thing-1.0-py3-none-any.whl",
        {
            "thing/__init__.py": b"1",
            "thing-1.0.dist-info/RECORD": b"",
            "thing-1.0.data/data/thing64.dll": b"2",
            "thing-1.0.data/platlib/thing.pyd": b"3",
            "thing-1.0.data/scripts/thing.py": b"4",
        },
    )
    monkeypatch.setattr(wheels, "pinned_wheels", lambda: (PinnedWheel("thing", "1.0", _digest(name)),))
    assert unpacked_wheels(tmp_path) == {
        "Lib/site-packages/thing/__init__.py": b"1",
        "Lib/site-packages/thing-1.0.dist-info/RECORD": b"",
        "thing64.dll": b"2",
        "Lib/site-packages/thing.pyd": b"3",
    }


def test_a_changed_or_missing_wheel_is_named(tmp_path: Path):
    given = _zip(tmp_path / "p.zip", EMBEDDED)
    asked = ("portable", "--out", tmp_path / "o.zip", "--python", given, "--sha256", _digest(given))
    assert_refused(run(*asked, "--wheels", tmp_path), "xlwings==", "pandas==")
    assert_refused(run(*asked, "--wheels", tmp_path / "none"), "none")


def test_every_library_of_the_package_is_pinned_in_a_version_it_accepts():
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    pinned = {canonicalize_name(wheel.name): wheel.version for wheel in pinned_wheels()}
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement
    lines = [line for line in wheels.WHEEL_LIST.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert len(lines) == len(pinned) and all(
        re.fullmatch(r"\S+ --hash=sha256:\S{64}", line) for line in lines
    )
