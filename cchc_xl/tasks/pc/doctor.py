"""Read this PC and some workbooks, and say what would stop the buttons (`pc_advice` judges)."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from cchc_xl import __version__
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import StoredWorkbook, open_workbook
from cchc_xl.model.errors import CchcError
from cchc_xl.reading.foreign_programs import foreign_programs
from cchc_xl.tasks.addin import project_of
from cchc_xl.tasks.files import read_limited
from cchc_xl.tasks.pc.advice import (
    AddinReadings,
    Advice,
    FileReadings,
    OfficeReadings,
    PcReadings,
    PythonReadings,
    TrustedFolder,
    judge,
    read_zone,
)
from cchc_xl.tasks.pc.install import INTERPRETER_KEY, INTERPRETER_VALUE, addin_bytes, addin_target
from cchc_xl.tasks.pc.plain_paths import plain_path
from cchc_xl.tasks.pc.windows_registry import Registry, RegistryValue, system_registry
from cchc_xl.tasks.pc.xlwings_library import shipped_libraries, unseen_libraries

_VERSIONS = ("16.0", "15.0", "14.0")
_OFFICE, _POLICIES = "Software\\Microsoft\\Office", "Software\\Policies\\Microsoft\\Office"
_DEFENDER = "SOFTWARE\\Policies\\Microsoft\\Windows Defender"
_RULE_KEYS = (
    f"HKLM\\{_DEFENDER}\\Windows Defender Exploit Guard\\ASR\\Rules",
    "HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules",
)


def examine_pc(files: Iterable[Path] = (), registry: Registry | None = None) -> tuple[Advice, ...]:
    """What would stop the buttons on this PC and in these workbooks; never raises CchcError."""
    known = system_registry() if registry is None else registry
    is_windows = sys.platform == "win32"
    readings = PcReadings(
        is_windows=is_windows,
        python=read_python(known),
        office=read_office(known, os.environ),
        addin=read_addin(os.environ) if is_windows else AddinReadings("absent", ""),
        temporary=plain_path(tempfile.gettempdir()),
        files=tuple(read_file(path) for path in files),
    )
    return judge(readings)


def read_python(registry: Registry) -> PythonReadings:
    """The Python running now, and the one Excel would start."""
    registered = registry.value(INTERPRETER_KEY, INTERPRETER_VALUE)
    try:
        xlwings = importlib.metadata.version("xlwings")
    except importlib.metadata.PackageNotFoundError:
        xlwings = None
    return PythonReadings(
        version=sys.version_info[:2],
        interpreter=sys.executable,
        on_path=shutil.which("python"),
        registered=registered if isinstance(registered, str) else None,
        xlwings=xlwings,
        has_pywin32=importlib.util.find_spec("win32com") is not None,
        package=__version__,
        short=plain_path(sys.executable),
        finds_library=not unseen_libraries(Path(sys.executable), shipped_libraries()),
    )


def read_office(registry: Registry, environment: Mapping[str, str]) -> OfficeReadings:
    """Excel's macro settings, of the newest version found; policies come before the user's own settings."""
    version = next((v for v in _VERSIONS if _has_excel(registry, v)), None)
    if version is None:
        return OfficeReadings()
    own = f"HKCU\\{_OFFICE}\\{version}\\Excel\\Security"
    policies = tuple(f"{root}\\{_POLICIES}\\{version}\\Excel\\Security" for root in ("HKCU", "HKLM"))
    ruled = _first_number(registry, policies, "VBAWarnings")
    internet = _first_number(registry, policies, "blockcontentexecutionfrominternet")
    locations = [f"{key}\\Trusted Locations" for key in (*policies, own)]
    return OfficeReadings(
        version=version,
        vba_warnings=_first_number(registry, (own,), "VBAWarnings") if ruled is None else ruled,
        vba_by_policy=ruled is not None,
        internet_macros_blocked=internet == 1,
        trusted=tuple(folder for key in locations for folder in _trusted(registry, key, environment)),
        trusted_disabled=_first_number(registry, locations, "AllLocationsDisabled") == 1,
        rules=_rules(registry),
    )


def read_addin(environment: Mapping[str, str]) -> AddinReadings:
    """Whether the add-in stands in Excel's start folder, as this package builds it for this PC."""
    try:
        target = addin_target(environment)
        if not target.is_file():
            return AddinReadings("absent", str(target))
        installed = target.read_bytes()
    except (OSError, CchcError):
        return AddinReadings("absent", "")
    return AddinReadings("current" if _is_ours(installed) else "other", str(target))


def _is_ours(addin: bytes) -> bool:
    try:
        project = project_of(addin)
        return project is not None and addin == addin_bytes(project)
    except CchcError:
        return False


def read_file(path: Path) -> FileReadings:
    """One workbook: its mark of the web, its catalogue version beside ours."""
    shown = str(path.absolute())
    try:
        stored = open_workbook(open_gate(read_limited(path)))
        template, regime = (_meta(stored, name) for name in ("cchc_phien_ban", "cchc_che_do"))
        catalogue = load_regime(regime).version if template and regime else ""
    except CchcError as error:
        return FileReadings(shown, fault=str(error))
    return FileReadings(shown, _zone(path), template, catalogue, programs=foreign_programs(stored.parts))


def _zone(path: Path) -> int | None:
    """The mark of the web is a second stream of the file, which only NTFS has."""
    if sys.platform != "win32":
        return None
    try:
        return read_zone(Path(f"{path}:Zone.Identifier").read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None


def _meta(stored: StoredWorkbook, name: str) -> str | None:
    place = stored.defined_names.get(name)
    cell = stored.cells(place[0]).get(place[1]) if place and stored.sheet(place[0]) else None
    return cell.text if cell else None


def _has_excel(registry: Registry, version: str) -> bool:
    key = f"{_OFFICE}\\{version}\\Excel"
    return any(
        registry.keys(f"{root}\\{key}") or registry.values(f"{root}\\{key}") for root in ("HKLM", "HKCU")
    )


def _first_number(registry: Registry, keys: Iterable[str], name: str) -> int | None:
    found = (_number(registry.value(key, name)) for key in keys)
    return next((number for number in found if number is not None), None)


def _number(value: RegistryValue) -> int | None:
    if isinstance(value, str):
        return int(value) if value.strip().isdigit() else None
    return value


def _trusted(registry: Registry, key: str, environment: Mapping[str, str]) -> Iterable[TrustedFolder]:
    for name in registry.keys(key):
        path = registry.value(f"{key}\\{name}", "Path")
        if isinstance(path, str) and path:
            below = _number(registry.value(f"{key}\\{name}", "AllowSubFolders")) == 1
            yield TrustedFolder(_expanded(path, environment), below)


def _expanded(path: str, environment: Mapping[str, str]) -> str:
    for name, value in environment.items():
        start = path.lower().find(f"%{name.lower()}%")
        if start >= 0:
            path = path[:start] + value + path[start + len(name) + 2 :]
    return path


def _rules(registry: Registry) -> tuple[tuple[str, int], ...]:
    """Attack surface reduction rules of group policy, of this PC, and of Intune ("guid=1|guid=2")."""
    found: dict[str, int] = {}
    pairs = [pair for key in _RULE_KEYS for pair in registry.values(key).items()]
    managed = registry.value(f"HKLM\\{_DEFENDER}\\Policy Manager", "ASRRules")
    if isinstance(managed, str):
        pairs += [(guid, value) for guid, _, value in (rule.partition("=") for rule in managed.split("|"))]
    for guid, value in pairs:
        number = _number(value)
        if number is not None:
            found.setdefault(guid.strip(" {}").upper(), number)
    return tuple(sorted(found.items()))
