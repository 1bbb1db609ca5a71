"""The words of `words.toml`, ready for use: concepts of a phrase, units of measure, patterns of openings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[^\W\d_]+|\d+")
# One place for the tone mark: hoà and hòa, uỷ and ủy are the same word.
_OLD_TONES = (
    *(("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa")),
    *(("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy")),
)
_LONGEST_PHRASE = 9
# Capital letters of Vietnamese, for patterns.
CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"


@dataclass(frozen=True, slots=True)
class Partition:
    """Parts by concept that together make a whole, in any of these ways."""

    closes: tuple[frozenset[str], ...]
    two_readings: tuple[str, ...] = ()

    @property
    def members(self) -> frozenset[str]:
        return frozenset().union(*self.closes)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything `words.toml` says."""

    data: Mapping[str, Any]

    @cached_property
    def _phrases(self) -> dict[tuple[str, ...], frozenset[str]]:
        found: dict[tuple[str, ...], frozenset[str]] = {}
        for concepts, phrases in self.data["concepts"].items():
            for phrase in phrases:
                found[words_of(phrase)] = frozenset(concepts.split())
        return found

    @cached_property
    def _stop(self) -> frozenset[str]:
        return frozenset(words_of(self.data["words"]["stop"]))

    @cached_property
    def concept_names(self) -> frozenset[str]:
        return frozenset().union(*self._phrases.values())

    @cached_property
    def units(self) -> dict[tuple[str, ...], str]:
        """Unit of measure by its words."""
        return {words_of(word): unit for unit, words in self.data["units"].items() for word in words}

    @cached_property
    def partitions(self) -> tuple[Partition, ...]:
        return tuple(
            Partition(tuple(frozenset(c) for c in p["closes"]), tuple(p.get("two_readings", ())))
            for p in self.data["partition"]
        )

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words and phrases."""
        return tuple(self.data["words"][name])

    @lru_cache(maxsize=4096)  # noqa: B019  one lexicon lives as long as the program
    def concepts(self, text: str) -> frozenset[str]:
        """What a piece of text is about: concepts, and every other word that carries meaning."""
        words = words_of(text)
        found: set[str] = set()
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
                meant = self._phrases.get(words[at : at + length])
                if meant is not None:
                    found |= meant
                    at += length
                    break
            else:
                if words[at] not in self._stop and not words[at].isdigit():
                    found.add(words[at])
                at += 1
        return frozenset(found)

    @lru_cache(maxsize=64)  # noqa: B019
    def pattern(self, name: str) -> re.Pattern[str]:
        """A pattern that finds any word or phrase of a list, whole words, longest first."""
        return re.compile(rf"(?<!\w)(?:{alternatives(self.words(name))})(?!\w)", re.I)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    lowered = text.casefold()
    for old, new in _OLD_TONES:
        if old in lowered:
            lowered = lowered.replace(old, new)
    return tuple(_WORD.findall(lowered))


def alternatives(phrases: Iterable[str]) -> str:
    """The phrases as alternatives of a pattern; blanks in them match any blanks."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in ordered)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The one lexicon."""
    source = files("cchc_xl.reports.proofreading") / "words.toml"
    return Lexicon(tomllib.loads(source.read_text(encoding="utf-8")))
