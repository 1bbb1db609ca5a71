"""XML that holds nothing but elements, texts and the five named entities: patterns may read it.

In such text every "<" begins a tag. Comments, CDATA, processing instructions, carriage returns, character
references and characters that XML forbids are left to the parser.
"""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_BARE_AMPERSAND = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")

NAME = r"[A-Za-z_][A-Za-z0-9_.-]*"
ATTRIBUTES = rf'(?: (?:{NAME}:)?{NAME}="[^"<]*")*'
SPACE = r"[ \n\t]*"
PRESERVE = '(?: xml:space="preserve")?'


def is_plain(text: str) -> bool:
    """Whether the characters of a piece of XML mean just what they say; of its tags nothing is known yet."""
    return not (_CONTROL.search(text) or "]]>" in text or _BARE_AMPERSAND.search(text))
