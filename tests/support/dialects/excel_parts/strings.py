"""Shared strings: the source's own that are still used, in their order, then the new ones."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from support.dialects.excel_parts.xml import HEADER, MAIN, escaped, main, parsed, written

PRESERVE = ' xml:space="preserve"'


class SharedStrings:
    """The source's strings, and the table Excel would save: `index` hands out places in it."""

    def __init__(self, content: bytes | None, used: Iterable[int]) -> None:
        items = list(parsed(content)) if content else []
        self._items: list[str] = []
        self._places: dict[str, int] = {}
        self._by_source: dict[int, int] = {}
        self.count = 0
        for number in sorted(set(used)):
            self._by_source[number] = self._place(_item(items[number]))

    def of_source(self, number: int) -> int:
        """Index of a string of the source."""
        self.count += 1
        return self._by_source[number]

    def of_text(self, text: str) -> int:
        """Index of a text that was not shared."""
        self.count += 1
        return self._place(f"<t{space(text)}>{escaped(text)}</t>")

    def _place(self, item: str) -> int:
        place = self._places.setdefault(item, len(self._items))
        if place == len(self._items):
            self._items.append(item)
        return place

    def part(self) -> bytes:
        opened = f'<sst xmlns="{MAIN}" count="{self.count}" uniqueCount="{len(self._items)}">'
        items = "".join(f"<si>{item}</si>" for item in self._items)
        return f"{HEADER}{opened}{items}</sst>".encode()


def space(text: str) -> str:
    """Excel's mark on texts whose outer blanks or line ends matter."""
    return PRESERVE if text != text.strip() or "\n" in text else ""


def _item(element: Element) -> str:
    runs = list(element)
    if len(runs) == 1 and runs[0].tag == main("t"):
        text = runs[0].text or ""
        return f"<t{space(text)}>{escaped(text)}</t>"
    return "".join(written(run) for run in runs)
