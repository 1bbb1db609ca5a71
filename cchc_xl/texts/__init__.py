"""Every text a user sees, by code. Callers say `text(code, name=value)`; wording changes here only."""

from __future__ import annotations

from cchc_xl.texts.buttons import BUTTONS
from cchc_xl.texts.catalogue import CATALOGUE
from cchc_xl.texts.command_line import COMMAND_LINE
from cchc_xl.texts.demo import DEMO
from cchc_xl.texts.documents import DOCUMENTS, document_refusal
from cchc_xl.texts.extraction import EXTRACTION, WORD_LISTS
from cchc_xl.texts.findings import FINDINGS, FIXES, PHRASES
from cchc_xl.texts.folder import FOLDER, FOLDER_FIXES
from cchc_xl.texts.install import INSTALL
from cchc_xl.texts.native_buttons import NATIVE_BUTTONS
from cchc_xl.texts.page import PAGE
from cchc_xl.texts.portable import PORTABLE
from cchc_xl.texts.proofreading import PROOF_FIXES, PROOFS
from cchc_xl.texts.python_buttons import PYTHON_BUTTONS
from cchc_xl.texts.refusals import REFUSAL_FIXES, REFUSALS
from cchc_xl.texts.registers import REGISTER_FIXES, REGISTERS
from cchc_xl.texts.ribbon import RIBBON
from cchc_xl.texts.rule_words import RULE_WORDS
from cchc_xl.texts.seen import SEEN, SEEN_FIXES
from cchc_xl.texts.summary import SUMMARY
from cchc_xl.texts.through_time import THROUGH_TIME, THROUGH_TIME_FIXES
from cchc_xl.texts.tracking import TRACKING
from cchc_xl.texts.vba import VBA
from cchc_xl.texts.workbook import WORKBOOK
from cchc_xl.texts.writing import WRITING

__all__ = ["document_refusal", "fix", "text", "word_list"]


def _joined(*tables: dict[str, str]) -> dict[str, str]:
    """All tables as one. Raises ValueError for a code of two of them: one wording would hide the other."""
    codes = [code for table in tables for code in table]
    if len(set(codes)) < len(codes):
        raise ValueError(f"texts under one code: {sorted({c for c in codes if codes.count(c) > 1})}")
    return {code: said for table in tables for code, said in table.items()}


_TEXTS = _joined(
    CATALOGUE,
    WORKBOOK,
    TRACKING,
    WRITING,
    SUMMARY,
    COMMAND_LINE,
    BUTTONS,
    DEMO,
    DOCUMENTS,
    EXTRACTION,
    FOLDER,
    REFUSALS,
    VBA,
    NATIVE_BUTTONS,
    PROOFS,
    PYTHON_BUTTONS,
    RIBBON,
    INSTALL,
    FINDINGS,
    PAGE,
    PHRASES,
    PORTABLE,
    REGISTERS,
    RULE_WORDS,
    SEEN,
    THROUGH_TIME,
)
_FIXES = _joined(
    FIXES, FOLDER_FIXES, PROOF_FIXES, REFUSAL_FIXES, REGISTER_FIXES, SEEN_FIXES, THROUGH_TIME_FIXES
)


def text(code: str, /, **placeholders: object) -> str:
    """The Vietnamese text for `code`, placeholders filled in. Raises KeyError for an unknown code."""
    template = _TEXTS[code]
    return template.format(**placeholders) if placeholders else template


def fix(code: str, /, **placeholders: object) -> str:
    """What the user should do about finding `code` ("" never: every finding has a remedy)."""
    template = _FIXES[code]
    return template.format(**placeholders) if placeholders else template


def word_list(code: str) -> tuple[str, ...]:
    """Words people write for one thing, folded to small letters."""
    return WORD_LISTS[code]
