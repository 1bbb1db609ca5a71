"""The gate: raw bytes of a received file in, proven parts out. Nothing harmful is inflated or parsed."""

from __future__ import annotations

from cchc_xl.excel.read import archive, xml_bounds
from cchc_xl.excel.read.file_kind import disguise_of, foreign_package
from cchc_xl.excel.read.limits import Limits
from cchc_xl.model.errors import WorkbookRefused

__all__ = ["Limits", "open_gate"]

_DEFAULT = Limits()


def _check_container(data: bytes, limits: Limits) -> None:
    if code := disguise_of(data):
        raise WorkbookRefused(code)
    if len(data) > limits.file_bytes:
        raise WorkbookRefused("file_too_large", limit=str(limits.file_bytes // 1_048_576))


def _check_xml(name: str, content: bytes, limits: Limits) -> bytes:
    content = xml_bounds.as_utf8(name, content)
    xml_bounds.check_doctype(name, content)
    xml_bounds.check_tags(name, content, limits)
    xml_bounds.check_counts(name, content)
    xml_bounds.check_used_range(name, content, limits)
    return content


def open_gate(data: bytes, limits: Limits = _DEFAULT) -> dict[str, bytes]:
    """Parts of the workbook in `data`: part name -> inflated bytes, in archive order; XML always in UTF-8.

    Raises WorkbookRefused(code, part=…) for anything that is not an intact, bounded .xlsx or .xlsm:
    disguised files, broken or forged containers, forbidden XML, absurd used ranges.
    """
    _check_container(data, limits)
    entries = archive.read_directory(data, limits)
    archive.check_names(entries)
    if code := foreign_package({entry.name for entry in entries}):
        raise WorkbookRefused(code)
    archive.check_declared(entries, limits)
    starts = archive.locate(data, entries)
    view = memoryview(data)
    parts: dict[str, bytes] = {}
    for entry, start in zip(entries, starts, strict=True):
        content = archive.inflate(view, entry, start, limits)
        if entry.name.endswith("/"):
            continue
        is_xml = xml_bounds.is_xml(entry.name, content)
        parts[entry.name] = _check_xml(entry.name, content, limits) if is_xml else content
    return parts
