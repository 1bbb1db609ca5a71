"""Broken and forged submissions, crafted from one real workbook: issued, filled with the sample, spoiled."""

from __future__ import annotations

import io
import re
import tomllib
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock
from xml.sax.saxutils import escape

import openpyxl

from cchc_xl.catalogue.scope import load_scope
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.edit.package import NewContent, splice_cells, write_package
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.excel.vba.compound_file import write_compound_file
from cchc_xl.model.periods import parse_period
from cchc_xl.tasks.fill import fill_workbook
from cchc_xl.tasks.issue import IssueRequest, issue_workbooks
from support import hostile
from support.places import EXAMPLES

PERIOD = parse_period("2026-Q2")
UNIT = "11284"
WORKBOOK, STRINGS = hostile.WORKBOOK, hostile.STRINGS
CELLS = {
    "count": ("bieu5_2_2", "Biểu 5", "D13"),
    "money": ("bieu6_1_2", "Biểu 6", "D9"),
    "ratio": ("bieu3_1_1", "Biểu 3", "D8"),
    "choice": ("bieu1_4_3", "Biểu 1", "D22"),
}
Parts = dict[str, bytes]


@dataclass(frozen=True)
class Case:
    """One file: how it is made, and how it must end. `rules` are those told beyond the sound file's own."""

    build: Callable[[bytes], bytes]
    verdict: str
    rules: tuple[str, ...] = ()
    at: tuple[str, str] | None = None  # sheet and cell the first of the rules names
    file: str | None = None  # its name, where that matters
    values: Mapping[str, object] | None = None  # read differently from the sound file
    moved: bool = False  # figures stand in other cells than the template's


def filled_workbook(folder: Path) -> Path:
    """A commune's workbook as the city issues it, filled with the sample's figures."""
    scope = load_scope("cchc-dinh-ky", PERIOD)
    issued = issue_workbooks(IssueRequest(scope, folder / "phat-hanh", (UNIT,), plain=True)).paths[0]
    (folder / "da-nop").mkdir()
    return fill_workbook(
        issued, EXAMPLES / "nam-thanh-mien-2026-Q2.csv", folder / "da-nop" / issued.name, load_units()
    ).path


# --- changing parts --------------------------------------------------------------------------------------


def changed(change: Callable[[Parts], Parts | None]) -> Callable[[bytes], bytes]:
    """A builder that changes the parts in place (or returns others) and packs them again."""

    def build(data: bytes) -> bytes:
        parts = dict(open_gate(data))
        return write_package((change(parts) or parts).items())

    return build


def in_turn(*changes: Callable[[Parts], object]) -> Callable[[bytes], bytes]:
    """A builder that applies several changes of parts."""

    def together(parts: Parts) -> None:
        for change in changes:
            change(parts)

    return changed(together)


def sheet_part(parts: Mapping[str, bytes], sheet: str) -> str:
    found = open_workbook(parts).sheet(sheet)
    assert found is not None, sheet
    return found.part


def put(sheet: str, **cells: str | int) -> Callable[[Parts], None]:
    """Type words or numbers into cells."""

    def change(parts: Parts) -> None:
        name = sheet_part(parts, sheet)
        content = {a: _content(value) for a, value in cells.items()}
        parts[name] = splice_cells(parts[name], content)

    return change


def _content(value: str | int) -> NewContent:
    return NewContent.words(value) if isinstance(value, str) else NewContent.number(value)


def replaced(sheet: str, old: str, new: str) -> Callable[[Parts], None]:
    """Replace text in a sheet's part; it must be there."""

    def change(parts: Parts) -> None:
        name = sheet_part(parts, sheet)
        assert old.encode() in parts[name], (sheet, old)
        parts[name] = parts[name].replace(old.encode(), new.encode())

    return change


def in_workbook(pattern: str, new: str) -> Callable[[Parts], None]:
    """Replace by pattern in the workbook part; it must match."""

    def change(parts: Parts) -> None:
        text, count = re.subn(pattern, new, parts[WORKBOOK].decode())
        assert count, pattern
        parts[WORKBOOK] = text.encode()

    return change


def cell_xml(sheet: str, address: str, xml: str) -> Callable[[Parts], None]:
    """Put other XML in the place of a cell; its style is kept unless the XML names one."""

    def change(parts: Parts) -> None:
        name = sheet_part(parts, sheet)
        stored = re.compile(rf'<c r="{address}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)'.encode())
        match = stored.search(parts[name])
        assert match, (sheet, address)
        wanted = xml if ' s="' in xml else xml.replace(" ", f"{(match[1] or b'').decode()} ", 1)
        parts[name] = parts[name][: match.start()] + wanted.encode() + parts[name][match.end() :]

    return change


def cell_copied(sheet: str, source: str, target: str) -> Callable[[Parts], None]:
    """The same content in one more cell."""

    def change(parts: Parts) -> None:
        match = re.search(rf'<c r="{source}"([^>]*>.*?</c>)', parts[sheet_part(parts, sheet)].decode())
        assert match, (sheet, source)
        cell_xml(sheet, target, f'<c r="{target}"{match[1]}')(parts)

    return change


def _date_style(parts: Parts) -> str:
    match = re.search(rb'<c r="C10" s="(\d+)"', parts[sheet_part(parts, "Trang chính")])
    assert match
    return match[1].decode()


# --- rows and columns as spreadsheet programs store them --------------------------------------------------


def rows_moved(sheet: str, start: int, by: int) -> Callable[[Parts], None]:
    """Row `start` and all below move down (`by` rows inserted) or up (the rows above `start` deleted)."""

    def change(parts: Parts) -> None:
        name = sheet_part(parts, sheet)
        text = parts[name].decode()
        if by < 0:
            text = re.sub(
                rf'<row r="(?:{"|".join(str(start + n) for n in range(by, 0))})".*?</row>', "", text
            )

        def row(match: re.Match[str]) -> str:
            number = int(match[2])
            return f"{match[1]}{number + by if number >= start else number}{match[3]}"

        text = re.sub(r'(<row r=")(\d+)(")', row, text)
        text = re.sub(r'(<c r="[A-Z]+)(\d+)(")', row, text)
        parts[name] = re.sub(r'(<dataValidation .*? sqref="[A-Z]+)(\d+)(")', row, text).encode()

    return change


def names_moved(sheet: str, start: int, by: int) -> Callable[[Parts], None]:
    """Names as Excel keeps them when rows move; names of deleted rows become #REF!."""

    def change(parts: Parts) -> None:
        def target(match: re.Match[str]) -> str:
            row = int(match[3])
            if by < 0 and start + by <= row < start:
                return f"{match[1]}#REF!<"
            return f"{match[1]}{match[2]}{row + by if row >= start else row}<"

        pattern = rf"(>'{sheet}'!)(\$[A-Z]+\$)(\d+)<"
        parts[WORKBOOK] = re.sub(pattern, target, parts[WORKBOOK].decode()).encode()

    return change


def columns_swapped(sheet: str, one: str, other: str) -> Callable[[Parts], None]:
    """Contents of two columns exchanged, headers included."""

    def change(parts: Parts) -> None:
        name = sheet_part(parts, sheet)
        swap = {one: other, other: one}
        found = re.sub(
            r'<c r="([A-Z]+)(\d+)"',
            lambda m: f'<c r="{swap.get(m[1], m[1])}{m[2]}"',
            parts[name].decode(),
        )
        parts[name] = found.encode()

    return change


def column_inserted(sheet: str, before: str) -> Callable[[Parts], None]:
    """An empty column before `before`, names moved along as Excel does."""

    def change(parts: Parts) -> None:
        def letter(column: str) -> str:
            return chr(ord(column) + 1) if len(column) == 1 and column >= before else column

        name = sheet_part(parts, sheet)
        text = re.sub(r'<c r="([A-Z])(\d+)"', lambda m: f'<c r="{letter(m[1])}{m[2]}"', parts[name].decode())
        parts[name] = text.encode()
        parts[WORKBOOK] = re.sub(
            rf"(>'{sheet}'!\$)([A-Z])(\$\d+<)",
            lambda m: f"{m[1]}{letter(m[2])}{m[3]}",
            parts[WORKBOOK].decode(),
        ).encode()

    return change


def rows_sorted(sheet: str, rows: list[int]) -> Callable[[Parts], None]:
    """Contents of rows rearranged as sorting does: cells move, names stay."""

    def change(parts: Parts) -> None:
        name = sheet_part(parts, sheet)
        text = parts[name].decode()
        before = sorted(rows)
        inner = {n: re.search(rf'<row r="{n}"[^>]*>(.*?)</row>', text) for n in before}
        pieces = {n: match[1] for n, match in inner.items() if match}
        for target, source in zip(before, rows, strict=True):
            moved = re.sub(rf'<c r="([A-Z]+){source}"', rf'<c r="\g<1>{target}"', pieces[source])
            text = text.replace(f">{pieces[target]}</row>", f">\0{target}\0</row>", 1).replace(
                f"\0{target}\0", moved
            )
        parts[name] = text.encode()

    return change


def names_lost(parts: Parts) -> None:
    """A program that drops all defined names."""
    text = re.sub(r"<definedNames>.*</definedNames>", "", parts[WORKBOOK].decode(), flags=re.S)
    parts[WORKBOOK] = text.encode()


def decomposed_sheet_names(parts: Parts) -> None:
    text = parts[WORKBOOK].decode()
    head, mark, rest = text.partition("</sheets>")
    parts[WORKBOOK] = (unicodedata.normalize("NFD", head) + mark + rest).encode()


def decomposed_workbook_part(parts: Parts) -> None:
    parts[WORKBOOK] = unicodedata.normalize("NFD", parts[WORKBOOK].decode()).encode()


def sheet_deleted(sheet: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        in_workbook(rf'<sheet name="{sheet}"[^>]*/>', "")(parts)
        in_workbook(rf">'{sheet}'!\$[A-Z]+\$\d+<", ">#REF!<")(parts)

    return change


def sheet_added(name: str, like: str) -> Callable[[Parts], None]:
    """One more sheet: a copy of another."""

    def change(parts: Parts) -> None:
        parts["xl/worksheets/sheet99.xml"] = parts[sheet_part(parts, like)]
        in_workbook("</sheets>", f'<sheet name="{name}" sheetId="99" r:id="rId99"/></sheets>')(parts)
        rels = "xl/_rels/workbook.xml.rels"
        one = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        one += b'relationships/worksheet" Target="worksheets/sheet99.xml"/></Relationships>'
        parts[rels] = parts[rels].replace(b"</Relationships>", one)

    return change


def parts_swapped(one: str, other: str) -> Callable[[Parts], None]:
    """Two sheets' names lead to each other's cells."""

    def change(parts: Parts) -> None:
        first, second = sheet_part(parts, one), sheet_part(parts, other)
        parts[first], parts[second] = parts[second], parts[first]

    return change


def linked(parts: Parts) -> None:
    """An external workbook stands among the relationships."""
    rels = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    one = f'<Relationship Id="rId98" Type="{kind}" Target="externalLinks/externalLink1.xml"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", one.encode())
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink " + main + b"/>"


# --- identity --------------------------------------------------------------------------------------------


def meta(**values: str) -> Callable[[Parts], None]:
    """Other words in the hidden identity sheet, by name (cchc_ma_don_vi …)."""

    def change(parts: Parts) -> None:
        stored = open_workbook(parts)
        put("_meta", **{stored.defined_names[name][1]: value for name, value in values.items()})(parts)

    return change


def of_unit(unit_code: str, **stored: str) -> Callable[[Parts], None]:
    """Another unit's submission on every sheet; `stored`: other words in the hidden identity sheet."""
    unit = next(u for u in load_units() if u.code == unit_code)
    own = next(u for u in load_units() if u.code == UNIT)

    def change(parts: Parts) -> None:
        words = {"cchc_ma_don_vi": unit.code, "cchc_ten_don_vi": unit.name, **stored}
        names = [name for name in parts if name == STRINGS or name.startswith("xl/worksheets/sheet")]
        for name in names:
            for letters in (str, _as_references):
                old, new = (letters(u.full_name).encode() for u in (own, unit))
                parts[name] = parts[name].replace(old, new)
        meta(**words)(parts)

    return change


def _as_references(text: str) -> str:
    """As openpyxl may store letters beyond ASCII."""
    return text.encode("ascii", "xmlcharrefreplace").decode()


# --- other programs and disguises ------------------------------------------------------------------------


def saved_by_openpyxl(data: bytes) -> bytes:
    stream = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(stream)
    return stream.getvalue()


def strict(parts: Parts) -> None:
    """The same workbook as Strict Open XML."""
    pairs = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    for name in parts:
        for old, new in pairs:
            parts[name] = parts[name].replace(old, new)
    parts[WORKBOOK] = parts[WORKBOOK].replace(b"<workbook ", b'<workbook conformance="strict" ', 1)


def prefixed(parts: Parts) -> None:
    """Every element of sheets and strings with a prefix, as the Open XML SDK writes them."""
    for name in parts:
        if name.startswith("xl/worksheets/sheet") or name == STRINGS:
            text = re.sub(r"<(/?)([a-zA-Z])", r"<\1x:\2", parts[name].decode())
            text = text.replace("<x:?", "<?").replace('xmlns="http', 'xmlns:x="http')
            parts[name] = text.encode()


def encrypted(data: bytes) -> bytes:
    """A workbook with an opening password, as Office stores it."""
    return write_compound_file({"EncryptionInfo": bytes(248), "EncryptedPackage": data, "\x06DataSpaces": {}})


def from_hostile(build: Callable[[], bytes]) -> Callable[[bytes], bytes]:
    """A builder of tests/hostile.py applied to the real workbook."""

    def made(data: bytes) -> bytes:
        assert hostile.STRINGS.encode() in data  # the part most of them break; some programs write none
        with mock.patch.object(hostile, "valid_workbook", lambda: data):
            return build()

    return made


def reordered(data: bytes) -> bytes:
    """The parts in another order, recompressed by another program."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return hostile.zipped([(name, archive.read(name)) for name in reversed(archive.namelist())])


# --- cells as data ---------------------------------------------------------------------------------------


def cell_cases() -> dict[str, Case]:
    """The cases of tests/examples/hostile_cells.toml."""
    table = tomllib.loads((EXAMPLES / "hostile_cells.toml").read_text(encoding="utf-8"))
    return {f"{c['cell']}: {c['name']}": _cell_case(c) for c in table["cell"]}


def _cell_case(given: Mapping[str, object]) -> Case:
    code, sheet, address = CELLS[str(given["cell"])]
    rules = tuple(given["rules"])  # type: ignore[arg-type]
    values = {} if given["verdict"] == "rejected" else {code: given.get("value", "error")}
    at = (sheet, address) if rules else None
    return Case(changed(_cell_change(given, sheet, address)), str(given["verdict"]), rules, at, values=values)


def _cell_change(given: Mapping[str, object], sheet: str, address: str) -> Callable[[Parts], None]:
    if "text" in given:
        return put(sheet, **{address: str(given["text"])})
    if "date" in given:

        def dated(parts: Parts) -> None:
            style = _date_style(parts)
            cell_xml(sheet, address, f'<c r="{address}" s="{style}"><v>{given["date"]}</v></c>')(parts)

        return dated
    if "formula" in given:
        cache = f"<v>{given['cached']}</v>" if "cached" in given else ""
        return cell_xml(sheet, address, f'<c r="{address}"><f>{escape(str(given["formula"]))}</f>{cache}</c>')
    kinds = {"number": "", "error": ' t="e"', "bool": ' t="b"'}
    for kind, typed in kinds.items():
        if kind in given:
            return cell_xml(sheet, address, f'<c r="{address}"{typed}><v>{given[kind]}</v></c>')
    return cell_xml(sheet, address, str(given["xml"]).format(address=address))
