"""The workbook part, calculation chain, document properties and content types as Excel writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element

from support.dialects.excel_parts.xml import (
    HEADER,
    MAIN,
    MC,
    OFFICE,
    PACKAGE,
    XR,
    XR2,
    attributes,
    escaped,
    main,
    parsed,
    quoted,
    written,
)

SAVED_BY, SAVED_AT = "Nguyễn Thị Hoà", "2026-07-01T08:30:00Z"
FOLDER = f"C:\\Users\\{SAVED_BY}\\Documents\\"
_X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
_ROOT = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="{MC}" mc:Ignorable="x15 xr xr6 xr10 xr2"'
    f' xmlns:x15="{_X15}" xmlns:xr="{XR}"'
    ' xmlns:xr6="http://schemas.microsoft.com/office/spreadsheetml/2016/revision6"'
    ' xmlns:xr10="http://schemas.microsoft.com/office/spreadsheetml/2016/revision10"'
    f' xmlns:xr2="{XR2}">'
)
_VERSION = {"appName": "xl", "lastEdited": "7", "lowestEdited": "4", "rupBuild": "26731"}
_PLACE = (
    f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15"><x15ac:absPath url="%s"'
    ' xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/>'
    "</mc:Choice></mc:AlternateContent>"
    '<xr:revisionPtr revIDLastSave="0" documentId="13_ncr:1_{62429D06-17BD-4F41-BB75-7A18F95A461D}"'
    ' xr6:coauthVersionLast="47" xr6:coauthVersionMax="47"'
    ' xr10:uidLastSave="{00000000-0000-0000-0000-000000000000}"/>'
)
_FEATURES = ("RD", "Single", "FV", "CNMTM", "LET_WF", "LAMBDA_WF", "ARRAYTEXT_WF")
_EXTENSION = (
    '<extLst><ext uri="{B58B0392-4F1F-4190-BB64-5DF3571DCE5F}"'
    ' xmlns:xcalcf="http://schemas.microsoft.com/office/spreadsheetml/2018/calcfeatures">'
    "<xcalcf:calcFeatures>%s</xcalcf:calcFeatures></ext></extLst>"
)
_CHAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
TYPES = {
    "xl/ctrlProps/": "application/vnd.ms-excel.controlproperties+xml",
    "xl/drawings/drawing": "application/vnd.openxmlformats-officedocument.drawing+xml",
    "xl/calcChain.xml": _CHAIN_TYPE,
    "xl/sharedStrings.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
    "xl/printerSettings/": "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
}


def workbook_part(content: bytes) -> bytes:
    root = parsed(content)
    version = root.find(main("fileVersion"))
    code = "" if version is None else version.get("codeName", "")
    numbered = {**_VERSION, "codeName": code} if code else _VERSION
    pieces = [HEADER, _ROOT, f"<fileVersion{attributes(numbered)}/>"]
    properties = root.find(main("workbookPr"))
    pieces.append(written(properties) if properties is not None else "<workbookPr/>")
    pieces.append(_PLACE % quoted(FOLDER))
    for element in root:
        if element.tag == main("bookViews"):
            for view in element:
                view.set(f"{{{XR2}}}uid", "{00000000-000D-0000-FFFF-FFFF00000000}")
        if element.tag == main("definedNames"):
            pieces.append(_names(element))
        elif element.tag == main("calcPr"):
            pieces.append('<calcPr calcId="191029"/>')
        elif element.tag not in (main("fileVersion"), main("workbookPr"), main("extLst")):
            pieces.append(written(element))
    features = "".join(f'<xcalcf:feature name="microsoft.com:{name}"/>' for name in _FEATURES)
    return "".join((*pieces, _EXTENSION % features, "</workbook>")).encode()


def _names(element: Element) -> str:
    ordered = sorted(
        element, key=lambda name: (name.get("name", "").casefold(), int(name.get("localSheetId", "0")))
    )
    return f"<definedNames>{''.join(map(written, ordered))}</definedNames>"


def defined_names(content: bytes) -> dict[str, str]:
    """Names by their folded form, as they were defined."""
    names = (name.get("name", "") for name in parsed(content).iter(main("definedName")))
    return {name.casefold(): name for name in names}


def calculation_chain(cells: Mapping[int, Sequence[str]]) -> bytes:
    """`cells`: formula cells by the sheet's id; last ones first, as Excel keeps those it met last."""
    entries = [(address, sheet) for sheet, places in cells.items() for address in reversed(places)]
    inner = "".join(f'<c r="{address}" i="{sheet}"/>' for address, sheet in entries)
    inner = inner.replace("/>", ' l="1"/>', 1)  # a new level of dependence begins
    return f'{HEADER}<calcChain xmlns="{MAIN}">{inner}</calcChain>'.encode()


def core_properties(content: bytes) -> bytes:
    text = content.decode()
    text = re.sub(r"(<cp:lastModifiedBy>)[^<]*", lambda m: m[1] + SAVED_BY, text)
    return re.sub(r"(<dcterms:modified [^>]*>)[^<]*", lambda m: m[1] + SAVED_AT, text).encode()


def application_properties(sheets: Sequence[str], names: Sequence[str]) -> bytes:
    titles = "".join(f"<vt:lpstr>{escaped(title)}</vt:lpstr>" for title in (*sheets, *names))
    counted = (("Worksheets", len(sheets)), ("Named Ranges", len(names)))
    pairs = "".join(
        f"<vt:variant><vt:lpstr>{label}</vt:lpstr></vt:variant><vt:variant><vt:i4>{count}</vt:i4></vt:variant>"
        for label, count in counted
        if count
    )
    size = 2 * sum(1 for _, count in counted if count)
    return (
        f"{HEADER}"
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        "<Application>Microsoft Excel</Application><DocSecurity>0</DocSecurity><ScaleCrop>false</ScaleCrop>"
        f'<HeadingPairs><vt:vector size="{size}" baseType="variant">{pairs}</vt:vector></HeadingPairs>'
        f'<TitlesOfParts><vt:vector size="{len(sheets) + len(names)}" baseType="lpstr">{titles}</vt:vector>'
        "</TitlesOfParts><LinksUpToDate>false</LinksUpToDate><SharedDoc>false</SharedDoc>"
        "<HyperlinksChanged>false</HyperlinksChanged><AppVersion>16.0300</AppVersion></Properties>"
    ).encode()


def content_types(content: bytes, parts: Iterable[str]) -> bytes:
    """The source's types and those of the parts Excel adds."""
    text = content.decode()
    known = set(re.findall(r'PartName="/([^"]*)"', text))
    new = [(name, kind) for name in parts for start, kind in TYPES.items() if name.startswith(start)]
    added = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in new if name not in known
    )
    return text.replace("</Types>", f"{added}</Types>").encode()


def with_relations(content: bytes | None, added: Sequence[tuple[str, str]]) -> tuple[bytes, list[str]]:
    """A relationships part with more (kind, target) in it, and the ids given to them."""
    text = content.decode() if content else f'{HEADER}<Relationships xmlns="{PACKAGE}"></Relationships>'
    first = 1 + max((int(n) for n in re.findall(r'Id="rId(\d+)"', text)), default=0)
    ids = [f"rId{first + number}" for number in range(len(added))]
    new = "".join(
        f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for identity, (kind, target) in zip(ids, added, strict=True)
    )
    return text.replace("</Relationships>", f"{new}</Relationships>").encode(), ids
