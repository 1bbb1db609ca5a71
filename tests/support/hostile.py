"""Broken and forged workbooks, crafted in memory from one small valid workbook."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
WORKBOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
Parts = list[tuple[str, bytes]]


def valid_workbook() -> bytes:
    """Two sheets with numbers, texts, a formula, a date, a blank styled cell, a merged title and names."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    percent, day = book.add_format({"num_format": "0.00%"}), book.add_format({"num_format": "dd/mm/yyyy"})
    for name in ("Biểu 1", "Biểu 2"):
        sheet = book.add_worksheet(name)
        sheet.merge_range("A1:E1", "Biểu mẫu & thống kê")
        sheet.write_string("B9", "Số hồ sơ <trực tuyến>")
        sheet.write_number("D9", 5650)
        sheet.write_number("D10", 0.9932, percent)
        sheet.write_formula("D11", "=IF(D9<1,D10,D10/D9)", percent, 0.000175787)
        sheet.write_formula("D12", '=IF(D9=0,"","có")', None, "có")
        sheet.write_number("D13", 46200, day)
        sheet.write_blank("D14", None, percent)
        sheet.write_boolean("D15", True)
        sheet.write_string("E9", " hai đầu trống ")
        sheet.set_row(19, None, None, {"hidden": True})
        sheet.write_string("A20", "ẩn")
    book.define_name("bieu1_1_1", "='Biểu 1'!$D$9")
    book.define_name("bieu1_vung", "='Biểu 1'!$D$9:$D$12")
    book.define_name("cchc_gone", "=#REF!")
    book.set_properties({"created": datetime(2026, 6, 15, 8, 0, 0)})
    book.close()
    return stream.getvalue()


def parts_of(data: bytes) -> Parts:
    """Parts in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def zipped(parts: Parts) -> bytes:
    """An ordinary zip of parts, names taken as they are."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The valid workbook with one part changed."""
    return zipped([(n, change(c) if n == name else c) for n, c in parts_of(valid_workbook())])


def with_extra(name: str, content: bytes) -> bytes:
    """The valid workbook with one more entry."""
    return zipped([*parts_of(valid_workbook()), (name, content)])


def _patch_directory(data: bytes, name: str, at: int, value: bytes) -> bytes:
    """Overwrite bytes of an entry's central header."""
    marks = [m.start() for m in re.finditer(b"PK\x01\x02", data)]
    header = next(m for m in marks if data[m + 46 :].startswith(name.encode()))
    return data[: header + at] + value + data[header + at + len(value) :]


def _offset_of(data: bytes, name: str) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.getinfo(name).header_offset


def ole(*streams: str) -> bytes:
    """The beginning of an OLE file with these stream names."""
    names = b"".join(stream.encode("utf-16-le").ljust(128, b"\0") for stream in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names


def foreign_zip(*names: str) -> bytes:
    return zipped([(name, b"<x/>") for name in names])


def truncated() -> bytes:
    return valid_workbook()[:-200]


def bad_crc() -> bytes:
    data = valid_workbook()
    start = _offset_of(data, SHEET) + 30 + len(SHEET)
    return data[: start + 40] + bytes([data[start + 40] ^ 0x10]) + data[start + 41 :]


def bomb_declared() -> bytes:
    return _patch_directory(valid_workbook(), SHEET, 24, struct.pack("<L", 0x7FFFFFFF))


def bomb_ratio() -> bytes:
    return with_extra("xl/media/nul.bin", bytes(20_000_000))


def bomb_undeclared() -> bytes:
    """A part that inflates to far more than both its headers say."""
    data = with_extra("xl/media/nul.bin", bytes(900_000))
    size = struct.pack("<L", 10)
    local = _offset_of(data, "xl/media/nul.bin")
    data = data[: local + 22] + size + data[local + 26 :]
    return _patch_directory(data, "xl/media/nul.bin", 24, size)


def many_entries() -> bytes:
    return zipped([*parts_of(valid_workbook()), *((f"xl/media/{n}.bin", b"x") for n in range(2_100))])


def overlapping() -> bytes:
    """An entry whose data lie inside another entry's data."""
    inner = b"same bytes"
    sizes = (zlib.crc32(inner), len(inner), len(inner))
    name = b"xl/media/two.bin"
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, *sizes, len(name), 0) + name + inner
    stream = io.BytesIO(valid_workbook())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/media/one.bin", local, zipfile.ZIP_STORED)
        directory = archive.start_dir
    data = stream.getvalue()
    at = data.rfind(local, 0, directory)
    twin = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, *sizes, len(name), 0, 0, 0, 0, 0, at
    )
    central = data[directory:-22] + twin + name
    count = struct.unpack_from("<H", data, len(data) - 12)[0] + 1
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(central), directory, 0)
    return data[:directory] + central + end


def encrypted_entry() -> bytes:
    data = valid_workbook()
    local = _offset_of(data, SHEET)
    data = data[: local + 6] + b"\x01\x00" + data[local + 8 :]
    return _patch_directory(data, SHEET, 8, b"\x01\x00")


def odd_method() -> bytes:
    data = valid_workbook()
    local = _offset_of(data, SHEET)
    data = data[: local + 8] + b"\x0c\x00" + data[local + 10 :]
    return _patch_directory(data, SHEET, 10, b"\x0c\x00")


def renamed_in_directory() -> bytes:
    """The directory calls a part by another name than its local header."""
    return _patch_directory(valid_workbook(), SHEET, 46, b"xl/worksheets/sheet9.xml")


def billion_laughs(content: bytes) -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    head, _, tail = content.partition(b"?>")
    return head + b"?>" + bomb + tail


def in_utf16(content: bytes) -> bytes:
    return content.replace(b'encoding="UTF-8"', b'encoding="UTF-16"').decode().encode("utf-16")


def in_ebcdic(content: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="cp037"?>' + content.partition(b"?>")[2].decode().encode(
        "cp037", "replace"
    )


def deep(content: bytes) -> bytes:
    nest = b"<extLst>" * 30_000 + b"</extLst>" * 30_000
    return content.replace(b"</worksheet>", nest + b"</worksheet>")


def deep_and_hidden(content: bytes) -> bytes:
    """Deep nesting dressed so that counting tags alone would find balanced, flat elements."""
    nest = b"<a>/>" * 30_000 + b"</a>" * 30_000
    return content.replace(b"</worksheet>", nest + b"</worksheet>")


def far_cell(content: bytes) -> bytes:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return content.replace(b"</sheetData>", far)


def far_cell_first(content: bytes) -> bytes:
    """The far cell stands in an ordinary row, out of order."""
    return content.replace(b'<c r="D9"', b'<c r="XFD1048576"><v>1</v></c><c r="D9"')


def far_dimension(content: bytes) -> bytes:
    return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', content)


def million_rows(content: bytes) -> bytes:
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(21, 400_021))
    return content.replace(b"</sheetData>", rows + b"</sheetData>")


def forged_count(content: bytes) -> bytes:
    return re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4000000000"', content)


def wrong_count(content: bytes) -> bytes:
    return re.sub(rb'ount="\d+"', b'ount="3"', content)


def unknown_string(content: bytes) -> bytes:
    return content.replace(b'<c r="B9" t="s"><v>', b'<c r="B9" t="s"><v>99')


DISGUISED: dict[str, tuple[str, bytes]] = {
    "empty": ("file_empty", b""),
    "zeros": ("file_zeros", bytes(5000)),
    "random": ("file_not_zip", bytes(range(1, 256)) * 8),
    "xls": ("file_is_xls", ole("Root Entry", "Workbook")),
    "doc": ("file_is_doc", ole("Root Entry", "WordDocument")),
    "password": ("file_encrypted", ole("Root Entry", "EncryptionInfo", "EncryptedPackage")),
    "pdf": ("file_is_pdf", b"%PDF-1.7\n..."),
    "html": ("file_is_html", b"\xef\xbb\xbf\r\n<HTML><body><table></table></body></HTML>"),
    "html utf-16": ("file_is_html", "<html><table>".encode("utf-16")),
    "xml": ("file_is_xml", b'<?xml version="1.0"?><Workbook/>'),
    "csv": ("file_is_text", "mã,số\nbieu1_1_1,5\n".encode()),
    "csv utf-16": ("file_is_text", "mã;số\nbieu1_1_1;5\n".encode("utf-16")),
    "rtf": ("file_is_rtf", b"{\\rtf1 }"),
    "photo": ("file_is_image", b"\xff\xd8\xff\xe0rest"),
    "rar": ("file_is_archive", b"Rar!\x1a\x07\x01\x00rest"),
    "7z": ("file_is_archive", b"7z\xbc\xaf\x27\x1crest"),
    "docx": ("file_is_docx", foreign_zip("[Content_Types].xml", "_rels/.rels", "word/document.xml")),
    "pptx": ("file_is_pptx", foreign_zip("[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml")),
    "ods": ("file_is_ods", foreign_zip("mimetype", "content.xml", "META-INF/manifest.xml")),
    "xlsb": ("file_is_xlsb", foreign_zip("[Content_Types].xml", "_rels/.rels", "xl/workbook.bin")),
    "zip": ("file_is_archive", foreign_zip("bao cao.pdf", "bieu.xlsx")),
}


def _climbing() -> bytes:
    return with_extra("../../ngoai.xml", b"<x/>")


CONTAINERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "truncated": ("file_truncated", truncated),
    "trailing bytes": ("file_trailing_bytes", lambda: valid_workbook() + b"\r\n"),
    "bytes before": ("file_not_zip", lambda: b"MZ\x00\x01" + valid_workbook()),
    "crc": ("file_crc", bad_crc),
    "bomb by declared size": ("zip_bomb", bomb_declared),
    "bomb by ratio": ("zip_bomb", bomb_ratio),
    "bomb beyond its declared size": ("zip_bomb", bomb_undeclared),
    "too many entries": ("too_many_entries", many_entries),
    "overlap": ("entry_overlap", overlapping),
    "duplicate": ("duplicate_entry", lambda: with_extra("XL/Worksheets/Sheet1.xml", b"<x/>")),
    "climbing name": ("entry_name", _climbing),
    "absolute name": ("entry_name", lambda: with_extra("/etc/x.xml", b"<x/>")),
    "drive name": ("entry_name", lambda: with_extra("C:x.xml", b"<x/>")),
    "backslash name": (
        "entry_name",
        lambda: with_extra("xl/aab.xml", b"<x/>").replace(b"xl/aab.xml", b"xl\\aab.xml"),
    ),
    "NUL name": (
        "entry_name",
        lambda: with_extra("xl/aab.xml", b"<x/>").replace(b"xl/aab.xml", b"xl/a\0b.xml"),
    ),
    "encrypted entry": ("entry_encrypted", encrypted_entry),
    "odd method": ("entry_method", odd_method),
    "two names": ("entry_mismatch", renamed_in_directory),
}

XML: dict[str, tuple[str, Callable[[], bytes]]] = {
    "billion laughs": ("xml_doctype", lambda: with_part(SHEET, billion_laughs)),
    "doctype in styles": ("xml_doctype", lambda: with_part(STYLES, billion_laughs)),
    "doctype in UTF-16": ("xml_doctype", lambda: with_part(STRINGS, lambda c: in_utf16(billion_laughs(c)))),
    "doctype in an unlisted part": (
        "xml_doctype",
        lambda: with_extra("xl/x.dat", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
    ),
    "EBCDIC": ("xml_encoding", lambda: with_part(STRINGS, in_ebcdic)),
    "deep": ("xml_depth", lambda: with_part(SHEET, deep)),
    "deep and hidden": ("xml_depth", lambda: with_part(SHEET, deep_and_hidden)),
    "far cell": ("used_range", lambda: with_part(SHEET, far_cell)),
    "far dimension": ("used_range", lambda: with_part(SHEET, far_dimension)),
    "a great many styled rows": ("used_range", lambda: with_part(SHEET, million_rows)),
    "forged count": ("forged_count", lambda: with_part(STRINGS, forged_count)),
}


def recompressed(data: bytes, level: int) -> bytes:
    """The same parts at another compression level, sizes only in data descriptors (as Java writers do)."""
    bodies, directory, offset = [], [], 0
    for name, content in parts_of(data):
        engine = zlib.compressobj(level, zlib.DEFLATED, -15)
        packed = engine.compress(content) + engine.flush()
        sizes = (zlib.crc32(content), len(packed), len(content))
        raw = name.encode()
        local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 8, 8, 0, 33, 0, 0, 0, len(raw), 0)
        body = local + raw + packed + struct.pack("<4s3L", b"PK\x07\x08", *sizes)
        directory.append(
            struct.pack(
                "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 8, 8, 0, 33, *sizes, len(raw), 0, 0, 0, 0, 0, offset
            )
            + raw
        )
        bodies.append(body)
        offset += len(body)
    listing = b"".join(directory)
    count = len(directory)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(listing), offset, 0)
    return b"".join(bodies) + listing + end
