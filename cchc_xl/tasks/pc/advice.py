"""What on a PC would stop the buttons, judged from readings: pure, so that any PC can be imagined in a test.

Registry values: Microsoft, "Macros from the internet are blocked by default in Office" and the Office
administrative templates; attack surface reduction rules by their published GUIDs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PureWindowsPath

from cchc_xl import texts
from cchc_xl.tasks.pc.plain_paths import is_plain

OLDEST_PYTHON = (3, 11)
CHILD_PROCESS_RULE = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
MACRO_API_RULE = "92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B"
_BLOCKED = 1  # a rule's value: 0 off, 1 block, 2 audit, 6 warn
_SIGNED_ONLY, _ALL_DISABLED = 3, 4  # VBAWarnings
_INTERNET, _RESTRICTED = 3, 4  # ZoneId of a downloaded or mailed file


class Level(StrEnum):
    """How much a finding matters."""

    GOOD = "good"
    HINT = "hint"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Advice:
    """One line: what was found and, unless good, how to mend it."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class TrustedFolder:
    """A trusted location of Excel."""

    path: str
    with_subfolders: bool = False


@dataclass(frozen=True, slots=True)
class OfficeReadings:
    """Excel's macro settings; None where the registry holds no value."""

    version: str | None = None  # "16.0"
    vba_warnings: int | None = None  # the policy's value where there is one, else the user's
    vba_by_policy: bool = False
    internet_macros_blocked: bool = False
    trusted: tuple[TrustedFolder, ...] = ()
    trusted_disabled: bool = False
    rules: tuple[tuple[str, int], ...] = ()  # attack surface reduction rules and their values


@dataclass(frozen=True, slots=True)
class PythonReadings:
    """The Python that runs this program, and what Excel would start."""

    version: tuple[int, int]
    interpreter: str
    on_path: str | None  # what the command "python" starts
    registered: str | None  # what cchc-xl install wrote for the macros
    xlwings: str | None
    has_pywin32: bool
    package: str
    short: str = ""  # the interpreter's path as Excel can read it, where Windows keeps such a name
    finds_library: bool = True  # whether xlwings' DLL lies where the worksheet functions look for it


@dataclass(frozen=True, slots=True)
class AddinReadings:
    """The installed add-in: "current", "other" (another version's) or "absent"."""

    state: str
    path: str


@dataclass(frozen=True, slots=True)
class FileReadings:
    """A workbook the user asks about; `template` is its catalogue version, None when it is none of ours."""

    path: str
    zone: int | None = None
    template: str | None = None
    catalogue: str = ""
    fault: str | None = None  # why it could not be read
    programs: tuple[str, ...] = ()  # of others: codes of what it brings along


@dataclass(frozen=True, slots=True)
class PcReadings:
    """Everything `judge` looks at."""

    is_windows: bool
    python: PythonReadings
    office: OfficeReadings
    addin: AddinReadings
    files: tuple[FileReadings, ...] = ()
    temporary: str = ""  # the folder of temporary files, by its short name where Excel needs that


def judge(readings: PcReadings) -> tuple[Advice, ...]:
    """Advice in the order a person would look: Python, Excel, the add-in, the files."""
    found = list(_judge_python(readings.python, readings.is_windows))
    if readings.is_windows:
        if not is_plain(readings.temporary):
            found.append(_advice(Level.HINT, "pc_temporary_unreadable", path=readings.temporary))
        found += _judge_office(readings.office)
        found += _judge_addin(readings.addin)
    else:
        found.append(_advice(Level.HINT, "pc_not_windows"))
    for file in readings.files:
        found += _judge_file(file, readings.office, readings.is_windows)
    return tuple(found)


def advice_lines(found: Sequence[Advice]) -> Iterator[str]:
    """Each piece of advice as a line with its mark, then the count."""
    for advice in found:
        yield f"{texts.text(f'pc_mark_{advice.level.value}')} {advice.text}"
    bad = sum(advice.level is Level.BAD for advice in found)
    warning = sum(advice.level is Level.WARNING for advice in found)
    yield (texts.text("pc_counted", bad=bad, warning=warning) if bad or warning else texts.text("pc_clear"))


def stops_buttons(found: Sequence[Advice]) -> bool:
    """Whether anything found stops a button from working."""
    return any(advice.level is Level.BAD for advice in found)


def is_trusted(path: str, folders: tuple[TrustedFolder, ...]) -> bool:
    """Whether a file lies in a trusted location (Windows paths, case aside)."""
    parent = PureWindowsPath(path).parent
    return any(
        parent == PureWindowsPath(folder.path)
        or (folder.with_subfolders and parent.is_relative_to(PureWindowsPath(folder.path)))
        for folder in folders
    )


def read_zone(stream: str) -> int | None:
    """ZoneId of a Zone.Identifier stream (the mark of the web); None without one."""
    for line in stream.splitlines():
        key, _, value = line.partition("=")
        if key.strip().lower() == "zoneid" and value.strip().isdigit():
            return int(value)
    return None


def _judge_python(python: PythonReadings, is_windows: bool) -> Iterator[Advice]:
    shown = ".".join(map(str, python.version))
    if python.version < OLDEST_PYTHON:
        yield _advice(Level.BAD, "pc_python_old", version=shown)
    else:
        yield _advice(Level.GOOD, "pc_python", version=shown, path=python.interpreter)
    yield _advice(Level.GOOD, "pc_package", version=python.package)
    if python.xlwings is None:
        yield _advice(Level.BAD, "pc_xlwings_missing")
    else:
        yield _advice(Level.GOOD, "pc_xlwings", version=python.xlwings)
    if not is_windows:
        return
    if not python.has_pywin32:
        yield _advice(Level.BAD, "pc_pywin32_missing")
    if not python.finds_library:
        yield _advice(Level.WARNING, "pc_library_unseen")
    yield from _judge_interpreter(python)


def _judge_interpreter(python: PythonReadings) -> Iterator[Advice]:
    """Whether Excel would start the very Python that has this package."""
    if python.registered is not None:
        if not any(_same_path(python.registered, own) for own in (python.interpreter, python.short)):
            yield _advice(
                Level.BAD, "pc_interpreter_other", registered=python.registered, own=python.interpreter
            )
        elif not is_plain(python.registered):
            code = "pc_interpreter_long" if is_plain(python.short) else "pc_interpreter_unreadable"
            yield _advice(Level.BAD, code, path=python.registered)
        else:
            yield _advice(Level.GOOD, "pc_interpreter", path=python.registered)
    elif python.on_path is None:
        yield _advice(Level.BAD, "pc_path_missing")
    elif "windowsapps" in python.on_path.lower():
        yield _advice(Level.BAD, "pc_path_store", path=python.on_path)
    elif not _same_path(python.on_path, python.interpreter):
        yield _advice(Level.WARNING, "pc_path_other", path=python.on_path, own=python.interpreter)
    elif not is_plain(python.on_path):
        yield _advice(Level.WARNING, "pc_path_unreadable", path=python.on_path)
    else:
        yield _advice(Level.GOOD, "pc_path", path=python.on_path)


def _judge_office(office: OfficeReadings) -> Iterator[Advice]:
    if office.version is None:
        yield _advice(Level.BAD, "pc_excel_missing")
        return
    yield _advice(Level.GOOD, "pc_excel", version=office.version)
    if office.vba_warnings in (_SIGNED_ONLY, _ALL_DISABLED):
        code = "pc_vba_signed" if office.vba_warnings == _SIGNED_ONLY else "pc_vba_off"
        yield _advice(Level.BAD, f"{code}_policy" if office.vba_by_policy else code)
    else:
        yield _advice(Level.GOOD, "pc_vba")
    if office.internet_macros_blocked:
        yield _advice(Level.WARNING, "pc_internet_blocked")
    if office.trusted_disabled:
        yield _advice(Level.WARNING, "pc_trusted_disabled")
    rules = dict(office.rules)
    for rule, code in ((CHILD_PROCESS_RULE, "pc_child_blocked"), (MACRO_API_RULE, "pc_api_blocked")):
        if rules.get(rule) == _BLOCKED:
            yield _advice(Level.BAD, code, rule=rule)
    yield _advice(Level.HINT, "pc_antivirus")


def _judge_addin(addin: AddinReadings) -> Iterator[Advice]:
    level = {"current": Level.GOOD, "other": Level.WARNING, "absent": Level.WARNING}[addin.state]
    yield _advice(level, f"pc_addin_{addin.state}", path=addin.path)


def _judge_file(file: FileReadings, office: OfficeReadings, is_windows: bool) -> Iterator[Advice]:
    if file.fault is not None:
        yield _advice(Level.BAD, "pc_file_unreadable", path=file.path, fault=file.fault)
        return
    trusted = not office.trusted_disabled and is_trusted(file.path, office.trusted)
    if file.zone in (_INTERNET, _RESTRICTED) and not trusted:
        yield _advice(Level.BAD, "pc_file_marked", path=file.path)
    elif trusted:
        yield _advice(Level.GOOD, "pc_file_trusted", path=file.path)
    elif is_windows:
        yield _advice(Level.GOOD, "pc_file_unmarked", path=file.path)
    for code in file.programs:
        words = {"path": file.path, "fault": texts.text(code), "fix": texts.fix(code)}
        yield _advice(Level.WARNING, "pc_file_foreign", **words)
    if file.template is None:
        yield _advice(Level.WARNING, "pc_file_not_ours", path=file.path)
    elif file.template != file.catalogue:
        yield _advice(
            Level.WARNING, "pc_file_version", path=file.path, template=file.template, own=file.catalogue
        )
    else:
        yield _advice(Level.GOOD, "pc_file_current", path=file.path, template=file.template)


def _same_path(left: str, right: str) -> bool:
    return PureWindowsPath(left) == PureWindowsPath(right)


def _advice(level: Level, code: str, **placeholders: str) -> Advice:
    return Advice(level, texts.text(code, **placeholders))
