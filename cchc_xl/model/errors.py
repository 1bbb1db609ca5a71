"""Exceptions: "cannot proceed". Wrong data are findings (`model.Finding`), never exceptions."""

from __future__ import annotations

from cchc_xl.texts import fix, text


class CchcError(Exception):
    """Root of everything this package raises. `str(error)` is one Vietnamese line for the user."""


class UsageError(CchcError):
    """The caller asked for something that does not exist or does not fit (unit, period, file)."""


class CatalogueError(CchcError):
    """The catalogue is faulty; `problems` lists every fault, each naming file and key."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(text("catalogue_faulty", problems="; ".join(problems)))


class ExpressionError(CchcError):
    """An expression is outside the language; the text says which part."""


class WorkbookRefused(CchcError):
    """A file cannot be trusted or read as a workbook of ours.

    `code` is a message code of `texts`, `detail` its placeholders, `sheet` and `cell` where known.
    """

    def __init__(
        self, code: str, /, *, sheet: str | None = None, cell: str | None = None, **detail: str
    ) -> None:
        self.code = code
        self.detail = detail
        self.sheet = sheet
        self.cell = cell
        super().__init__(code)

    def __str__(self) -> str:
        """Why the file is refused and what to do, as one line."""
        return f"{text(self.code, **self.detail)} {fix(self.code, **self.detail)}"


class DocumentRefused(CchcError):
    """A file cannot be trusted or read as a report's text; the text of the error holds the cure as well."""

    def __init__(self, code: str, line: str) -> None:
        self.code = code
        super().__init__(line)


class WriteRefused(CchcError):
    """A workbook would hold something Excel cannot open (too long a formula, a broken validation …)."""
