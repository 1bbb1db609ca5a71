"""One story of a document (body, notes, header): the accepted text, paragraph by paragraph, and its tables.

Insertions are in, deletions and moved-away text out; fields give their result, alternatives one reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cchc_xl.excel.opc.xml_parts import Attributes
from cchc_xl.model.documents import Paragraph, Story, Table
from cchc_xl.word.read.list_labels import LabelCounter
from cchc_xl.word.read.markup import attribute, is_on, walk_words
from cchc_xl.word.read.paragraph_styles import ParagraphStyle
from cchc_xl.word.read.paragraph_text import ParagraphText
from cchc_xl.word.read.table_grid import TableGrid

# What is not part of the accepted text; w:del in properties says something else and is met before.
_SKIPPED = frozenset(
    (
        *("w:del", "w:moveFrom", "w:instrText", "w:delInstrText", "w:delText", "w:rt", "w:sectPrChange"),
        *("w:pPrChange", "w:rPrChange", "w:tblPrChange", "w:trPrChange", "w:tcPrChange", "w:tblGridChange"),
        *("w:numberingChange", "w:sdtPr", "w:customXmlPr"),
    )
)
_BOOKMARKS, _DELETIONS = ("w:bookmarkStart", "w:bookmarkEnd"), ("w:del", "w:moveFrom")
_BREAKS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_NOTES = {"w:footnote": Story.FOOTNOTE, "w:endnote": Story.ENDNOTE}
_LAYOUT_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_HEADING_LINES = 3
_PLAIN = ParagraphStyle()


@dataclass(slots=True)
class _Container:
    """The document, a text box: what paragraphs stand in directly."""

    story: Story
    tables: list[TableGrid] = field(default_factory=list)
    running_on: ParagraphText | None = None


class StoryReader:
    """Reads parts one after another; lists and table numbers run on from part to part."""

    def __init__(self, styles: dict[str, ParagraphStyle], counter: LabelCounter) -> None:
        self._styles, self._counter = styles, counter
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self.revised = False  # tracked changes were met
        self.imported = False  # a chunk of another format, which is not read
        self._table_count = 0
        self._body_count = 0
        self._before_table: list[str] = []

    def read(self, part: str, content: bytes, story: Story) -> None:
        """Add what one part says. Raises WorkbookRefused when it is not well-formed."""
        self._path: list[str] = []
        self._skipping = 0
        self._alternatives: list[bool] = []  # of each open mc:AlternateContent: a choice was taken
        self._fields: list[bool] = []  # of each open field: its result has begun
        self._containers = [_Container(story)]
        self._texts: list[ParagraphText] = []
        self._waiting: dict[str, str] = {}  # bookmarks that began between paragraphs
        self._reads_text = self._is_hidden = False
        walk_words(part, content, self._opened, self._closed, self._text)

    # --- elements --------------------------------------------------------------------------------------

    def _opened(self, name: str, attributes: Attributes) -> None:
        path = self._path
        path.append(name)
        if self._skipping:
            # LibreOffice begins a bookmark within the deletion that it wraps.
            if name in _BOOKMARKS and path[self._skipping - 1] in _DELETIONS:
                self._bookmark(name, attributes)
            return
        if self._is_left_out(name, attributes):
            self._skipping = len(path)
            return
        if name == "w:t" or name == "m:t":
            self._reads_text = True
        elif name in _BREAKS:
            if path[-2:-1] == ["w:r"]:
                self._add(_BREAKS[name])
        elif name == "w:p":
            self._begin_paragraph()
        elif name == "w:txbxContent":
            self._containers.append(_Container(Story.TEXT_BOX))
        elif name == "mc:AlternateContent":
            self._alternatives.append(False)
        elif name.startswith("w:"):
            self._about_run(name, attributes)
            self._about_paragraph(name, attributes)
            self._about_table(name, attributes)

    def _is_left_out(self, name: str, attributes: Attributes) -> bool:
        if name == "w:del" and self._path[-2:-1] in (["w:rPr"], ["w:trPr"]):
            self.revised = True
            if self._path[-2] == "w:trPr" and self._containers[-1].tables:
                self._containers[-1].tables[-1].row_is_gone = True
            elif self._path[-3:-2] == ["w:pPr"] and self._texts:
                self._texts[-1].runs_on = True
            return True
        if name in ("mc:Choice", "mc:Fallback") and self._alternatives:
            taken, self._alternatives[-1] = self._alternatives[-1], True
            return taken
        if name in _NOTES:
            return attribute(attributes, "type") in _LAYOUT_NOTES
        if name in ("w:del", "w:moveFrom", "w:ins", "w:moveTo"):
            self.revised = True
        if name == "w:altChunk":
            self.imported = True
        return name in _SKIPPED

    def _closed(self, name: str) -> None:
        path = self._path
        if self._skipping:
            if len(path) == self._skipping:
                self._skipping = 0
            path.pop()
            return
        path.pop()
        if name == "w:t" or name == "m:t":
            self._reads_text = False
        elif name == "w:p":
            self._end_paragraph()
        elif name in ("w:tc", "w:tr"):
            self._end_in_table(name)
        elif name == "w:tbl":
            self._end_table()
        elif name == "w:txbxContent" and len(self._containers) > 1:
            self._flush()
            self._containers.pop()
        elif name == "mc:AlternateContent" and self._alternatives:
            self._alternatives.pop()
        elif name in ("w:body", "w:hdr", "w:ftr", "w:footnote", "w:endnote"):
            self._flush()

    def _text(self, data: str) -> None:
        if self._reads_text and not self._skipping:
            self._add(data)

    # --- runs and fields -------------------------------------------------------------------------------

    def _add(self, text: str) -> None:
        if self._texts and not self._is_hidden and all(self._fields):
            self._texts[-1].add(text)

    def _about_run(self, name: str, attributes: Attributes) -> None:
        if name == "w:r":
            self._is_hidden = False
        elif name == "w:vanish" and self._path[-3:-1] == ["w:r", "w:rPr"]:
            self._is_hidden = is_on(attributes)
        elif name == "w:fldChar":
            kind = attribute(attributes, "fldCharType")
            if kind == "begin":
                self._fields.append(False)
            elif kind == "separate" and self._fields:
                self._fields[-1] = True
            elif kind == "end" and self._fields:
                self._fields.pop()
        elif name in _BOOKMARKS:
            self._bookmark(name, attributes)

    def _bookmark(self, element: str, attributes: Attributes) -> None:
        key, name = attribute(attributes, "id"), attribute(attributes, "name")
        if element == "w:bookmarkEnd":
            self._waiting.pop(key, None)
            if self._texts:
                self._texts[-1].end_bookmark(key)
        elif self._texts:
            self._texts[-1].begin_bookmark(key, name)
        else:
            self._waiting[key] = name

    # --- paragraphs ------------------------------------------------------------------------------------

    def _begin_paragraph(self) -> None:
        container = self._containers[-1]
        table = container.tables[-1] if container.tables else None
        story = Story.TABLE if table is not None and container.story is Story.BODY else container.story
        number = None
        if story is Story.BODY:
            self._body_count += 1
            number = self._body_count
        text, container.running_on = container.running_on, None
        if text is None:
            text = ParagraphText(story, number, table.place if table else None)
        text.runs_on = False
        self._texts.append(text)
        for key, name in self._waiting.items():
            text.begin_bookmark(key, name)
        self._waiting.clear()
        self._is_hidden = False

    def _about_paragraph(self, name: str, attributes: Attributes) -> None:
        if not self._texts:
            return
        text, value = self._texts[-1], attribute(attributes, "val")
        if name == "w:pStyle":
            text.style = value
        elif name == "w:numId" and self._path[-2:-1] == ["w:numPr"]:
            text.instance = value
        elif name == "w:ilvl" and value.isdigit():
            text.depth = int(value[:2])
        elif name == "w:outlineLvl" and value.isdigit():
            text.heading = int(value[:2]) + 1

    def _end_paragraph(self) -> None:
        if not self._texts:
            return
        text = self._texts.pop()
        if text.runs_on:
            self._containers[-1].running_on = text
        else:
            self._emit(text)

    def _flush(self) -> None:
        text, self._containers[-1].running_on = self._containers[-1].running_on, None
        if text is not None:
            self._emit(text)

    def _emit(self, text: ParagraphText) -> None:
        tables = self._containers[-1].tables
        if not all(table.shows for container in self._containers for table in container.tables):
            return
        style = self._styles.get(text.style, _PLAIN)
        instance = style.instance if text.instance is None else text.instance
        depth = (style.depth if text.depth is None else text.depth) or 0
        heading = (style.heading if text.heading is None else text.heading) or 0
        label = self._counter.label(instance, depth) if instance not in (None, "0") else ""
        paragraph = text.finished(label, depth, heading if heading <= 9 else 0)
        self.paragraphs.append(paragraph)
        if tables and tables[-1].cell is not None:
            tables[-1].cell.texts.append(f"{label} {paragraph.text}".strip() if label else paragraph.text)
        elif paragraph.text.strip():
            self._before_table.append(paragraph.text.strip())

    # --- tables ----------------------------------------------------------------------------------------

    def _about_table(self, name: str, attributes: Attributes) -> None:
        if name == "w:tbl":
            self._table_count += 1
            heading = "\n".join(self._before_table[-_HEADING_LINES:])
            self._before_table.clear()
            self._containers[-1].tables.append(TableGrid(self._table_count, heading))
        elif self._containers[-1].tables:
            self._about_cell(self._containers[-1].tables[-1], name, attributes)

    def _about_cell(self, table: TableGrid, name: str, attributes: Attributes) -> None:
        value = attribute(attributes, "val")
        if name == "w:tr":
            table.begin_row()
        elif name == "w:tc":
            table.begin_cell()
        elif name == "w:gridBefore" and value.isdigit():
            table.skip_columns(int(value[:3]))
        elif name == "w:gridSpan" and value.isdigit():
            table.span(int(value[:3]))
        elif name == "w:vMerge" and table.cell is not None:
            table.cell.continues = value != "restart"
        elif name == "w:hMerge" and table.cell is not None and value != "restart":
            table.cell.gone = True
        elif name == "w:cellDel" and table.cell is not None:
            self.revised = table.cell.gone = True

    def _end_in_table(self, name: str) -> None:
        self._flush()
        if self._containers[-1].tables:
            table = self._containers[-1].tables[-1]
            (table.end_cell if name == "w:tc" else table.end_row)()

    def _end_table(self) -> None:
        if self._containers[-1].tables:
            self.tables.append(self._containers[-1].tables.pop().finished())
