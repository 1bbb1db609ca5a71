"""Phụ lục III in Word the way people mangle it: one variant a function, each from the sample's own tables."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document as WordDocument

from support.prose import text_of

Rows = list[list[str]]
HEADER = ["STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Ghi chú"]


@dataclass
class FormTable:
    """One form as a table: the paragraphs before it, its header rows, its rows of five cells."""

    heading: list[str]
    rows: Rows
    header: Rows = field(default_factory=lambda: [list(HEADER)])
    extra: list[tuple[int, str, str]] = field(default_factory=list)  # column, title, content


def sample_forms() -> list[FormTable]:
    """The seven forms of the real Q2 report, split tables joined."""
    forms: list[FormTable] = []
    before: list[str] = []
    for line in text_of("nam-thanh-mien-2026-Q2").split("\n"):
        cells = [re.sub(r"</?i>", "", c).strip() for c in line.split("\t")]
        if line.startswith("Biểu mẫu"):
            before = [line.strip()]
        elif before and len(before) == 1 and line.strip() and len(cells) < 3:
            before.append(line.strip())
        elif len(cells) in (4, 5) and cells[0] != "STT" and cells[1]:
            cells += [""] * (5 - len(cells))
            if before:
                forms.append(FormTable(before, []))
                before = []
            forms[-1].rows.append(cells)
    return forms


def word_of(forms: list[FormTable], *, gap: bool = True) -> bytes:
    """The forms as Word tables, each after its heading."""
    document = docx.Document()
    for form in forms:
        for line in form.heading:
            document.add_paragraph(line)
        _add(document, [*form.header, *form.rows])
        if gap:
            document.add_paragraph("")
    return _saved(document)


def _add(document: WordDocument, rows: Rows) -> Any:
    width = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width)
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=False):
            cell.text = text
    return table


def _saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _each_row(change: Callable[[list[str]], list[str]]) -> bytes:
    forms = sample_forms()
    for form in forms:
        form.rows = [change(list(row)) for row in form.rows]
        form.header = [change(list(row)) for row in form.header]
    return word_of(forms)


def _each_label(change: Callable[[str], str]) -> bytes:
    forms = sample_forms()
    for form in forms:
        form.rows = [[r[0], change(r[1]), *r[2:]] for r in form.rows]
    return word_of(forms)


def _each_figure(change: Callable[[str], str]) -> bytes:
    forms = sample_forms()
    for form in forms:
        form.rows = [[*r[:3], change(r[3]), r[4]] for r in form.rows]
    return word_of(forms)


def _split(at: Callable[[FormTable], int], *, header: bool, heading: bool) -> bytes:
    pieces: list[FormTable] = []
    for form in sample_forms():
        cut = at(form)
        rest = FormTable(form.heading if heading else [], form.rows[cut:], [list(HEADER)] if header else [])
        pieces += [FormTable(form.heading, form.rows[:cut]), rest]
    return word_of([piece for piece in pieces if piece.rows])


def _glued(*, titles: bool, headers: bool) -> bytes:
    document = docx.Document()
    rows: Rows = [list(HEADER)]
    for form in sample_forms():
        rows += [[title, "", "", "", ""] for title in form.heading] if titles else []
        rows += [list(HEADER)] if headers else []
        rows += form.rows
    document.add_paragraph("BIỂU MẪU THỐNG KÊ")
    _add(document, rows)
    return _saved(document)


def _two_row_header() -> bytes:
    forms = sample_forms()
    document = docx.Document()
    for form in forms:
        for line in form.heading:
            document.add_paragraph(line)
        first, second = (
            ["STT", "Chỉ tiêu thống kê", "Kết quả thống kê", "", "Ghi chú"],
            ["", "", "Đơn vị tính", "Số liệu", ""],
        )
        table = _add(document, [first, second, *form.rows])
        table.cell(0, 2).merge(table.cell(0, 3))
        for column in (0, 1, 4):
            table.cell(0, column).merge(table.cell(1, column))
    return _saved(document)


def _merged_notes() -> bytes:
    document = docx.Document()
    for form in sample_forms():
        for line in form.heading:
            document.add_paragraph(line)
        table = _add(document, [list(HEADER), *form.rows])
        table.cell(1, 4).merge(table.cell(len(form.rows), 4))
    return _saved(document)


def _headings_across() -> bytes:
    """Rows without a figure merged over all columns."""
    document = docx.Document()
    for form in sample_forms():
        for line in form.heading:
            document.add_paragraph(line)
        table = _add(document, [list(HEADER), *form.rows])
        for n, row in enumerate(form.rows, start=1):
            if not row[2] and not row[3]:
                table.cell(n, 1).merge(table.cell(n, 4))
    return _saved(document)


def _in_layout_table() -> bytes:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=1).cell(0, 0)
    for form in sample_forms():
        for line in form.heading:
            outer.add_paragraph(line)
        rows = [list(HEADER), *form.rows]
        inner = outer.add_table(rows=len(rows), cols=5)
        for cells, texts in zip(inner.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
    return _saved(document)


def _label_over_two_rows() -> bytes:
    forms = sample_forms()
    for form in forms:
        rows: Rows = []
        for r in form.rows:
            words = r[1].split()
            if len(words) > 8:
                rows += [[r[0], " ".join(words[:6]), *r[2:]], ["", " ".join(words[6:]), "", "", ""]]
            else:
                rows.append(r)
        form.rows = rows
    return word_of(forms)


def _bare(text: str) -> str:
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in spread if not unicodedata.combining(c))


def _duplicated() -> bytes:
    forms = sample_forms()
    return word_of([*forms, forms[2]])


def _renumbered() -> bytes:
    forms = sample_forms()
    for form in forms:
        form.rows = [[str(n), *r[1:]] for n, r in enumerate(form.rows, start=1)]
    return word_of(forms)


def _shifted_rows() -> bytes:
    """Numbers slid by one row against their labels."""
    forms = sample_forms()
    for form in forms:
        numbers = [r[0] for r in form.rows]
        form.rows = [[number, *r[1:]] for number, r in zip([*numbers[1:], ""], form.rows, strict=True)]
    return word_of(forms)


def _swapped_figures_column() -> bytes:
    """Last quarter's figures stand in a column of their own before this quarter's."""
    return _each_row(lambda r: [*r[:3], "Kỳ trước" if r[3] == "Số liệu" else ("77" if r[3] else ""), *r[3:]])


def _no_headings() -> bytes:
    forms = sample_forms()
    for form in forms:
        form.heading = []
    return word_of(forms)


def _columns(order: tuple[int, ...]) -> bytes:
    return _each_row(lambda r: [r[n] for n in order])


def _with_hard_blanks() -> bytes:
    return _each_label(lambda t: "\u00a0 ".join(t.split(" ", 3)).replace(") ", ")\n"))


def _half(label: str) -> str:
    return label[: max(12, len(label) // 2)]


def _slipped(label: str) -> str:
    return label.replace("hồ sơ", "hồ s").replace("Tổng số", "Tông số")


def _english(figure: str) -> str:
    return figure.replace(".", ",") if re.fullmatch(r"\d+\.\d{3}", figure) else figure


def _empty_rows() -> bytes:
    forms = sample_forms()
    for form in forms:
        form.rows = [x for r in form.rows for x in (r, [""] * 5)]
    return word_of(forms)


def _number_in_label() -> bytes:
    return _each_row(lambda r: [r[1] if r[0] == "STT" else f"{r[0]} {r[1]}", *r[2:]])


def _by_whom() -> bytes:
    return _each_row(lambda r: [*r, "Người nhập" if r[0] == "STT" else "Lan 2"])


def _in_the_middle(form: FormTable) -> int:
    return len(form.rows) // 2


VARIANTS: dict[str, Callable[[], bytes]] = {
    "as printed": lambda: word_of(sample_forms()),
    "no paragraph between tables": lambda: word_of(sample_forms(), gap=False),
    "two header rows with merged cells": _two_row_header,
    "split over pages with a repeated header": lambda: _split(_in_the_middle, header=True, heading=False),
    "split over pages without header": lambda: _split(_in_the_middle, header=False, heading=False),
    "split after the first row": lambda: _split(lambda f: 1, header=False, heading=False),
    "split with the heading repeated": lambda: _split(lambda f: len(f.rows) - 1, header=True, heading=True),
    "all forms in one table with titles": lambda: _glued(titles=True, headers=True),
    "all forms in one table, titles only": lambda: _glued(titles=True, headers=False),
    "all forms in one table, headers only": lambda: _glued(titles=False, headers=True),
    "all forms in one table, nothing between": lambda: _glued(titles=False, headers=False),
    "no form headings": _no_headings,
    "notes merged downwards": _merged_notes,
    "group rows merged across": _headings_across,
    "inside a layout table": _in_layout_table,
    "an empty column first": lambda: _each_row(lambda r: ["", *r]),
    "a column for last period before": _swapped_figures_column,
    "a column for who entered it": _by_whom,
    "no number column": lambda: _each_row(lambda r: r[1:]),
    "number and label in one cell": _number_in_label,
    "figures before units": lambda: _columns((0, 1, 3, 2, 4)),
    "label, figure, number": lambda: _columns((1, 3, 0, 2, 4)),
    "no note column": lambda: _columns((0, 1, 2, 3)),
    "empty rows between": _empty_rows,
    "labels over two rows": _label_over_two_rows,
    "labels in capitals": lambda: _each_label(str.upper),
    "labels decomposed": lambda: _each_label(lambda t: unicodedata.normalize("NFD", t)),
    "labels with hard blanks and line ends": _with_hard_blanks,
    "labels without marks": lambda: _each_label(_bare),
    "labels cut short": lambda: _each_label(_half),
    "labels with a slip": lambda: _each_label(_slipped),
    "a table given twice": _duplicated,
    "rows numbered through": _renumbered,
    "numbers slid by a row": _shifted_rows,
    "figures with blanks around": lambda: _each_figure(lambda t: f" {t}\u00a0" if t else t),
    "figures grouped the English way": lambda: _each_figure(_english),
}


def variants() -> Iterator[tuple[str, bytes]]:
    """Every variant by name."""
    for name, build in VARIANTS.items():
        yield name, build()
