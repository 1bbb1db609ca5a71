"""Every text a user sees, by code. Callers say `text(code, name=value)`; wording changes here only."""

from __future__ import annotations

from cchc_xl.messages.buttons import BUTTONS
from cchc_xl.messages.command_line import COMMAND_LINE
from cchc_xl.messages.demo import DEMO
from cchc_xl.messages.extraction import EXTRACTION
from cchc_xl.messages.findings import FINDINGS, FIXES, PHRASES
from cchc_xl.messages.folder import FOLDER, FOLDER_FIXES
from cchc_xl.messages.install import INSTALL
from cchc_xl.messages.native_buttons import NATIVE_BUTTONS
from cchc_xl.messages.python_buttons import PYTHON_BUTTONS
from cchc_xl.messages.refusals import REFUSAL_FIXES, REFUSALS
from cchc_xl.messages.registers import REGISTER_FIXES, REGISTERS
from cchc_xl.messages.ribbon import RIBBON
from cchc_xl.messages.summary import SUMMARY
from cchc_xl.messages.through_time import THROUGH_TIME, THROUGH_TIME_FIXES
from cchc_xl.messages.vba import VBA
from cchc_xl.messages.workbook import WORKBOOK
from cchc_xl.messages.writing import WRITING

_TEXTS: dict[str, str] = {
    **WORKBOOK,
    **WRITING,
    **SUMMARY,
    **COMMAND_LINE,
    **BUTTONS,
    **DEMO,
    **EXTRACTION,
    **FOLDER,
    **REFUSALS,
    **VBA,
    **NATIVE_BUTTONS,
    **PYTHON_BUTTONS,
    **RIBBON,
    **INSTALL,
    **FINDINGS,
    **PHRASES,
    **REGISTERS,
    **THROUGH_TIME,
}
_FIXES: dict[str, str] = {**FIXES, **FOLDER_FIXES, **REFUSAL_FIXES, **REGISTER_FIXES, **THROUGH_TIME_FIXES}


def text(code: str, /, **placeholders: object) -> str:
    """The Vietnamese text for `code`, placeholders filled in. Raises KeyError for an unknown code."""
    template = _TEXTS[code]
    return template.format(**placeholders) if placeholders else template


def fix(code: str, /, **placeholders: object) -> str:
    """What the user should do about finding `code` ("" never: every finding has a remedy)."""
    template = _FIXES[code]
    return template.format(**placeholders) if placeholders else template
