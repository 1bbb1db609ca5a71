"""Put the add-in where Excel opens it by itself, tell the macros where Python is, and advise on trust."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath, PureWindowsPath

from cchc_xl import texts
from cchc_xl.excel.vba.source_folder import macro_folder
from cchc_xl.model.errors import CchcError, UsageError
from cchc_xl.tasks.addin import ADDIN_NAME, HANDED_OUT, build_addin, unguessable_project
from cchc_xl.tasks.files import replace_file
from cchc_xl.tasks.pc.plain_paths import is_plain, plain_path
from cchc_xl.tasks.pc.windows_registry import Registry, system_registry
from cchc_xl.tasks.pc.xlwings_library import bring_libraries, shipped_libraries, unseen_libraries

# Where VBA's GetSetting("cchc_xl", "Python", "Interpreter") looks; macros/modPythonProbe.bas reads it.
INTERPRETER_KEY = "HKCU\\Software\\VB and VBA Program Settings\\cchc_xl\\Python"
INTERPRETER_VALUE = "Interpreter"
_START_FOLDER = ("Microsoft", "Excel", "XLSTART")
_SOMEWHERE = PureWindowsPath("%APPDATA%")
_EXAMPLE_FOLDER = "C:\\CCHC"


@dataclass(frozen=True, slots=True)
class InstallResult:
    """What was done or would be done, line by line; `path` is None when nothing was written."""

    lines: tuple[str, ...]
    path: Path | None


def install_addin(
    *,
    dry_run: bool = False,
    is_windows: bool | None = None,
    environment: Mapping[str, str] | None = None,
    registry: Registry | None = None,
    interpreter: str | None = None,
) -> InstallResult:
    """Install for the current user; on other systems, or as a dry run, only say what would be done.

    The parameters stand for this PC's own. Raises CchcError when a file or the registry cannot be written.
    """
    windows = sys.platform == "win32" if is_windows is None else is_windows
    executable = sys.executable if interpreter is None else interpreter
    python = plain_path(executable)
    if not windows:
        planned = _SOMEWHERE.joinpath(*_START_FOLDER, ADDIN_NAME)
        return InstallResult(_lines("install_not_windows", planned, python), None)
    target = addin_target(os.environ if environment is None else environment)
    if dry_run:
        return InstallResult(_lines("install_would", target, python), None)
    _write_addin(target)
    _register(system_registry() if registry is None else registry, python)
    lines = _lines("install_did", target, python)
    return InstallResult((*lines, *_library_lines(Path(executable)), texts.text("install_next")), target)


def addin_target(environment: Mapping[str, str]) -> Path:
    """Where the add-in belongs: XLSTART of the user. Raises UsageError without APPDATA."""
    roaming = environment.get("APPDATA")
    if not roaming:
        raise UsageError(texts.text("install_no_appdata"))
    return Path(roaming).joinpath(*_START_FOLDER, ADDIN_NAME)


@lru_cache(maxsize=2)
def addin_bytes(project: str = HANDED_OUT) -> bytes:
    """The add-in of this package and of the installed xlwings."""
    return build_addin(macro_folder(), project)


def _write_addin(target: Path) -> None:
    content = addin_bytes(unguessable_project())
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CchcError(
            texts.text("file_write_failed", path=target, reason=fault.strerror or fault)
        ) from fault
    written = replace_file(target, content)
    if written != target:
        # Excel opens everything in this folder: a second copy would give two tabs.
        written.unlink(missing_ok=True)
        raise CchcError(texts.text("install_excel_open", path=target))


def _register(registry: Registry, interpreter: str) -> None:
    try:
        registry.write(INTERPRETER_KEY, INTERPRETER_VALUE, interpreter)
    except OSError as fault:
        raise CchcError(
            texts.text("file_write_failed", path=INTERPRETER_KEY, reason=fault.strerror or fault)
        ) from fault


def _library_lines(interpreter: Path) -> tuple[str, ...]:
    """Puts xlwings' DLL where the functions find it: what was done or cannot be; nothing if all is well."""
    unseen = unseen_libraries(interpreter, shipped_libraries())
    if not unseen:
        return ()
    code = "install_library" if bring_libraries(interpreter, unseen) else "install_library_failed"
    return (texts.text(code, folder=interpreter.parent),)


def _lines(heading: str, target: PurePath, interpreter: str) -> tuple[str, ...]:
    unreadable = () if is_plain(interpreter) else (texts.text("install_unreadable_path"),)
    return (
        texts.text(heading),
        texts.text("install_addin", path=target),
        texts.text("install_interpreter", path=interpreter),
        *unreadable,
        texts.text("install_undo", path=target),
        texts.text("install_trust", folder=_EXAMPLE_FOLDER),
        texts.text("install_unblock"),
    )
