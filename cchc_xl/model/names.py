"""Names as they are compared: typing and encoding apart, letter by letter; never fuzzily.

Unicode form, case, blanks, letters nobody sees and letters that only look alike (Cyrillic, Greek, eth for đ)
make no other name. A missing mark does: Cẩm Giang and Cẩm Giàng are two communes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cchc_xl.texts.recognised import LOOK_ALIKE, MARKS_ALIKE, PLAIN_D

_LATIN = str.maketrans(
    {**{other: latin for latin, others in LOOK_ALIKE.items() for other in others}, **MARKS_ALIKE}
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
    letters = unicodedata.normalize("NFD", as_compared(name)).translate(PLAIN_D)
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
