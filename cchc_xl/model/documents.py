"""A written report as read: its accepted text in document order, tables with their cells, what was told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Story(StrEnum):
    """Where in a document a paragraph stands."""

    BODY = "body"
    TABLE = "table"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    TEXT_BOX = "text_box"
    HEADER = "header"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A named range within one paragraph: characters `start` up to `end`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A table's cell: table from 1 in document order, row and first column from 0, what it spans."""

    table: int
    row: int
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or line.

    `number`: 1-based line of a text file or body paragraph of a Word file; None elsewhere in a Word file.
    `label`: automatic list label ("1.", "a)", "-"), not part of the text; `level`: its list level from 0.
    """

    text: str
    number: int | None = None
    label: str = ""
    level: int = 0
    heading: int = 0  # outline level of its style from 1; 0: none
    story: Story = Story.BODY
    cell: CellPlace | None = None
    bookmarks: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell as it shows: merged cells stand once, at their first row and column."""

    place: CellPlace
    text: str  # paragraphs joined by line ends
    number: int | None = None  # line of a text file


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `rows` hold the cells that begin in that row, in order."""

    number: int
    rows: tuple[tuple[TableCell, ...], ...]
    heading: str = ""  # paragraphs right before it, joined by line ends


@dataclass(frozen=True, slots=True)
class Document:
    """A report's text. `remarks` are message codes of what the file carries besides: macros, OLE, links."""

    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
    remarks: tuple[str, ...] = ()
    is_word: bool = False
