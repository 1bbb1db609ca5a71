"""A report given as plain text: its lines as paragraphs, lines with tabs or bars as table rows."""

from __future__ import annotations

import unicodedata

from cchc_xl.model.documents import CellPlace, Document, Paragraph, Story, Table, TableCell

_LEAST_TABS = 2
_HEADING_LINES = 3


def document_of_text(text: str) -> Document:
    """The document of a text file. Lines count from 1; blank lines within a table do not end it."""
    paragraphs: list[Paragraph] = []
    tables: list[Table] = []
    rows: list[tuple[TableCell, ...]] = []
    before: list[str] = []
    for number, line in enumerate(_lines(text), start=1):
        cells = _cells(line)
        if cells is None:
            if line.strip():
                if rows:
                    tables.append(_table(len(tables), rows, before))
                    before = []
                before.append(line.strip())
            paragraphs.append(Paragraph(line, number))
            continue
        row = len(rows)
        places = [CellPlace(len(tables) + 1, row, column) for column in range(len(cells))]
        rows.append(tuple(TableCell(p, cell, number) for p, cell in zip(places, cells, strict=True)))
        paragraphs += [
            Paragraph(cell, number, story=Story.TABLE, cell=place)
            for place, cell in zip(places, cells, strict=True)
        ]
    if rows:
        tables.append(_table(len(tables), rows, before))
    return Document(tuple(paragraphs), tuple(tables))


def _lines(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _cells(line: str) -> list[str] | None:
    """The cells of a table row; None for a line of prose."""
    if line.count("\t") >= _LEAST_TABS:
        return [cell.strip() for cell in line.split("\t")]
    bare = line.strip()
    if bare.startswith("|") and bare.endswith("|") and bare.count("|") > _LEAST_TABS:
        return [cell.strip() for cell in bare[1:-1].split("|")]
    return None


def _table(count: int, rows: list[tuple[TableCell, ...]], before: list[str]) -> Table:
    finished = Table(count + 1, tuple(rows), "\n".join(before[-_HEADING_LINES:]))
    rows.clear()
    return finished
