"""The gate: raw bytes of a received file in, proven parts out. Nothing harmful is inflated or parsed."""

from __future__ import annotations

from collections.abc import Callable, Collection

from cchc_xl.excel.opc import archive, xml_bounds
from cchc_xl.excel.opc.file_kind import disguise_of
from cchc_xl.excel.opc.limits import Limits
from cchc_xl.model.errors import WorkbookRefused

DEFAULT = Limits()
ForeignPackage = Callable[[Collection[str]], str | None]
PartCheck = Callable[[str, bytes, Limits], None]


def open_package(
    data: bytes, foreign: ForeignPackage, limits: Limits = DEFAULT, check: PartCheck | None = None
) -> dict[str, bytes]:
    """Parts of the package in `data`: part name -> inflated bytes, in archive order; XML always in UTF-8.

    `foreign` names, from the entry names, what the package is instead of the kind wanted; `check` looks at
    each XML part besides. Raises WorkbookRefused(code, part=…) for anything that is not an intact, bounded
    package: disguised files, broken or forged containers, forbidden XML.
    """
    _check_container(data, limits)
    entries = archive.read_directory(data, limits)
    archive.check_names(entries)
    if code := foreign({entry.name for entry in entries}):
        raise WorkbookRefused(code)
    archive.check_declared(entries, limits)
    starts = archive.locate(data, entries)
    view = memoryview(data)
    parts: dict[str, bytes] = {}
    for entry, start in zip(entries, starts, strict=True):
        content = archive.inflate(view, entry, start, limits)
        if entry.name.endswith("/"):
            continue
        if xml_bounds.is_xml(entry.name, content):
            content = _checked_xml(entry.name, content, limits)
            if check is not None:
                check(entry.name, content, limits)
        parts[entry.name] = content
    return parts


def _check_container(data: bytes, limits: Limits) -> None:
    if code := disguise_of(data):
        raise WorkbookRefused(code)
    if len(data) > limits.file_bytes:
        raise WorkbookRefused("file_too_large", limit=str(limits.file_bytes // 1_048_576))


def _checked_xml(name: str, content: bytes, limits: Limits) -> bytes:
    content = xml_bounds.as_utf8(name, content)
    xml_bounds.check_doctype(name, content)
    xml_bounds.check_tags(name, content, limits)
    xml_bounds.check_counts(name, content)
    return content
