"""A .docx as text: body, tables, notes, text boxes in document order; headers apart; what it carries told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cchc_xl.excel.opc.limits import Limits
from cchc_xl.excel.opc.xml_parts import Relationship, one_target, relationships
from cchc_xl.model.documents import Document, Story
from cchc_xl.model.errors import WorkbookRefused
from cchc_xl.word.read.gate import document_refused, open_document_gate
from cchc_xl.word.read.list_labels import LabelCounter, Numbering, read_numbering
from cchc_xl.word.read.paragraph_styles import read_styles
from cchc_xl.word.read.story import StoryReader

_NOTES = (("footnotes", Story.FOOTNOTE), ("endnotes", Story.ENDNOTE))
_MARGINS = (("header", Story.HEADER), ("footer", Story.FOOTER))
_OBJECTS = frozenset({"oleObject", "package", "control"})


def read_document(data: bytes, limits: Limits | None = None) -> Document:
    """The accepted text of a .docx or .docm. Raises DocumentRefused for anything else or anything unsafe."""
    parts = open_document_gate(data, limits) if limits else open_document_gate(data)
    try:
        return _read(parts)
    except WorkbookRefused as refused:
        raise document_refused(refused) from None


def _read(parts: Mapping[str, bytes]) -> Document:
    main = one_target(relationships(parts, ""), "officeDocument")
    if main is None or main not in parts:
        raise WorkbookRefused("document_part_missing")
    related = relationships(parts, main)
    styles_part, numbering_part = one_target(related, "styles"), one_target(related, "numbering")
    styles = read_styles(styles_part, parts[styles_part]) if styles_part in parts and styles_part else {}
    numbering = Numbering()
    if numbering_part and numbering_part in parts:
        numbering = read_numbering(numbering_part, parts[numbering_part])
    reader = StoryReader(styles, LabelCounter(numbering))
    reader.read(main, parts[main], Story.BODY)
    for kind, story in (*_NOTES, *_MARGINS):
        for target in _targets(related, kind):
            if target in parts:
                reader.read(target, parts[target], story)
    remarks = tuple(_remarks(parts, related, reader))
    tables = tuple(sorted(reader.tables, key=lambda table: table.number))
    return Document(tuple(reader.paragraphs), tables, remarks, is_word=True)


def _targets(related: Mapping[str, Relationship], kind: str) -> list[str]:
    return [r.target for r in related.values() if r.kind == kind and not r.external]


def _remarks(
    parts: Mapping[str, bytes], related: Mapping[str, Relationship], reader: StoryReader
) -> Iterator[str]:
    """Message codes of what besides text the file carries."""
    everything = list(related.values())
    for settings in _targets(related, "settings"):
        everything += relationships(parts, settings).values()
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in parts):
        yield "document_macros"
    if any(r.kind == "attachedTemplate" and r.external for r in everything):
        yield "document_template"
    if any(r.kind in _OBJECTS for r in everything):
        yield "document_objects"
    if any(r.external and r.kind not in ("hyperlink", "attachedTemplate") for r in everything):
        yield "document_external"
    if reader.imported:
        yield "document_imported"
    if reader.revised:
        yield "document_revised"
