"""Styles: the cell formats in use, each once, not in the source's order; Excel's own extensions."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from support.dialects.excel_parts.xml import HEADER, MAIN, MC, X14, X14AC, XR, main, parsed, written

_ROOT = (
    f'<styleSheet xmlns="{MAIN}" xmlns:mc="{MC}" mc:Ignorable="x14ac x16r2 xr" xmlns:x14ac="{X14AC}"'
    ' xmlns:x16r2="http://schemas.microsoft.com/office/spreadsheetml/2015/02/main"'
    f' xmlns:xr="{XR}">'
)
_EXTENSIONS = (
    f'<extLst><ext uri="{{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}}" xmlns:x14="{X14}">'
    '<x14:slicerStyles defaultSlicerStyle="SlicerStyleLight1"/></ext>'
    '<ext uri="{9260A510-F301-46a8-8635-F512D64BE5F5}"'
    ' xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">'
    '<x15:timelineStyles defaultTimelineStyle="TimeSlicerStyleLight1"/></ext></extLst>'
)


class Styles:
    """The source's cell formats and their places in the saved part."""

    def __init__(self, content: bytes, used: Iterable[int]) -> None:
        self._root = parsed(content)
        formats = list(self._formats())
        kept = [0, *sorted({number for number in used if number < len(formats)} - {0}, reverse=True)]
        places: dict[str, int] = {}
        self._saved: list[str] = []
        self._by_source: dict[int, int] = {}
        for number in kept:
            text = written(formats[number])
            place = places.setdefault(text, len(self._saved))
            if place == len(self._saved):
                self._saved.append(text)
            self._by_source[number] = place
        self.differential = [written(dxf) for dxf in self._root.findall(f"{main('dxfs')}/{main('dxf')}")]

    def _formats(self) -> list[Element]:
        return self._root.findall(f"{main('cellXfs')}/{main('xf')}")

    def place(self, number: str) -> str:
        """Where a format of the source stands in the saved part."""
        return str(self._by_source[int(number)])

    def part(self) -> bytes:
        pieces = [HEADER, _ROOT]
        for element in self._root:
            if element.tag == main("cellXfs"):
                pieces.append(f'<cellXfs count="{len(self._saved)}">{"".join(self._saved)}</cellXfs>')
            elif element.tag == main("fonts"):
                element.set(f"{{{X14AC}}}knownFonts", "1")
                pieces.append(written(element))
            elif element.tag != main("extLst"):
                pieces.append(written(element))
        return "".join((*pieces, _EXTENSIONS, "</styleSheet>")).encode()
