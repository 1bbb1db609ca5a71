"""One piece of work for the page: files laid out in a folder of their own, settings in, outcome out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]
RECEIVED_FILES, PREVIOUS, UNITS, RECEIPTS, HISTORY = "files", "previous", "units", "receipts", "history"
_OUT = "out"
_LOCK_MARK = "~$"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the page shows, and the files it offers by name."""

    shape: Json
    outputs: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """A folder with one sub-folder a kind of input, and what the user set."""

    root: Path
    settings: Mapping[str, Any]

    def folder(self, kind: str) -> Path:
        """The folder of all files of one kind; made when there are none."""
        path = self.root / kind
        path.mkdir(exist_ok=True)
        return path

    def files(self, kind: str) -> tuple[Path, ...]:
        """The files of one kind by name."""
        return tuple(sorted(self.folder(kind).iterdir()))

    def file(self, kind: str) -> Path | None:
        """The one file of a kind, None where the user gave none."""
        return next(iter(self.files(kind)), None)

    def out(self, name: str) -> Path:
        """Where a result goes."""
        return self.folder(_OUT) / name

    def outputs(self) -> dict[str, bytes]:
        """Every result written so far."""
        return {path.name: path.read_bytes() for path in self.files(_OUT)}

    def setting(self, name: str) -> str:
        """What the user typed or chose, "" for nothing."""
        return str(self.settings.get(name) or "").strip()


def lay_out(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files named `kind/name` below `root`."""
    for key, content in files.items():
        kind, _, name = key.partition("/")
        (root / kind).mkdir(exist_ok=True)
        (root / kind / flat_name(name.split("/"))).write_bytes(content)


def flat_name(steps: Iterable[str]) -> str:
    """The name in one folder of a file that lay deeper: its way there, as Windows writes it.

    The mark of Excel's lock files goes to the front, where it is looked for.
    """
    *way, name = (step for step in steps if step not in ("", ".", ".."))
    mark = _LOCK_MARK if way and name.startswith(_LOCK_MARK) else ""
    return mark + "\\".join([*way, name.removeprefix(mark)])


def as_text(shape: Json) -> str:
    """JSON for the page's scripts; half characters of damaged names stay readable."""
    return json.dumps(shape, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
