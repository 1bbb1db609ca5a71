"""The blanks of one period differ in a few words: put those words into a workbook written once.

A template is rendered with sentinels in place of the words. The result is byte-identical to rendering the
plan anew; wherever it might not be, `NotSpliceable` tells the caller to do that instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape, unescape

from cchc_xl.excel.edit.package import Begun, Template
from cchc_xl.excel.write.cell_values import TEXT_LIMIT
from cchc_xl.excel.write.formula_guard import utf16_length
from cchc_xl.model.errors import WriteRefused
from cchc_xl.texts import text as message

SHARED_STRINGS = "xl/sharedStrings.xml"
_ITEM = re.compile(rb"<si>.*?</si>", re.DOTALL)
_SENTINEL = re.compile(r"[^\s<>&\"']{6,}")
# A quote is escaped in attributes only; control characters and _x0041_ are escaped in shared strings only.
_AMBIGUOUS = re.compile('["\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_')
_BANNERS = (b"<oddHeader>", b"<oddFooter>")
_BANNER_LIMIT = 255
_WORDS = frozenset(
    (
        b"<t>",
        b'<t xml:space="preserve">',
        b"<v>",
        b"<c:v>",
        b"<a:t>",
        b"<dc:title>",
        b"<dc:subject>",
        *_BANNERS,
    )
)


class NotSpliceable(WriteRefused):
    """Splicing could give another file than rendering the plan anew; render it."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """Where a sentinel stands: the bytes before it since the last gap, and the element that holds it."""

    before: bytes
    sentinel: str
    element: bytes


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A template cut at its sentinels: part -> its gaps and what follows the last one."""

    template: Template
    gaps: Mapping[str, tuple[tuple[_Gap, ...], bytes]]
    settled: frozenset[bytes]  # shared strings without sentinels
    begun: Mapping[str, Begun]  # what stands before the first sentinel of each part


def splice_template(template: bytes, replacements: Mapping[str, str]) -> bytes:
    """The workbook with every sentinel replaced by its text, escaped for XML.

    Raises NotSpliceable when the result could differ from rendering anew: a text with outer blanks, quotes or
    control characters, a sentinel in a formula or an attribute, two shared strings that become equal.
    Raises WriteRefused for sentinels that are not safe to look for or are not there.
    """
    prepared = _prepare(template, tuple(sorted(replacements)))
    for sentinel, text in replacements.items():
        if not text or text != text.strip() or _AMBIGUOUS.search(text):
            raise NotSpliceable(message("template_text", text=text, sentinel=sentinel))
    words = {sentinel: escape(text).encode() for sentinel, text in replacements.items()}
    parts = {name: _filled(gaps, rest, words) for name, (gaps, rest) in prepared.gaps.items()}
    _check_shared_strings(parts.get(SHARED_STRINGS, b""), prepared.settled)
    return prepared.template.splice(parts, prepared.begun)


@lru_cache(maxsize=4)
def _prepare(data: bytes, sentinels: tuple[str, ...]) -> _Prepared:
    _check_sentinels(sentinels)
    template = Template.from_bytes(data)
    pattern = re.compile(b"|".join(re.escape(sentinel.encode()) for sentinel in sentinels))
    gaps = {name: _cut(name, xml, pattern) for name, xml in template.parts.items() if pattern.search(xml)}
    found = {gap.sentinel for part, _ in gaps.values() for gap in part}
    if absent := set(sentinels) - found:
        raise WriteRefused(message("template_sentinel", sentinel=", ".join(sorted(absent))))
    items = _ITEM.findall(template.parts.get(SHARED_STRINGS, b""))
    settled = frozenset(item for item in items if not pattern.search(item))
    begun = {name: Begun(cuts[0].before) for name, (cuts, _) in gaps.items()}
    return _Prepared(template, gaps, settled, begun)


def _check_sentinels(sentinels: tuple[str, ...]) -> None:
    for sentinel in sentinels:
        inside_another = any(sentinel in other for other in sentinels if other != sentinel)
        if inside_another or not _SENTINEL.fullmatch(sentinel):
            raise WriteRefused(message("template_sentinel", sentinel=sentinel))
    if not sentinels:
        raise WriteRefused(message("template_sentinel", sentinel=""))


def _cut(name: str, xml: bytes, pattern: re.Pattern[bytes]) -> tuple[tuple[_Gap, ...], bytes]:
    gaps: list[_Gap] = []
    position = 0
    for match in pattern.finditer(xml):
        opened = xml.rfind(b"<", 0, match.start())
        element = xml[opened : xml.find(b">", opened) + 1]
        if element not in _WORDS:
            raise NotSpliceable(message("template_place", part=name, element=element[:40].decode()))
        gaps.append(_Gap(xml[position : match.start()], match[0].decode(), element))
        position = match.end()
    return tuple(gaps), xml[position:]


def _filled(gaps: tuple[_Gap, ...], rest: bytes, words: Mapping[str, bytes]) -> bytes:
    pieces: list[bytes] = []
    for gap in gaps:
        # "&" begins a code in headers and footers and is doubled by whoever plans them.
        if gap.element in _BANNERS and b"&amp;" in words[gap.sentinel]:
            raise NotSpliceable(
                message("template_text", text=words[gap.sentinel].decode(), sentinel=gap.sentinel)
            )
        pieces += (gap.before, words[gap.sentinel])
    xml = b"".join((*pieces, rest))
    for banner in _BANNERS if any(gap.element in _BANNERS for gap in gaps) else ():
        start = xml.find(banner) + len(banner)
        if start >= len(banner) and _length(xml[start : xml.find(b"<", start)]) > _BANNER_LIMIT:
            raise NotSpliceable(message("template_text", text="", sentinel=banner.decode()))
    return xml


def _check_shared_strings(xml: bytes, settled: frozenset[bytes]) -> None:
    items = _ITEM.findall(xml)
    if len(set(items)) != len(items):
        raise NotSpliceable(message("template_equal"))
    for item in items:
        if item not in settled and (_length(item) > TEXT_LIMIT or item.startswith(b"<si><t>&lt;r&gt;")):
            raise NotSpliceable(
                message("template_text", text=item[:40].decode(errors="replace"), sentinel="")
            )


def _length(xml: bytes) -> int:
    return utf16_length(unescape(xml.decode()))
