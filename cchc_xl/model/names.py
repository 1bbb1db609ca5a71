"""Names as they are compared: typing and encoding apart, letter by letter; never fuzzily.

Unicode form, case, blanks, letters nobody sees and letters that only look alike (Cyrillic, Greek, eth for đ)
make no other name. A missing mark does: Cẩm Giang and Cẩm Giàng are two communes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters of other alphabets by the Latin letter they are drawn like, after decomposition and casefolding
# (Unicode TR39, the part that keyboards and conversions bring into Vietnamese texts).
_LOOK_ALIKE = {
    "a": "\u0430\u03b1\u0251",
    "b": "\u0184\u0412\u0432\u03b2",
    "c": "\u0441\u03f2\u1d04",
    "d": "\u0501",
    "\u0111": "\u00f0\u0256",
    "e": "\u0435\u03b5\u212e",
    "g": "\u0261\u0581",
    "h": "\u04bb\u043d\u03b7",
    "i": "\u0456\u0131\u03b9\u0269",
    "j": "\u0458",
    "k": "\u043a\u03ba",
    "l": "\u04cf\u04c0\u2113",
    "m": "\u043c\u03bc",
    "n": "\u0578\u03bd",
    "o": "\u043e\u03bf\u0585",
    "p": "\u0440\u03c1",
    "q": "\u051b",
    "r": "\u0433",
    "s": "\u0455",
    "t": "\u0442\u03c4",
    "u": "\u057d\u03c5\u028b",
    "v": "\u0475",
    "w": "\u051d",
    "x": "\u0445\u03c7",
    "y": "\u0443\u03b3",
}
_MARKS_ALIKE = {"\u030c": "\u0306", "\u0342": "\u0303", "\u0340": "\u0300", "\u0341": "\u0301"}
_LATIN = str.maketrans(
    {**{other: latin for latin, others in _LOOK_ALIKE.items() for other in others}, **_MARKS_ALIKE}
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_DRAWN_AS_NOTHING = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)  # the same names and labels come in every file
def as_compared(name: str) -> str:
    """The name in the one form in which equal names are equal."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    seen = "".join(letter for letter in letters if not _is_unseen(letter)).translate(_LATIN)
    return " ".join(unicodedata.normalize("NFC", seen).split())


@lru_cache(maxsize=8192)
def as_spelled(name: str) -> str:
    """As compared, wherever in its syllable the tone mark was put: "hoà" is spelled "hòa" as well."""
    syllables = unicodedata.normalize("NFD", as_compared(name)).split()
    return " ".join(
        "".join(c for c in syllable if c not in _TONES) + "".join(c for c in syllable if c in _TONES)
        for syllable in syllables
    )


@lru_cache(maxsize=8192)
def without_marks(name: str) -> str:
    """As compared, without any mark of Vietnamese: "cam giang"."""
    letters = unicodedata.normalize("NFD", as_compared(name)).replace("\u0111", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words_of(text: str) -> str:
    """Words of a file name as compared, one blank between them: `_`, `-` and dots part words."""
    return " ".join(_BETWEEN_WORDS.split(as_compared(text))).strip()


def _is_unseen(letter: str) -> bool:
    """Whether a character leaves no trace on the screen."""
    if letter.isascii():
        return letter < " " and not letter.isspace()
    selector = "\ufe00" <= letter <= "\ufe0f"
    return letter in _DRAWN_AS_NOTHING or selector or unicodedata.category(letter) in ("Cf", "Cc")
