"""What a file really is, judged by its first bytes and never by its name."""

from __future__ import annotations

from collections.abc import Collection

ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"Rar!\x1a\x07", "file_is_archive"),
    (b"7z\xbc\xaf\x27\x1c", "file_is_archive"),
    (b"\x1f\x8b", "file_is_archive"),
    (b"PK\x05\x06", "file_is_archive"),
    (b"PK\x07\x08", "file_is_archive"),
    (b"{\\rtf", "file_is_rtf"),
    (b"\x89PNG", "file_is_image"),
    (b"\xff\xd8\xff", "file_is_image"),
    (b"GIF8", "file_is_image"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "file_encrypted"),
    ("WordDocument", "file_is_doc"),
    ("PowerPoint Document", "file_is_ppt"),
    ("Workbook", "file_is_xls"),
    ("Book", "file_is_xls"),
)
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def _ole_code(data: bytes) -> str:
    for stream, code in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return code
    return "file_is_ole"


def _markup_code(head: bytes) -> str | None:
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"mime-version")):
        return "file_is_html"
    if text.startswith(b"<?xml"):
        return "file_is_html" if b"<html" in text else "file_is_xml"
    return None


def _is_text(head: bytes) -> bool:
    if head.startswith(_BOMS):
        return True
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in head)


def disguise_of(data: bytes) -> str | None:
    """Message code of what `data` is instead of a zip container; None when it starts like one."""
    if data.startswith(ZIP):
        return None
    if not data:
        return "file_empty"
    head = data[:4096]
    if not head.strip(b"\x00"):
        return "file_zeros"
    if head.startswith(_OLE):
        return _ole_code(data)
    if b"%PDF-" in head[:1024]:
        return "file_is_pdf"
    for signature, code in _SIGNATURES:
        if head.startswith(signature):
            return code
    return _markup_code(head) or ("file_is_text" if _is_text(head) else "file_not_zip")


def foreign_package(names: Collection[str]) -> str | None:
    """Message code of a zip that is not a workbook, from its entry names; None for a workbook."""
    if any(name.startswith("xl/workbook") and name.endswith(".xml") for name in names):
        return None
    if "xl/workbook.bin" in names:
        return "file_is_xlsb"
    if "word/document.xml" in names:
        return "file_is_docx"
    if "ppt/presentation.xml" in names:
        return "file_is_pptx"
    if "mimetype" in names and "content.xml" in names:
        return "file_is_ods"
    if "[Content_Types].xml" in names and "_rels/.rels" in names:
        return None
    return "file_is_archive"


def foreign_to_word(names: Collection[str]) -> str | None:
    """Message code of a zip that is not a Word document, from its entry names; None for one."""
    if any(name.startswith("xl/workbook") for name in names):
        return "file_is_xlsx"
    code = foreign_package(names)
    return None if code == "file_is_docx" else code
