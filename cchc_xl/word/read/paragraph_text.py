"""A paragraph while it is being read: its pieces of text, bookmarks, list and style."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from cchc_xl.model.documents import Bookmark, CellPlace, Paragraph, Story

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(slots=True)
class ParagraphText:
    """`style`, `instance`, `depth`, `heading`: as the paragraph itself says; None where it says nothing."""

    story: Story
    number: int | None
    cell: CellPlace | None
    style: str = ""
    instance: str | None = None
    depth: int | None = None
    heading: int | None = None
    runs_on: bool = False  # its mark was deleted: the next paragraph continues it
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _open: dict[str, tuple[str, int]] = field(default_factory=dict)
    _closed: list[Bookmark] = field(default_factory=list)

    def add(self, text: str) -> None:
        text = text.translate(_INVISIBLE)
        self._pieces.append(text)
        self._length += len(text)

    def begin_bookmark(self, key: str, name: str) -> None:
        self._open[key] = (name, self._length)

    def end_bookmark(self, key: str) -> None:
        if key in self._open:
            name, start = self._open.pop(key)
            self._closed.append(Bookmark(name, start, self._length))

    def finished(self, label: str, level: int, heading: int) -> Paragraph:
        for key in list(self._open):
            self.end_bookmark(key)
        text = "".join(self._pieces)
        bookmarks = tuple(self._closed)
        if not unicodedata.is_normalized("NFC", text):
            bookmarks = tuple(Bookmark(b.name, _moved(text, b.start), _moved(text, b.end)) for b in bookmarks)
            text = unicodedata.normalize("NFC", text)
        return Paragraph(text, self.number, label, level, heading, self.story, self.cell, bookmarks)


def _moved(text: str, offset: int) -> int:
    return len(unicodedata.normalize("NFC", text[:offset]))
