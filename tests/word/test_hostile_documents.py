"""Word files from the mail are as hostile as workbooks: refused with the cure, or told, never obeyed."""

from __future__ import annotations

import random

import pytest
from support import hostile
from support.word_files import paragraph, run, with_entry, word_file

from cchc_xl.model.errors import DocumentRefused
from cchc_xl.tasks.documents import document_of
from cchc_xl.word.read.document import read_document

GOOD = word_file(paragraph("Đã giải quyết 5.650 hồ sơ"))
MAIN = "word/document.xml"
_LINK = '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" TargetMode="External"/>'  # fmt: skip  # noqa: E501


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentRefused) as caught:
        document_of(data)
    line = str(caught.value)
    assert "\n" not in line and len(line) > 40 and line.endswith(".")
    return line


DISGUISED = {
    "doc": (hostile.ole("WordDocument"), ("đời cũ", ".docx")),
    "password": (hostile.ole("EncryptedPackage"), ("mật khẩu",)),
    "pdf": (b"%PDF-1.7 scanned", ("PDF", ".docx")),
    "picture": (b"\x89PNG\r\n\x1a\n", ("ảnh",)),
    "rtf": (b"{\\rtf1 abc}", ("RTF", ".docx")),
    "odt": (hostile.foreign_zip("mimetype", "content.xml"), (".odt", ".docx")),
    "html": (b"<html><body>5.650</body></html>", ("HTML",)),
    "workbook": (hostile.valid_workbook(), ("Excel",)),
    "archive": (hostile.foreign_zip("a.txt"), ("nén",)),
    "empty": (b"", ("rỗng",)),
    "noise": (bytes(range(256)) * 20, (".docx",)),
    "another alphabet": ("Đã giải quyết 5.650 hồ sơ".encode("cp1258", "replace") + b"\xfe\xa0", ("UTF-8",)),
}


@pytest.mark.parametrize("case", DISGUISED)
def test_what_is_no_docx_is_named_and_cured(case: str):
    data, words = DISGUISED[case]
    line = refusal(data)
    assert all(word in line for word in words), line


BROKEN = {
    "bomb": with_entry(GOOD, "word/media/nul.bin", bytes(20_000_000)),
    "doctype": with_entry(GOOD, MAIN, b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><w:document/>'),
    "nesting": with_entry(GOOD, MAIN, b"<a>" * 60_000 + b"</a>" * 60_000),
    "malformed": with_entry(GOOD, MAIN, b"<w:document><w:body></w:document>"),
    "climbing name": with_entry(GOOD, "../../etc/passwd", b"x"),
    "cut": GOOD[:-60],
    "no main part": with_entry(GOOD, "_rels/.rels", b"<Relationships/>"),
    "too many parts": hostile.zipped([(MAIN, b"<x/>"), *((f"word/{n}", b"") for n in range(2_100))]),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_or_forged_document_is_refused_in_one_line(case: str):
    refusal(BROKEN[case])


def test_macros_templates_objects_and_links_are_told():
    data = word_file(
        paragraph("x"), extra_relationships=_LINK.format("attachedTemplate", "http://x.invalid/t.dotm")
    )
    data = with_entry(data, "word/vbaProject.bin", b"not run")
    assert set(read_document(data).remarks) == {"document_macros", "document_template"}
    pictures = word_file(paragraph("x"), extra_relationships=_LINK.format("image", "http://x.invalid/p.png"))
    objects = word_file(paragraph("x"), extra_relationships=_LINK.format("oleObject", "file:///c:/x.xlsx"))
    assert read_document(pictures).remarks == ("document_external",)
    assert "document_objects" in read_document(objects).remarks


def test_an_ordinary_link_is_no_remark_and_tracked_changes_are():
    link = word_file(paragraph("x"), extra_relationships=_LINK.format("hyperlink", "http://x.invalid"))
    assert read_document(link).remarks == ()
    changed = word_file(paragraph('<w:ins w:id="1" w:author="a">' + run("x") + "</w:ins>"))
    assert read_document(changed).remarks == ("document_revised",)


def test_one_changed_byte_is_refused_or_changes_nothing():
    wanted, chance = read_document(GOOD), random.Random(11)
    refused = 0
    for _ in range(400):
        at = chance.randrange(len(GOOD))
        flipped = GOOD[:at] + bytes([GOOD[at] ^ (1 << chance.randrange(8))]) + GOOD[at + 1 :]
        try:
            assert document_of(flipped) == wanted
        except DocumentRefused:
            refused += 1
    assert refused > 300


def test_unbalanced_markup_that_is_well_formed_raises_nothing_but_a_refusal():
    chance = random.Random(12)
    tags = ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:del", "w:ins", "w:txbxContent", "mc:Choice",
            "mc:AlternateContent", "w:sdt", "w:sdtContent", "w:bookmarkEnd", "w:vMerge", "w:fldChar",
            "w:footnote"]  # fmt: skip

    def element(depth: int) -> str:
        name = chance.choice(tags)
        inside = "".join(element(depth - 1) for _ in range(chance.randrange(4))) if depth else "5.650"
        kind = chance.choice(["begin", "separate", "end"])
        return f'<{name} w:fldCharType="{kind}" w:id="1" w:val="restart">{inside}</{name}>'

    for _ in range(300):
        read_document(word_file("".join(element(5) for _ in range(3))))
