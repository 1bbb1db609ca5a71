"""cchc-xl doctor and install on imagined PCs: a registry in a dictionary, readings made up."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from cchc_xl import texts
from cchc_xl.cli.app import run
from cchc_xl.model.errors import CchcError, UsageError
from cchc_xl.tasks.addin import HANDED_OUT, project_of
from cchc_xl.tasks.pc import install as installing
from cchc_xl.tasks.pc import plain_paths, xlwings_library
from cchc_xl.tasks.pc.advice import (
    CHILD_PROCESS_RULE,
    MACRO_API_RULE,
    AddinReadings,
    FileReadings,
    Level,
    OfficeReadings,
    PcReadings,
    PythonReadings,
    TrustedFolder,
    advice_lines,
    is_trusted,
    judge,
    read_zone,
    stops_buttons,
)
from cchc_xl.tasks.pc.doctor import examine_pc, read_addin, read_file, read_office, read_python
from cchc_xl.tasks.pc.install import INTERPRETER_KEY, addin_target, install_addin
from cchc_xl.tasks.pc.xlwings_library import unseen_libraries

PYTHON = "C:\\Python312\\python.exe"
ACCENTED = "C:\\Users\\Nguyễn An\\python.exe"
SECURITY = "Software\\Microsoft\\Office\\16.0\\Excel\\Security"
POLICY = "HKCU\\Software\\Policies\\Microsoft\\Office\\16.0\\Excel\\Security"
ASR = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules"
HEALTHY = PcReadings(
    is_windows=True,
    python=PythonReadings((3, 12), PYTHON, PYTHON, PYTHON, "0.37.8", True, "0.1.0"),
    office=OfficeReadings("16.0", vba_warnings=2, trusted=(TrustedFolder("C:\\CCHC\\"),)),
    addin=AddinReadings("current", "C:\\x\\cchc_xl.xlam"),
)


class FakeRegistry:
    """{key: {name: value}}; names of values and keys without regard to case, as Windows has it."""

    def __init__(self, content=()):
        self.content = dict(content)

    def values(self, path):
        return next((dict(v) for k, v in self.content.items() if k.lower() == path.lower()), {})

    def value(self, path, name):
        return next((v for n, v in self.values(path).items() if n.lower() == name.lower()), None)

    def keys(self, path):
        start = path.lower() + "\\"
        below = (k[len(start) :] for k in self.content if k.lower().startswith(start))
        return tuple(dict.fromkeys(name.split("\\")[0] for name in below))

    def write(self, path, name, value):
        self.content.setdefault(path, {})[name] = value


class LockedRegistry(FakeRegistry):
    def write(self, path, name, value):
        raise PermissionError(13, "Access is denied")


def bad(readings):
    return [advice.text for advice in judge(readings) if advice.level is Level.BAD]


def warnings(readings):
    return [advice.text for advice in judge(readings) if advice.level is Level.WARNING]


def with_python(**changes):
    return replace(HEALTHY, python=replace(HEALTHY.python, **changes))


def with_office(**changes):
    return replace(HEALTHY, office=replace(HEALTHY.office, **changes))


def with_file(**changes):
    file = FileReadings("C:\\Users\\an\\Downloads\\a.xlsm", template="1.0.0", catalogue="1.0.0")
    return replace(HEALTHY, files=(replace(file, **changes),))


def test_a_healthy_pc_gets_no_warning_and_ends_so():
    assert (bad(HEALTHY), warnings(HEALTHY), stops_buttons(judge(HEALTHY))) == ([], [], False)
    assert list(advice_lines(judge(HEALTHY)))[-1] == texts.text("pc_clear")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"version": (3, 10)}, "pc_python_old"),
        ({"xlwings": None}, "pc_xlwings_missing"),
        ({"has_pywin32": False}, "pc_pywin32_missing"),
        ({"registered": "D:\\other\\python.exe"}, "pc_interpreter_other"),
        ({"registered": None, "on_path": None}, "pc_path_missing"),
        (
            {
                "registered": None,
                "on_path": "C:\\Users\\an\\AppData\\Local\\Microsoft\\WindowsApps\\python.exe",
            },
            "pc_path_store",
        ),
    ],
)
def test_each_python_obstacle_is_named_alone_with_its_cure(changes, code):
    (found,) = bad(with_python(**changes))
    assert found.startswith(texts.text(code).split("{")[0])


def test_another_python_on_path_is_a_warning_and_case_of_paths_does_not_matter():
    assert warnings(with_python(registered=None, on_path="D:\\py\\python.exe"))
    assert warnings(with_python(registered=PYTHON.upper())) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"version": None}, "pc_excel_missing"),
        ({"vba_warnings": 3}, "pc_vba_signed"),
        ({"vba_warnings": 4}, "pc_vba_off"),
        ({"vba_warnings": 3, "vba_by_policy": True}, "pc_vba_signed_policy"),
        ({"vba_warnings": 4, "vba_by_policy": True}, "pc_vba_off_policy"),
        ({"rules": ((CHILD_PROCESS_RULE, 1),)}, "pc_child_blocked"),
        ({"rules": ((MACRO_API_RULE, 1),)}, "pc_api_blocked"),
    ],
)
def test_each_excel_obstacle_is_named_alone_with_its_cure(changes, code):
    (found,) = bad(with_office(**changes))
    assert found.startswith(texts.text(code).split("{")[0])


def test_rules_that_only_watch_are_no_obstacle():
    assert bad(with_office(rules=((CHILD_PROCESS_RULE, 2), (MACRO_API_RULE, 0)))) == []


def test_a_mailed_file_is_blocked_unless_it_lies_in_a_trusted_folder():
    assert "Unblock" in bad(with_file(zone=3))[0]
    assert bad(with_file(zone=3, path="c:\\cchc\\a.xlsm")) == []
    assert bad(with_file(zone=3, path="C:\\CCHC\\thang 6\\a.xlsm")), (
        "subfolders are not trusted unless said so"
    )
    assert bad(with_file(zone=0)) == []
    disabled = replace(
        with_file(zone=3, path="C:\\CCHC\\a.xlsm"), office=replace(HEALTHY.office, trusted_disabled=True)
    )
    assert bad(disabled)


def test_a_file_of_another_catalogue_version_or_of_nobody_is_told():
    assert "0.9.0" in warnings(with_file(template="0.9.0"))[0]
    assert warnings(with_file(template=None))
    assert "hỏng" in bad(with_file(fault="tệp hỏng"))[0]


def test_trusted_folders_with_subfolders_hold_everything_below():
    folder = (TrustedFolder("C:\\CCHC", with_subfolders=True),)
    assert is_trusted("C:\\CCHC\\2026\\Q2\\a.xlsm", folder)
    assert not is_trusted("C:\\CCHC2\\a.xlsm", folder)


@pytest.mark.parametrize(
    ("stream", "zone"),
    [
        ("[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n", 3),
        ("[ZoneTransfer]\nZoneId = 0", 0),
        ("", None),
    ],
)
def test_the_mark_of_the_web_is_read_from_its_stream(stream, zone):
    assert read_zone(stream) == zone


def test_policies_come_before_the_users_own_macro_setting():
    registry = FakeRegistry(
        {
            f"HKCU\\{SECURITY}": {"VBAWarnings": 2},
            POLICY: {"vbawarnings": 4, "blockcontentexecutionfrominternet": 1},
            f"HKCU\\{SECURITY}\\Trusted Locations\\Location7": {
                "Path": "%APPDATA%\\Bao cao",
                "AllowSubFolders": 1,
            },
            f"{POLICY}\\Trusted Locations": {"AllLocationsDisabled": 1},
        }
    )
    office = read_office(registry, {"AppData": "C:\\Users\\an\\AppData\\Roaming"})
    assert (office.version, office.vba_warnings, office.vba_by_policy) == ("16.0", 4, True)
    assert office.internet_macros_blocked
    assert office.trusted_disabled
    assert office.trusted == (
        TrustedFolder("C:\\Users\\an\\AppData\\Roaming\\Bao cao", with_subfolders=True),
    )


def test_without_policies_the_users_own_setting_counts_and_an_older_excel_is_found():
    old = "HKCU\\Software\\Microsoft\\Office\\14.0\\Excel\\Security"
    office = read_office(FakeRegistry({old: {"VBAWarnings": 1}}), {})
    assert (office.version, office.vba_warnings, office.vba_by_policy) == ("14.0", 1, False)
    assert read_office(FakeRegistry(), {}) == OfficeReadings()


@pytest.mark.parametrize(
    "rules",
    [
        {ASR: {CHILD_PROCESS_RULE.lower(): "1"}},
        {
            "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Policy Manager": {
                "ASRRules": f"{{{CHILD_PROCESS_RULE}}}=1|{MACRO_API_RULE}=2"
            }
        },
    ],
)
def test_defender_rules_are_read_from_group_policy_and_from_intune(rules):
    office = read_office(FakeRegistry({f"HKCU\\{SECURITY}": {}, **rules, f"HKLM\\{SECURITY}": {"x": 1}}), {})
    assert dict(office.rules)[CHILD_PROCESS_RULE] == 1


def test_this_python_is_read_and_what_was_registered_for_excel():
    python = read_python(FakeRegistry({INTERPRETER_KEY: {"Interpreter": PYTHON}}))
    assert python.registered == PYTHON
    assert python.xlwings


def test_installing_writes_the_add_in_and_the_interpreter_and_says_so(tmp_path):
    registry, environment = FakeRegistry(), {"APPDATA": str(tmp_path)}
    result = install_addin(is_windows=True, environment=environment, registry=registry, interpreter=PYTHON)
    assert result.path == tmp_path / "Microsoft" / "Excel" / "XLSTART" / "cchc_xl.xlam"
    assert registry.value(INTERPRETER_KEY, "Interpreter") == PYTHON
    assert result.lines[0] == texts.text("install_did")
    assert str(result.path) in result.lines[1]
    assert read_addin(environment).state == "current"
    again = install_addin(is_windows=True, environment=environment, registry=registry, interpreter=PYTHON)
    assert [path.name for path in again.path.parent.iterdir()] == ["cchc_xl.xlam"]
    result.path.write_bytes(b"older")
    assert read_addin(environment).state == "other"


def test_two_installations_differ_in_the_name_that_a_foreign_settings_sheet_would_have_to_guess(tmp_path):
    paths = []
    for name in "ab":
        environment = {"APPDATA": str(tmp_path / name)}
        done = install_addin(
            is_windows=True, environment=environment, registry=FakeRegistry(), interpreter=PYTHON
        )
        assert read_addin(environment).state == "current"
        paths.append(done.path)
    first, second = (project_of(path.read_bytes()) for path in paths)
    assert HANDED_OUT not in (first, second)
    assert first != second


@pytest.mark.parametrize(
    ("short", "registered", "told"),
    [
        ("C:\\Users\\NGUYN~1\\python.exe", "C:\\Users\\NGUYN~1\\python.exe", False),
        ("C:\\Users\\Nguyễn An\\python.exe", "C:\\Users\\Nguyễn An\\python.exe", True),
    ],
)
def test_a_profile_with_vietnamese_letters_is_registered_by_its_short_name_or_the_cure_is_told(
    tmp_path, monkeypatch, short, registered, told
):
    monkeypatch.setattr(plain_paths, "short_path", lambda path: short)
    registry = FakeRegistry()
    done = install_addin(
        is_windows=True, environment={"APPDATA": str(tmp_path)}, registry=registry, interpreter=ACCENTED
    )
    assert registry.value(INTERPRETER_KEY, "Interpreter") == registered
    assert (texts.text("install_unreadable_path") in done.lines) == told


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"registered": ACCENTED, "short": "C:\\Users\\NGUYN~1\\python.exe"}, "pc_interpreter_long"),
        ({"registered": ACCENTED, "short": ACCENTED}, "pc_interpreter_unreadable"),
    ],
)
def test_an_interpreter_that_excel_cannot_read_is_no_tick(changes, code):
    readings = with_python(interpreter=ACCENTED, on_path=ACCENTED, **changes)
    assert bad(readings) == [texts.text(code, path=ACCENTED)]


def test_the_short_name_is_the_same_python_and_an_unreadable_path_variable_is_a_warning():
    short = "C:\\Users\\NGUYN~1\\python.exe"
    own = {"interpreter": ACCENTED, "short": short, "on_path": ACCENTED}
    assert (bad(with_python(registered=short, **own)), warnings(with_python(registered=short, **own))) == (
        [],
        [],
    )
    assert warnings(with_python(registered=None, **own)) == [texts.text("pc_path_unreadable", path=ACCENTED)]


@pytest.fixture
def dll_elsewhere(tmp_path, monkeypatch):
    """A Python whose xlwings was installed with --user: (python.exe, the DLL)."""
    dll = tmp_path / "Roaming" / "Python" / "xlwings64-0.37.8.dll"
    python = tmp_path / "Programs" / "Python312" / "python.exe"
    for file in (dll, python):
        file.parent.mkdir(parents=True)
        file.write_bytes(file.name.encode())
    monkeypatch.setattr(installing, "shipped_libraries", lambda: (dll,))
    return python, dll


def install_for(python, tmp_path):
    return install_addin(
        is_windows=True,
        environment={"APPDATA": str(tmp_path / "AppData")},
        registry=FakeRegistry(),
        interpreter=str(python),
    )


def test_the_dll_of_the_functions_is_put_beside_python_once(tmp_path, dll_elsewhere):
    python, dll = dll_elsewhere
    assert unseen_libraries(python, (dll,)) == (dll,)
    told = texts.text("install_library", folder=python.parent)
    assert told in install_for(python, tmp_path).lines
    assert (python.parent / dll.name).read_bytes() == dll.read_bytes()
    assert unseen_libraries(python, (dll,)) == ()
    assert told not in install_for(python, tmp_path).lines


def test_a_python_folder_that_may_not_be_written_gets_the_cure(tmp_path, dll_elsewhere, monkeypatch):
    python, _ = dll_elsewhere
    monkeypatch.setattr(
        xlwings_library.shutil, "copyfile", lambda *_: (_ for _ in ()).throw(PermissionError(13))
    )
    result = install_for(python, tmp_path)
    assert texts.text("install_library_failed", folder=python.parent) in result.lines
    assert result.path.is_file()


def test_the_dll_one_folder_above_is_seen_as_in_a_virtual_environment(tmp_path):
    dll = tmp_path / "env" / "xlwings64-0.37.8.dll"
    dll.parent.mkdir()
    dll.write_bytes(b"")
    assert unseen_libraries(dll.parent / "Scripts" / "python.exe", (dll,)) == ()
    assert unseen_libraries(dll.parent / "a" / "b" / "python.exe", (dll,)) == (dll,)


def test_functions_without_their_dll_are_a_warning_and_no_obstacle_for_buttons():
    readings = with_python(finds_library=False)
    assert (bad(readings), warnings(readings)) == ([], [texts.text("pc_library_unseen")])


def test_a_folder_of_temporary_files_that_excel_cannot_read_is_told():
    told = texts.text("pc_temporary_unreadable", path="C:\\Users\\Nguyễn An\\Temp")
    found = judge(replace(HEALTHY, temporary="C:\\Users\\Nguyễn An\\Temp"))
    assert told in [advice.text for advice in found if advice.level is Level.HINT]
    assert told not in [advice.text for advice in judge(replace(HEALTHY, temporary="C:\\TEMP"))]


def test_a_dry_run_and_another_system_write_nothing_and_say_what_would_be_done(tmp_path):
    environment = {"APPDATA": str(tmp_path)}
    dry = install_addin(dry_run=True, is_windows=True, environment=environment, registry=LockedRegistry())
    other = install_addin(is_windows=False, environment=environment, registry=LockedRegistry())
    for result, heading in ((dry, "install_would"), (other, "install_not_windows")):
        assert result.path is None
        assert result.lines[0] == texts.text(heading)
        assert any("Trusted Locations" in line for line in result.lines)
    assert list(tmp_path.iterdir()) == []


def test_while_excel_holds_the_add_in_no_second_copy_is_left_in_the_start_folder(tmp_path, monkeypatch):
    target = addin_target({"APPDATA": str(tmp_path)})

    def beside(path, data):
        other = path.with_name("cchc_xl (2).xlam")
        other.write_bytes(data)
        return other

    monkeypatch.setattr(installing, "replace_file", beside)
    with pytest.raises(CchcError, match="Đóng hết cửa sổ Excel"):
        install_addin(is_windows=True, environment={"APPDATA": str(tmp_path)}, registry=FakeRegistry())
    assert list(target.parent.iterdir()) == []


def test_what_cannot_be_written_is_said_in_one_line(tmp_path):
    with pytest.raises(UsageError, match="APPDATA"):
        install_addin(is_windows=True, environment={}, registry=FakeRegistry())
    with pytest.raises(CchcError, match="Access is denied"):
        install_addin(is_windows=True, environment={"APPDATA": str(tmp_path)}, registry=LockedRegistry())


def test_the_macros_read_the_interpreter_where_install_writes_it():
    probe = (installing.macro_folder() / "modPythonProbe.bas").read_text(encoding="ascii")
    application, section = INTERPRETER_KEY.split("\\")[-2:]
    assert f'GetSetting("{application}", "{section}", "{installing.INTERPRETER_VALUE}", ' in probe


def test_an_issued_workbook_is_current_and_a_stranger_is_told(tmp_path):
    assert run(["issue", "--period", "2026-Q2", "--unit", "11284", "--plain", "--out", str(tmp_path)]) == 0
    (path,) = tmp_path.iterdir()
    read = read_file(path)
    assert read.template == read.catalogue != ""
    stranger = tmp_path / "thư.xlsx"
    stranger.write_bytes(b"%PDF-1.7 " + bytes(100))
    assert read_file(stranger).fault
    assert read_file(tmp_path / "không có.xlsx").fault


def test_both_commands_run_on_this_pc_and_say_they_are_for_windows(capsys):
    if os.name == "nt":
        assert run(["install", "--dry-run"]) == 0
        return
    assert run(["install"]) == 2
    assert run(["install", "--dry-run"]) == 0
    assert texts.text("install_not_windows") in capsys.readouterr().out
    assert run(["doctor"]) in (0, 1)
    assert texts.text("pc_not_windows") in capsys.readouterr().out
    assert examine_pc(registry=FakeRegistry())
