"""The gate of Word documents: the package's own gate, with refusals worded for reports."""

from __future__ import annotations

from cchc_xl import texts
from cchc_xl.excel.opc.file_kind import foreign_to_word
from cchc_xl.excel.opc.gate import DEFAULT, open_package
from cchc_xl.excel.opc.limits import Limits
from cchc_xl.model.errors import DocumentRefused, WorkbookRefused


def open_document_gate(data: bytes, limits: Limits = DEFAULT) -> dict[str, bytes]:
    """Parts of the document in `data`: part name -> bytes, XML in UTF-8. Raises DocumentRefused."""
    try:
        return open_package(data, foreign_to_word, limits)
    except WorkbookRefused as refused:
        raise document_refused(refused) from None


def document_refused(refused: WorkbookRefused) -> DocumentRefused:
    """A refusal in the words of reports: what the file is, and what its sender should do."""
    return DocumentRefused(refused.code, texts.document_refusal(refused.code, **refused.detail))
