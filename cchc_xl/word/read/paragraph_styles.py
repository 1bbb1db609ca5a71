"""What a paragraph's style says about lists and headings: numbering instance, level, outline level."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cchc_xl.excel.opc.xml_parts import Attributes
from cchc_xl.word.read.markup import attribute, walk_words

_DEEPEST = 12  # styles based on styles


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """None: said nowhere in this style."""

    base: str = ""
    instance: str | None = None
    depth: int | None = None
    heading: int | None = None


def read_styles(part: str, content: bytes) -> dict[str, ParagraphStyle]:
    """Paragraph styles by id, each with what its bases say. Raises WorkbookRefused."""
    own: dict[str, ParagraphStyle] = {}
    current = ""

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal current
        value = attribute(attributes, "val")
        if name == "w:style":
            current = attribute(attributes, "styleId") if attribute(attributes, "type") == "paragraph" else ""
            if current:
                own[current] = ParagraphStyle()
        elif current and name == "w:basedOn":
            own[current] = replace(own[current], base=value)
        elif current and name == "w:numId":
            own[current] = replace(own[current], instance=value)
        elif current and name == "w:ilvl" and value.isdigit():
            own[current] = replace(own[current], depth=int(value[:2]))
        elif current and name == "w:outlineLvl" and value.isdigit():
            own[current] = replace(own[current], heading=int(value[:2]) + 1)

    def closed(name: str) -> None:
        nonlocal current
        if name == "w:style":
            current = ""

    walk_words(part, content, opened, closed)
    return {style: _with_bases(style, own) for style in own}


def _with_bases(style: str, own: dict[str, ParagraphStyle]) -> ParagraphStyle:
    found, base = own[style], own[style].base
    for _ in range(_DEEPEST):
        above = own.get(base)
        if above is None:
            break
        found = replace(
            found,
            instance=above.instance if found.instance is None else found.instance,
            depth=above.depth if found.depth is None else found.depth,
            heading=above.heading if found.heading is None else found.heading,
        )
        base = above.base
    return found
