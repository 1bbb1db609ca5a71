"""Buttons: Excel repeats each VML shape as a control behind mc:AlternateContent, with parts of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from support.dialects.excel_parts.xml import HEADER, MC, X14, XDR, Parts, attributes

PIXEL = 9525  # English Metric Units
_CHOICE = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x14">'
_END = "</mc:Choice></mc:AlternateContent>"
_SHAPE = re.compile(r'<v:shape id="_x0000_s(\d+)"[^>]*?(?: alt="([^"]*)")?[^>]*>(.*?)</v:shape>', re.S)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COMPATIBLE = (
    '<a:extLst><a:ext uri="{63B3BB69-23CF-44E3-9099-C40C66FF867C}">'
    '<a14:compatExt spid="_x0000_s%s"/></a:ext></a:extLst>'
)


@dataclass(frozen=True)
class Button:
    """One form button of the VML part; `anchor`: column, offset, row, offset, twice, offsets in pixels."""

    shape: str
    help: str
    caption: str
    macro: str
    anchor: tuple[int, ...]


def buttons_of(vml: bytes) -> list[Button]:
    found = []
    for shape, helped, inner in _SHAPE.findall(vml.decode()):
        anchor = re.search(r"<x:Anchor>([^<]*)</x:Anchor>", inner)
        macro = re.search(r"<x:FmlaMacro>([^<]*)</x:FmlaMacro>", inner)
        caption = re.search(r"<font [^>]*>([^<]*)</font>", inner)
        if 'ObjectType="Button"' in inner and anchor:
            places = tuple(int(number) for number in anchor[1].split(","))
            called = macro[1] if macro else ""
            found.append(Button(shape, helped, caption[1] if caption else "", called, places))
    return found


def _corner(column: int, right: int, row: int, down: int) -> str:
    return (
        f"<xdr:col>{column}</xdr:col><xdr:colOff>{right * PIXEL}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{down * PIXEL}</xdr:rowOff>"
    )


def controls(buttons: list[Button], first_relation: int) -> str:
    """What stands after legacyDrawing; relations are numbered from `first_relation`."""
    written = []
    for number, button in enumerate(buttons):
        start, end = _corner(*button.anchor[:4]), _corner(*button.anchor[4:])
        given = attributes(
            {"shapeId": button.shape, "r:id": f"rId{first_relation + number}", "name": f"Button {number + 1}"}
        )
        help_text = f' altText="{button.help}"' if button.help else ""
        written.append(
            f'{_CHOICE}<control{given}><controlPr defaultSize="0" print="0" autoFill="0" autoPict="0"'
            f' macro="{button.macro}"{help_text}><anchor moveWithCells="1" sizeWithCells="1">'
            f"<from>{start}</from><to>{end}</to></anchor></controlPr></control>{_END}"
        )
    return f"{_CHOICE}<controls>{''.join(written)}</controls>{_END}"


def control_part() -> bytes:
    return f'{HEADER}<formControlPr xmlns="{X14}" objectType="Button" lockText="1"/>'.encode()


def drawing_part(buttons: list[Button]) -> bytes:
    """The drawing that carries the buttons for programs that know controls."""
    shapes = []
    for number, button in enumerate(buttons):
        start, end = _corner(*button.anchor[:4]), _corner(*button.anchor[4:])
        shapes.append(
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice'
            ' xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" Requires="a14">'
            f"<xdr:twoCellAnchor><xdr:from>{start}</xdr:from><xdr:to>{end}</xdr:to>"
            f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{button.shape}"'
            f' name="Button {number + 1}" hidden="1">{_COMPATIBLE % button.shape}</xdr:cNvPr><xdr:cNvSpPr/>'
            '</xdr:nvSpPr><xdr:spPr bwMode="auto"><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody>'
            '<a:bodyPr vertOverflow="clip" wrap="square"/><a:lstStyle/>'
            f'<a:p><a:r><a:rPr lang="vi-VN" sz="1100"/><a:t>{escape(button.caption)}</a:t></a:r></a:p>'
            '</xdr:txBody></xdr:sp><xdr:clientData fPrintsWithSheet="0"/></xdr:twoCellAnchor>'
            "</mc:Choice><mc:Fallback/></mc:AlternateContent>"
        )
    root = f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{_DRAWING}">'
    return f"{HEADER}{root}{''.join(shapes)}</xdr:wsDr>".encode()


def add_buttons(parts: Parts, sheet_number: int, buttons: list[Button]) -> list[tuple[str, str]]:
    """Write the parts of a sheet's buttons; (kind of relation, target seen from the sheet), drawing first."""
    drawing = f"drawings/drawing{sheet_number}.xml"
    parts[f"xl/{drawing}"] = drawing_part(buttons)
    related = [("drawing", f"../{drawing}")]
    used = sum(name.startswith("xl/ctrlProps/") for name in parts)
    for number in range(used + 1, used + len(buttons) + 1):
        control = f"ctrlProps/ctrlProp{number}.xml"
        parts[f"xl/{control}"] = control_part()
        related.append(("ctrlProp", f"../{control}"))
    return related
