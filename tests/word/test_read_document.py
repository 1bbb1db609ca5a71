"""The accepted text of a Word file, whatever program wrote it."""

from __future__ import annotations

import pytest
from support.word_files import STRICT, cell, paragraph, row, run, table, word_file

from cchc_xl.model.documents import Story
from cchc_xl.word.read.document import read_document

_INS = '<w:ins w:id="1" w:author="a">{}</w:ins>'
_DEL = '<w:del w:id="2" w:author="a"><w:r><w:delText>{}</w:delText></w:r></w:del>'
_MOVED = '<w:moveFrom w:id="1">{}</w:moveFrom><w:moveTo w:id="2">{}</w:moveTo>'
_CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="Số"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def texts(body: str, **more: object) -> list[str]:
    return [p.text for p in read_document(word_file(body, **more)).paragraphs]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (run("5.") + _INS.format(run("650")), "5.650"),
        (run("5.") + _DEL.format("560") + _INS.format(run("650")), "5.650"),
        (_MOVED.format(run("đi"), run("đến")), "đến"),
        (_FIELD.format(run("5.650")), "5.650"),
        (_FIELD.format(_FIELD.format(run("7"))), "7"),
        ('<w:fldSimple w:instr="DOCPROPERTY x">' + run("38") + "</w:fldSimple>", "38"),
        (_CONTROL.format(run("46")), "46"),
        ('<w:hyperlink r:id="x">' + run("375") + "</w:hyperlink>", "375"),
        (run("hồ\u00ad sơ") + "<w:r><w:softHyphen/></w:r>" + run(" trực\u200b tuyến"), "hồ sơ trực tuyến"),
        (run("a") + "<w:r><w:tab/></w:r>" + run("b") + "<w:r><w:br/></w:r>" + run("c"), "a\tb\nc"),
        (run("17") + "<w:r><w:noBreakHyphen/></w:r>" + run("CTr"), "17-CTr"),
        (run("5.650") + run("99", "<w:vanish/>"), "5.650"),
        (run("5.650") + run(" hồ sơ", '<w:vanish w:val="0"/>'), "5.650 hồ sơ"),
        ("<m:oMath><m:r><m:t>60,5%</m:t></m:r></m:oMath>", "60,5%"),
        (run("ngu\u031b\u01a1\u0300i"), "ngư\u01a1\u0300i".replace("\u01a1\u0300", "ờ")),
    ],
    ids=lambda value: None if str(value).startswith("<") else str(value),
)  # fmt: skip
def test_a_paragraph_reads_as_it_will_print_once_changes_are_accepted(content: str, wanted: str):
    assert texts(paragraph(content)) == [wanted]


def test_old_properties_in_tracked_formatting_change_nothing():
    changed = '<w:pPrChange w:id="3"><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:pPrChange>'
    found = read_document(word_file(paragraph("văn bản", changed))).paragraphs[0]
    assert (found.text, found.label) == ("văn bản", "")


def test_a_paragraph_whose_mark_is_deleted_runs_on_into_the_next():
    gone = '<w:rPr><w:del w:id="4" w:author="a"/></w:rPr>'
    found = read_document(
        word_file(paragraph("Đã giải quyết ", gone) + paragraph("5.650 hồ sơ") + paragraph("Hết"))
    ).paragraphs
    assert [(p.text, p.number) for p in found] == [("Đã giải quyết 5.650 hồ sơ", 1), ("Hết", 3)]


def test_alternative_content_is_read_once():
    box = "<wps:txbx><w:txbxContent>" + paragraph("trong khung: 12") + "</w:txbxContent></wps:txbx>"
    old = (
        "<w:pict><v:textbox><w:txbxContent>"
        + paragraph("trong khung: 12")
        + "</w:txbxContent></v:textbox></w:pict>"
    )
    choice, fallback = f'<mc:Choice Requires="wps">{box}</mc:Choice>', f"<mc:Fallback>{old}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    found = read_document(word_file(paragraph(f"{run('ngoài ')}<w:r>{both}</w:r>{run('khung')}"))).paragraphs
    assert [(p.text, p.story) for p in found] == [
        ("trong khung: 12", Story.TEXT_BOX),
        ("ngoài khung", Story.BODY),
    ]
    alone = f"<mc:AlternateContent>{fallback}</mc:AlternateContent>"
    assert texts(paragraph(f"<w:r>{alone}</w:r>"))[0] == "trong khung: 12"


def test_body_paragraphs_are_numbered_from_one_and_others_are_not():
    separator = f'<w:footnote w:id="0" w:type="separator">{paragraph("---")}</w:footnote>'
    notes = {"footnotes.xml": f'{separator}<w:footnote w:id="2">{paragraph("chú thích: 3")}</w:footnote>'}
    body = paragraph("một") + paragraph("") + table(row("a", "b")) + paragraph("ba")
    found = read_document(word_file(body, notes, {"footnotes.xml": "footnotes"})).paragraphs
    assert [(p.text, p.number, p.story.value) for p in found] == [
        ("một", 1, "body"), ("", 2, "body"), ("a", None, "table"), ("b", None, "table"), ("ba", 3, "body"),
        ("chú thích: 3", None, "footnote"),
    ]  # fmt: skip


def test_headers_and_footers_stand_apart():
    parts = {"hdr1.xml": paragraph("UBND xã"), "ftr1.xml": paragraph("trang 1")}
    data = word_file(paragraph("thân"), parts, {"hdr1.xml": "header", "ftr1.xml": "footer"})
    assert [(p.text, p.story.value) for p in read_document(data).paragraphs] == [
        ("thân", "body"), ("UBND xã", "header"), ("trang 1", "footer"),
    ]  # fmt: skip


def test_bookmarks_keep_their_range_in_the_composed_text():
    inside = '<w:bookmarkStart w:id="0" w:name="bieu3_2_1_1"/>' + run("5.650") + '<w:bookmarkEnd w:id="0"/>'
    found = read_document(word_file(paragraph(run("Hồ so\u031b: ") + inside + run(" hồ sơ")))).paragraphs[0]
    mark = found.bookmarks[0]
    assert (mark.name, found.text[mark.start : mark.end]) == ("bieu3_2_1_1", "5.650")


def test_a_bookmark_that_libreoffice_begins_within_a_deletion_holds_what_was_inserted():
    start = '<w:bookmarkStart w:id="7" w:name="bieu1_1"/>'
    gone = f'<w:del w:id="1">{start}<w:r><w:delText>8</w:delText></w:r></w:del>'
    come = _INS.format(run("9")) + '<w:bookmarkEnd w:id="7"/>'
    found = read_document(word_file(paragraph(run("Số văn bản: ") + gone + come))).paragraphs[0]
    mark = found.bookmarks[0]
    assert (mark.name, found.text[mark.start : mark.end]) == ("bieu1_1", "9")


def test_merged_cells_stand_once_with_what_they_span():
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell("STT", down), cell("Kết quả", '<w:gridSpan w:val="2"/>'), cell("Ghi chú", down)),
        row(cell("ẩn", on), "Đơn vị tính", "Số liệu", cell("", on)),
        row("1.", "Văn bản", "8", ""),
    )
    found = read_document(word_file(body)).tables[0]
    first = [(c.text, c.place.column, c.place.columns, c.place.rows) for c in found.rows[0]]
    assert first == [("STT", 0, 1, 2), ("Kết quả", 1, 2, 1), ("Ghi chú", 3, 1, 2)]
    assert [(c.text, c.place.column) for c in found.rows[1]] == [("Đơn vị tính", 1), ("Số liệu", 2)]


def test_rows_and_cells_deleted_with_tracked_changes_are_gone_and_nested_tables_are_tables_of_their_own():
    inner = table(row("trong", "1"))
    body = table(
        row("a", cell(paragraph("ngoài") + inner + paragraph(""))),
        row("xóa", "2", properties='<w:del w:id="5"/>'),
    )
    found = read_document(word_file(body)).tables
    assert [[c.text for r in t.rows for c in r] for t in found] == [["a", "ngoài"], ["trong", "1"]]


_NUMBERING = """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="\uf02d"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"""


def _item(text: str, number: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_counted_out_as_word_shows_them():
    body = (
        _item("chỉ đạo", 1) + _item("kết quả", 1) + _item("thể chế", 1, 1) + _item("thủ tục", 1, 1)
        + _item("x", 1, 2) + _item("y", 1, 2) + _item("gạch", 2) + _item("đánh giá", 1)
        + _item("ưu điểm", 1, 1) + _item("lại từ đầu", 3)
    )  # fmt: skip
    data = word_file(body, {"numbering.xml": _NUMBERING}, {"numbering.xml": "numbering"})
    labels = [p.label for p in read_document(data).paragraphs]
    assert labels == ["I.", "II.", "1.", "2.", "a)", "b)", "-", "III.", "1.", "I."]


def test_lists_and_headings_come_from_styles_as_well():
    styles = """<w:style w:type="paragraph" w:styleId="Goc">
    <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Goc"/>
    <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>"""
    data = word_file(
        paragraph("kết quả", '<w:pStyle w:val="Con"/>'),
        {"numbering.xml": _NUMBERING, "styles.xml": styles},
        {"numbering.xml": "numbering", "styles.xml": "styles"},
    )
    found = read_document(data).paragraphs[0]
    assert (found.label, found.heading) == ("I.", 1)


def test_strict_documents_read_alike():
    body = paragraph(run("5.") + _INS.format(run("650"))) + table(row("1.", "8"))
    strict, usual = read_document(word_file(body, namespace=STRICT)), read_document(word_file(body))
    assert strict.paragraphs == usual.paragraphs and strict.tables == usual.tables
