"""Parts as element trees, written back with Excel's prefixes and escapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
XR = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
XR2 = "http://schemas.microsoft.com/office/spreadsheetml/2015/revision2"
XR3 = "http://schemas.microsoft.com/office/spreadsheetml/2016/revision3"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
PREFIXES = {
    MAIN: "",
    OFFICE: "r:",
    MC: "mc:",
    XDR: "xdr:",
    X14: "x14:",
    X14AC: "x14ac:",
    XR: "xr:",
    XR2: "xr2:",
    XR3: "xr3:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
_LINE_END = re.compile("\r\n|\r|\n")

Parts = dict[str, bytes]


def main(local: str) -> str:
    """Tag of an element of the main namespace."""
    return f"{{{MAIN}}}{local}"


def local_name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def parsed(content: bytes) -> Element:
    return ElementTree.fromstring(content)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """An attribute's value; line ends as Excel writes them there."""
    return _LINE_END.sub("_x000a_", escaped(text).replace('"', "&quot;"))


def attributes(given: Mapping[str, str] | Iterable[tuple[str, str]]) -> str:
    pairs = given.items() if isinstance(given, Mapping) else given
    return "".join(f' {_prefixed(name)}="{quoted(value)}"' for name, value in pairs)


def _prefixed(name: str) -> str:
    if not name.startswith("{"):
        return name
    uri, _, local = name[1:].partition("}")
    return PREFIXES[uri] + local


def written(element: Element) -> str:
    """An element and what is in it, without namespace declarations."""
    name = _prefixed(element.tag)
    inner = escaped(element.text or "") + "".join(
        written(child) + escaped(child.tail or "") for child in element
    )
    opened = f"<{name}{attributes(element.attrib)}"
    return f"{opened}>{inner}</{name}>" if inner else f"{opened}/>"


def in_order(given: Mapping[str, str], order: Iterable[str]) -> dict[str, str]:
    """Attributes in Excel's order; what it does not know follows."""
    known = {name: given[name] for name in order if name in given}
    return {**known, **{name: value for name, value in given.items() if name not in known}}
