"""Parsing the small XML parts of a package: one walk, names without prefixes, relationships."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Any, NamedTuple, TypeVar
from xml.parsers import expat

from cchc_xl.model.errors import WorkbookRefused

_CHARACTER = re.compile("_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile("&(#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[a-z]{1,4});")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

Attributes = dict[str, str]
Read = TypeVar("Read")


def known_before(maxsize: int, longest: int) -> Callable[[Callable[..., Read]], Callable[..., Read]]:
    """Remember what was read out of pieces of up to `longest` bytes: workbooks issued alike share them.

    The piece is the last argument. Longer ones are read anew: hostile files must not fill the memory.
    """

    def decorate(read: Callable[..., Read]) -> Callable[..., Read]:
        remembered = lru_cache(maxsize=maxsize)(read)

        @wraps(read)
        def either(*arguments: Any) -> Read:
            return (remembered if len(arguments[-1]) <= longest else read)(*arguments)

        return either

    return decorate


class Relationship(NamedTuple):
    """Where a relationship leads; `kind` is the last word of its type, alike in Strict and transitional."""

    kind: str
    target: str
    external: bool


def as_text(part: str, content: bytes) -> str:
    """A part's characters. Raises WorkbookRefused when they are not UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise WorkbookRefused("xml_encoding", part=part) from None


def local_name(name: str) -> str:
    """Element name without its prefix."""
    return name[name.find(":") + 1 :]


def walk(
    part: str,
    content: bytes,
    opened: Callable[[str, Attributes], None],
    closed: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Send a part through the XML parser. Raises WorkbookRefused when it is not well-formed."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = opened
    if closed:
        parser.EndElementHandler = closed
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise WorkbookRefused("xml_malformed", part=part) from None


def decode_characters(text: str) -> str:
    """Text with `_x000D_` notation (ECMA-376, ST_Xstring) turned into the characters meant."""
    if "_x" not in text:
        return text
    decoded = _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)
    return decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    if name[0] != "#":
        return _ENTITIES.get(name, match[0])
    number = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    return chr(number) if number < 0xD800 or 0xE000 <= number < 0x110000 else match[0]


def unescape(text: str) -> str:
    """Character data as a parser would give it."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def relationships(parts: Mapping[str, bytes], source: str) -> Mapping[str, Relationship]:
    """Relationships of a part ("" for the package), by id. None stored: empty."""
    folder, _, file = source.rpartition("/")
    part = posixpath.join(folder, "_rels", file + ".rels")
    return _relationships(part, folder, parts[part]) if part in parts else {}


@known_before(maxsize=64, longest=65_536)
def _relationships(part: str, folder: str, content: bytes) -> Mapping[str, Relationship]:
    found: dict[str, Relationship] = {}

    def opened(name: str, attributes: Attributes) -> None:
        if local_name(name) == "Relationship":
            target = attributes.get("Target", "")
            external = attributes.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = Relationship(kind, target, external)

    walk(part, content, opened)
    return found


def one_target(related: Mapping[str, Relationship], kind: str) -> str | None:
    """Target inside the package of the first relationship of this kind."""
    return next((r.target for r in related.values() if r.kind == kind and not r.external), None)


def read_modified(part: str, content: bytes) -> str:
    """The document's modified property as stored (ISO 8601); "" when it has none."""
    pieces: list[str] = []
    inside = False

    def opened(name: str, _attributes: Attributes) -> None:
        nonlocal inside
        inside = local_name(name) == "modified"

    def closed(_name: str) -> None:
        nonlocal inside
        inside = False

    def text(data: str) -> None:
        if inside:
            pieces.append(data)

    walk(part, content, opened, closed, text)
    return "".join(pieces).strip()
