"""The programs whose files arrive: one module a program, `saved(workbooks) -> workbooks` each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cchc_xl.model.errors import CchcError
from support.dialects import excel, gnumeric, libreoffice, openpyxl, ours, sheetjs

Saver = Callable[[Mapping[str, bytes]], dict[str, bytes]]
DIALECTS: dict[str, Saver] = {
    "ours": ours.saved,
    "Excel": excel.saved,
    "LibreOffice": libreoffice.saved,
    "gnumeric": gnumeric.saved,
    "SheetJS": sheetjs.saved,
    "openpyxl": openpyxl.saved,
}


def in_every_dialect(workbook: bytes) -> dict[str, bytes]:
    """One workbook as each of the programs saves it."""
    return {dialect: save({"tep.xlsx": workbook})["tep.xlsx"] for dialect, save in DIALECTS.items()}


def spoiled(
    build: Callable[[bytes], bytes], sound: Mapping[str, bytes], turn: int, *, rearranged: bool = False
) -> bytes:
    """A workbook spoiled by `build` in one of its dialects, in turn.

    Ours where a builder does not find what it wants to spoil. Builders that rearrange rows and columns know
    the XML of this project and of Excel only.
    """
    dialects = ("ours", "Excel") if rearranged else tuple(sound)
    try:
        return build(sound[dialects[turn % len(dialects)]])
    except (AssertionError, CchcError):
        return build(sound["ours"])


def mixed(workbooks: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each workbook as one of the programs saves it, in turn; the same one every time."""
    groups: dict[str, dict[str, bytes]] = {dialect: {} for dialect in DIALECTS}
    for number, (name, content) in enumerate(sorted(workbooks.items())):
        groups[tuple(DIALECTS)[number % len(DIALECTS)]][name] = content
    found: dict[str, bytes] = {}
    for dialect, members in groups.items():
        found |= DIALECTS[dialect](members)
    return found
