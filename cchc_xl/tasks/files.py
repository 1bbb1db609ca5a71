"""Files and folders: whole-or-nothing writing, locks the system releases, and what lies in a folder.

Inputs are only ever opened for reading; links, pipes and devices are never opened at all.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader
from pathlib import Path

from cchc_xl import texts
from cchc_xl.model.errors import CchcError, UsageError, WorkbookRefused

MIB = 1024 * 1024
_TEMPORARY, _LOCK = ".cchc-tmp", ".cchc-lock"
_STRAY = re.compile(r"\..+\.[0-9a-f]{12}\.cchc-tmp")
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"})
_PLACEHOLDERS = frozenset({".icloud", ".cloud", ".cloudf", ".gdoc", ".gsheet", ".odlocal"})
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# Windows: offline, recall on open, recall on data access: reading would start a download.
_REMOTE_ATTRIBUTES = 0x1000 | 0x40000 | 0x400000


class EntryKind(StrEnum):
    """What a direct entry of a folder is."""

    WORKBOOK = "workbook"
    OFFICE_LOCK = "office_lock"  # ~$name.xlsx, left while a file is open
    OWN_OUTPUT = "own_output"  # summary, ledger or another file of this very run
    FOLDER = "folder"
    LINK = "link"
    SPECIAL = "special"  # FIFO, socket, device
    UNREADABLE = "unreadable"  # may not be looked at, or vanished while the folder was listed
    ARCHIVE = "archive"
    PLACEHOLDER = "placeholder"  # known to a cloud drive, not on this machine
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """One direct entry of a folder."""

    name: str
    path: Path
    kind: EntryKind


def replace_file(path: Path, data: bytes) -> Path:
    """Write `data` to `path` whole or not at all; returns the path really written.

    A target that is open in Excel stays as it is and "<name> (2)<suffix>" is written beside it.
    Raises CchcError in one line when nothing could be written; the old file is then intact.
    """
    target = Path(path)
    refuse_unwritable(target)
    try:
        return _write_whole(target, data)
    except OSError as fault:
        code = "disk_full" if fault.errno in _NO_SPACE else "file_write_failed"
        raise CchcError(texts.text(code, path=target, reason=fault.strerror or fault)) from fault


def sweep_strays(folder: Path) -> tuple[Path, ...]:
    """Remove temporary files of killed runs from `folder`; those of a living process stay. Returns them."""
    swept = []
    with contextlib.suppress(OSError):
        for path in sorted(Path(folder).iterdir()):
            if _STRAY.fullmatch(path.name) and not path.is_symlink() and path.is_file() and _is_idle(path):
                with contextlib.suppress(OSError):
                    path.unlink()
                    swept.append(path)
    return tuple(swept)


@contextlib.contextmanager
def folder_lock(path: Path) -> Iterator[None]:
    """Hold the right to write `path`; the system gives it back when the process dies.

    Raises UsageError when another process is writing the same target.
    """
    target = Path(path)
    lock_path = target.with_name(f".{target.name}{_LOCK}")
    descriptor = _locked_descriptor(lock_path, target)
    try:
        yield
    finally:
        # On Windows an open file cannot be removed, elsewhere it must go before the lock does.
        if os.name == "nt":
            os.close(descriptor)
        with contextlib.suppress(OSError):
            lock_path.unlink()
        if os.name != "nt":
            os.close(descriptor)


def list_folder(folder: Path, own: Collection[Path] = ()) -> tuple[Entry, ...]:
    """Every direct entry of `folder` by name, classified without opening any; `own` are this run's files.

    Raises UsageError when `folder` is not a readable folder.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except NotADirectoryError as fault:
        raise UsageError(texts.text("folder_is_file", path=folder)) from fault
    except OSError as fault:
        raise UsageError(texts.text("folder_unreadable", path=folder)) from fault
    ours = {_identity(path) for path in own}
    return tuple(
        Entry(entry.name, Path(entry.path), _kind(entry, ours))
        for entry in entries
        if not entry.name.endswith((_TEMPORARY, _LOCK))
    )


def read_limited(path: Path, limit: int = 32 * MIB) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; links, pipes and devices are never opened.

    Raises WorkbookRefused("file_too_large") and CchcError when it cannot be read.
    """
    try:
        with _open_regular(path) as file:
            data = file.read(limit + 1)
    except OSError as fault:
        raise CchcError(texts.text("read_failed", path=path, reason=fault.strerror or fault)) from fault
    if len(data) > limit:
        raise WorkbookRefused("file_too_large", limit=str(limit // MIB))
    return bytes(data)


def sha256_of(path: Path, limit: int = 256 * MIB) -> str | None:
    """Digest of a regular file, or None when it is larger than `limit` or cannot be read."""
    try:
        with _open_regular(path) as file:
            if os.fstat(file.fileno()).st_size > limit:
                return None
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _open_regular(path: Path) -> BufferedReader:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise OSError(errno.EINVAL, texts.text("not_a_file"))
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, texts.text("not_a_file"))
    return os.fdopen(descriptor, "rb")


def refuse_unwritable(target: Path) -> None:
    """Raise UsageError where no file can stand: asked before long work, and before every writing."""
    if not target.parent.is_dir():
        raise UsageError(texts.text("no_such_folder", path=target.parent))
    if target.exists() and not target.is_file():
        raise UsageError(texts.text("target_not_a_file", path=target))


def _write_whole(target: Path, data: bytes) -> Path:
    temporary = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}{_TEMPORARY}")
    try:
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
        )
        # The lock tells a sweeping neighbour that this temporary file is alive.
        with os.fdopen(descriptor, "wb") as file:
            _try_lock(file.fileno())
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if os.name != "nt":
                return _put_in_place(temporary, target)
        return _put_in_place(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _put_in_place(temporary: Path, target: Path) -> Path:
    try:
        temporary.replace(target)
        written = target
    except PermissionError:
        written = _free_name(target)
        temporary.replace(written)
    _sync_folder(target.parent)
    return written


def _free_name(target: Path) -> Path:
    number = 2
    while (beside := target.with_name(f"{target.stem} ({number}){target.suffix}")).exists():
        number += 1
    return beside


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    """Take an exclusive lock that the system releases with the process; False when another holds it."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        # A file system without locks cannot protect; refusing to work there would help nobody.
        return fault.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS)
    return True


def _is_idle(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        return _try_lock(descriptor)
    finally:
        os.close(descriptor)


def _locked_descriptor(lock_path: Path, target: Path) -> int:
    """An open descriptor of `lock_path` that holds its lock, and of the file that stands there now."""
    while True:
        try:
            descriptor = os.open(lock_path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        except OSError as fault:
            raise CchcError(
                texts.text("file_write_failed", path=target, reason=fault.strerror or fault)
            ) from fault
        if not _try_lock(descriptor):
            os.close(descriptor)
            raise UsageError(texts.text("target_busy", path=target))
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), lock_path.stat()):
                return descriptor
        os.close(descriptor)


def _identity(path: Path) -> str:
    return os.path.normcase(Path(path).absolute())


def _kind(entry: os.DirEntry[str], ours: set[str]) -> EntryKind:
    try:
        if entry.is_symlink():
            return EntryKind.LINK
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return EntryKind.UNREADABLE
    if stat.S_ISDIR(status.st_mode):
        return EntryKind.FOLDER
    if not stat.S_ISREG(status.st_mode):
        return EntryKind.SPECIAL
    if entry.name.startswith("~$"):
        return EntryKind.OFFICE_LOCK
    if _identity(Path(entry.path)) in ours:
        return EntryKind.OWN_OUTPUT
    return _kind_of_file(Path(entry.name), status)


def _kind_of_file(name: Path, status: os.stat_result) -> EntryKind:
    suffix = name.suffix.lower()
    if suffix in _PLACEHOLDERS or getattr(status, "st_file_attributes", 0) & _REMOTE_ATTRIBUTES:
        return EntryKind.PLACEHOLDER
    if suffix in _ARCHIVES:
        return EntryKind.ARCHIVE
    return EntryKind.WORKBOOK if suffix in _WORKBOOKS else EntryKind.OTHER
