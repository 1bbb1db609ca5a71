"""What was dropped on the page: which files are workbooks to read, which are archives to open.

Folders in folders and one level of .zip are read; every file gets one name that says where it lay.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from cchc_xl.page.job import RECEIVED_FILES, Job, Outcome, flat_name
from cchc_xl.tasks.files import MIB, list_folder

_MOST_ENTRIES, _MOST_BYTES = 5_000, 256 * MIB
_UTF8 = 0x800
_UNSOUND = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


def survey(job: Job) -> Outcome:
    """Name and kind of each dropped file, in the order given; the files themselves are not needed."""
    folder = job.folder(RECEIVED_FILES)
    names = _distinct([flat_name(path.split("/")) for path in job.settings["paths"]])
    for name in names:
        (folder / name).touch()
    kinds = {entry.name: entry.kind for entry in list_folder(folder)}
    return Outcome({"files": [{"name": name, "kind": kinds[name].value} for name in names]})


def unfold(job: Job) -> Outcome:
    """The files in one .zip, named by their way; none where it is no sound .zip of a bounded size."""
    archive = job.files(RECEIVED_FILES)[0]
    try:
        with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as opened:
            members = [member for member in opened.infolist() if not member.is_dir()]
            if not _is_bounded(members):
                return Outcome({"opened": False})
            outputs = {f"{archive.name}/{_name(m)}": opened.read(m) for m in members}
    except _UNSOUND:
        return Outcome({"opened": False})
    return Outcome({"opened": bool(outputs)}, outputs)


def _is_bounded(members: list[zipfile.ZipInfo]) -> bool:
    sizes = [member.file_size for member in members]
    return len(sizes) <= _MOST_ENTRIES and sum(sizes) <= _MOST_BYTES


def _name(member: zipfile.ZipInfo) -> str:
    """Programs that do not mark UTF-8 names often write UTF-8 all the same."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _distinct(names: list[str]) -> list[str]:
    """Names that come twice get a number before the suffix."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem, dot, suffix = name.rpartition(".")
        number, own = 1, name
        while own in taken:
            number += 1
            own = f"{stem} ({number}){dot}{suffix}" if dot else f"{name} ({number})"
        taken.add(own)
        found.append(own)
    return found
