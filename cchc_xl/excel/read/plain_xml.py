"""XML whose characters mean just what they say: patterns may read it.

Control characters, CDATA ends, unusual character references and what XML forbids are left to the parser.
"""

from __future__ import annotations

import re
from xml.parsers import expat

_ALLOWED = bytes(byte for byte in range(256) if byte >= 0x20 or byte in b"\t\n")
_NO_CHARACTERS = b"\xef\xbf"  # begins U+FFC0 to U+FFFF, of which XML forbids the last two
# Numbers of 100 to 49999 name characters XML allows: openpyxl over lxml writes every Vietnamese letter so.
_ODD_AMPERSAND = re.compile(b"&(?!(?:amp|lt|gt|quot|apos|#10|#13|#[1-9][0-9]{2,3}|#[1-4][0-9]{4});)")

DECLARATION = (
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="\w+")? ?\?>\s*)?'
)
NAME = r"[A-Za-z_][A-Za-z0-9_.-]*"
ATTRIBUTES = rf'(?: (?:{NAME}:)?{NAME}="[^"<]*")*'
SPACE = r"[ \n\t]*+"
PRESERVE = '(?: xml:space="preserve")?'


def plain_text(content: bytes) -> str | None:
    """The text of a piece of XML; None where a character needs the parser. Its tags are not judged."""
    # One rare byte is found much faster than the pair that is meant.
    if (b"]" in content and b"]]>" in content) or (b"\xef" in content and _NO_CHARACTERS in content):
        return None
    if content.translate(None, _ALLOWED) or _ODD_AMPERSAND.search(content):
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def is_well_formed(xml: bytes) -> bool:
    """Whether the XML parser takes a document, undeclared prefixes included in what it refuses."""
    parser = expat.ParserCreate(namespace_separator="}")
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        return False
    return True
