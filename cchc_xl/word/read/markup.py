"""WordprocessingML through the parser: names as "w:p" whatever prefix or edition (transitional, Strict)."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from cchc_xl.excel.opc.xml_parts import Attributes
from cchc_xl.model.errors import WorkbookRefused

_SHORT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}
_FALSE = frozenset({"0", "false", "off", "none"})


def walk_words(
    part: str,
    content: bytes,
    opened: Callable[[str, Attributes], None],
    closed: Callable[[str], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Send a part through the parser; names come as "w:p", attributes by their local names.

    Elements of unknown namespaces come as "?:name". Raises WorkbookRefused when it is not well-formed.
    """
    names: dict[str, str] = {}

    def short(name: str) -> str:
        known = names.get(name)
        if known is None:
            space, _, local = name.rpartition(" ")
            known = names[name] = f"{_SHORT.get(space, '?')}:{local}"
        return known

    def begin(name: str, attributes: Attributes) -> None:
        opened(short(name), attributes)

    def end(name: str) -> None:
        closed(short(name))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise WorkbookRefused("xml_malformed", part=part) from None


def attribute(attributes: Attributes, name: str) -> str:
    """An attribute by its local name; "" without it."""
    for key, value in attributes.items():
        if key.rpartition(" ")[2] == name:
            return value
    return ""


def is_on(attributes: Attributes) -> bool:
    """A toggle property: on unless its value says otherwise."""
    return attribute(attributes, "val").lower() not in _FALSE
