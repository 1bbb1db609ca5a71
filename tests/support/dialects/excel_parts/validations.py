"""Validations and conditional formats with revision marks; those that look elsewhere go to extLst."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from xml.etree.ElementTree import Element

from support.dialects.excel_parts.xml import (
    X14,
    XM,
    XR,
    attributes,
    escaped,
    in_order,
    local_name,
    main,
    written,
)

Rewrite = Callable[[str], str]  # a formula's text, as Excel saves it
UID = f"{{{XR}}}uid"
_VALIDATION = (
    *("type", "errorStyle", "imeMode", "operator", "allowBlank", "showDropDown", "showInputMessage"),
    *("showErrorMessage", "errorTitle", "error", "promptTitle", "prompt", "sqref"),
)
_VALIDATIONS_URI = "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"
_FORMATS_URI = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"


def mark(kind: int, sheet: int, number: int) -> str:
    """A revision mark as Excel numbers them: kind of thing, sheet, place."""
    return f"{{00000000-{kind:04X}-0000-{sheet:02X}00-{number:06X}000000}}"


def _formulas(element: Element, rewrite: Rewrite) -> list[str]:
    for formula in element:
        formula.text = rewrite(formula.text or "")
    return [formula.text or "" for formula in element]


def _elsewhere(formulas: Iterable[str]) -> bool:
    return any("!" in formula for formula in formulas)


def validations(given: Element, sheet: int, rewrite: Rewrite) -> tuple[str, str]:
    """(element, extension); either may be empty."""
    here, elsewhere = [], []
    for number, validation in enumerate(given):
        formulas = _formulas(validation, rewrite)
        given = {name: value for name, value in validation.attrib.items() if value != "0"}  # their default
        validation.attrib = in_order(given, _VALIDATION)
        validation.set(UID, mark(2, sheet, number))
        if not _elsewhere(formulas):
            here.append(written(validation))
            continue
        ranges = validation.attrib.pop("sqref")
        inner = "".join(
            f"<x14:{local_name(f)}><xm:f>{escaped(f.text or '')}</xm:f></x14:{local_name(f)}>"
            for f in validation
        )
        opened = f"<x14:dataValidation{attributes(validation.attrib)}>"
        elsewhere.append(f"{opened}{inner}<xm:sqref>{ranges}</xm:sqref></x14:dataValidation>")
    element = f'<dataValidations count="{len(here)}">{"".join(here)}</dataValidations>' if here else ""
    extension = (
        f'<ext uri="{_VALIDATIONS_URI}" xmlns:x14="{X14}"><x14:dataValidations count="{len(elsewhere)}"'
        f' xmlns:xm="{XM}">{"".join(elsewhere)}</x14:dataValidations></ext>'
    )
    return element, extension if elsewhere else ""


def conditional_formats(
    given: Iterable[Element], sheet: int, rewrite: Rewrite, differential: Sequence[str]
) -> tuple[str, str]:
    """(elements, extension); `differential`: the saved dxf elements by index."""
    here, elsewhere = [], []
    for number, formatting in enumerate(given):
        moved = []
        for rule in formatting.findall(main("cfRule")):
            if _elsewhere(_formulas(rule, rewrite)):
                formatting.remove(rule)
                moved.append(_extended(rule, mark(4, sheet, number), differential))
        ranges = formatting.get("sqref", "")
        if moved:
            opened = f'<x14:conditionalFormatting xmlns:xm="{XM}">'
            elsewhere.append(
                f"{opened}{''.join(moved)}<xm:sqref>{ranges}</xm:sqref></x14:conditionalFormatting>"
            )
        if len(formatting):
            formatting.set(UID, mark(3, sheet, number))
            here.append(written(formatting))
    extension = (
        f'<ext uri="{_FORMATS_URI}" xmlns:x14="{X14}"><x14:conditionalFormattings>'
        f"{''.join(elsewhere)}</x14:conditionalFormattings></ext>"
    )
    return "".join(here), extension if elsewhere else ""


def _extended(rule: Element, identity: str, differential: Sequence[str]) -> str:
    given = {"type": rule.get("type", ""), "priority": rule.get("priority", ""), "id": identity}
    formulas = "".join(f"<xm:f>{escaped(formula.text or '')}</xm:f>" for formula in rule)
    dxf = differential[int(rule.get("dxfId", "0"))]
    styled = dxf.removeprefix("<dxf>").removesuffix("</dxf>")
    return f"<x14:cfRule{attributes(given)}>{formulas}<x14:dxf>{styled}</x14:dxf></x14:cfRule>"
