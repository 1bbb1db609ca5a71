"""One fault of a catalogue as one line: where it stands, and what is wrong with it."""

from __future__ import annotations

from cchc_xl import texts


def fault(where: str, code: str, /, **words: object) -> str:
    """`where`: file, row and key as far as the caller knows them; `code`: a text of `texts/catalogue.py`."""
    return f"{where}: {texts.text(f'catalogue_{code}', **words)}"
