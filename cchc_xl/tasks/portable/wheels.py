"""The libraries of the portable folder: pinned wheels for Windows, each known by its digest."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cchc_xl import texts
from cchc_xl.model.errors import CchcError, UsageError
from cchc_xl.tasks.files import MIB, read_limited
from cchc_xl.tasks.portable.windows_python import PYTHON_TAG, SITE_PACKAGES

WHEEL_LIST = Path(__file__).parent / "wheels.txt"
_LINE = re.compile(r"([A-Za-z0-9.-]+)==(\S+) --hash=sha256:([0-9a-f]{64})")
_SECONDS, _LARGEST = 900, 128 * MIB


@dataclass(frozen=True, slots=True)
class PinnedWheel:
    """One library: name and version as pip writes them, and the digest of its file."""

    name: str
    version: str
    sha256: str


def pinned_wheels() -> tuple[PinnedWheel, ...]:
    """Every line of wheels.txt."""
    lines = (_LINE.fullmatch(line) for line in WHEEL_LIST.read_text(encoding="utf-8").splitlines())
    return tuple(PinnedWheel(*found.groups()) for found in lines if found)


def unpacked_wheels(folder: Path | None) -> dict[str, bytes]:
    """The contents of all pinned wheels, by path below Python's folder; pip brings them without `folder`.

    Raises UsageError naming what `folder` lacks, CchcError when pip cannot bring them.
    """
    if folder is not None:
        if not folder.is_dir():
            raise UsageError(texts.text("folder_unreadable", path=folder))
        return _unpacked(folder)
    with tempfile.TemporaryDirectory(prefix="cchc-wheels-") as brought:
        _download(Path(brought))
        return _unpacked(Path(brought))


def _download(folder: Path) -> None:
    """The computer that builds the folder may be no Windows PC."""
    version = f"{PYTHON_TAG[0]}.{PYTHON_TAG[1:]}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--require-hashes", "--only-binary=:all:", "--requirement", str(WHEEL_LIST)]
    command += ["--platform", "win_amd64", "--python-version", version, "--implementation", "cp"]
    command += ["--abi", f"cp{PYTHON_TAG}", "--dest", str(folder)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise CchcError(texts.text("portable_pip_failed", reason=fault)) from fault
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [f"pip {done.returncode}"])[-1]
        raise CchcError(texts.text("portable_pip_failed", reason=reason))


def _unpacked(folder: Path) -> dict[str, bytes]:
    found = {hashlib.sha256(data).hexdigest(): data for data in _wheels_in(folder)}
    pinned = pinned_wheels()
    if missing := [f"{wheel.name}=={wheel.version}" for wheel in pinned if wheel.sha256 not in found]:
        raise UsageError(texts.text("portable_wheels_missing", path=folder, names=", ".join(missing)))
    files: dict[str, bytes] = {}
    for wheel in pinned:
        files |= dict(_contents(found[wheel.sha256]))
    return files


def _wheels_in(folder: Path) -> Iterator[bytes]:
    return (read_limited(path, _LARGEST) for path in sorted(folder.glob("*.whl")))


def _contents(wheel: bytes) -> Iterator[tuple[str, bytes]]:
    """Files by their place below Python's folder. Binary distribution format 1.0, "The .data directory"."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        for member in archive.infolist():
            place = None if member.is_dir() else _place(PurePosixPath(member.filename))
            if place is not None:
                yield place, archive.read(member)


def _place(path: PurePosixPath) -> str | None:
    first, *rest = path.parts
    if not first.endswith(".data"):
        return f"{SITE_PACKAGES}/{path}"
    scheme, *below = rest
    roots = {"purelib": f"{SITE_PACKAGES}/", "platlib": f"{SITE_PACKAGES}/", "data": ""}
    return f"{roots[scheme]}{'/'.join(below)}" if scheme in roots else None  # scripts are for installers
