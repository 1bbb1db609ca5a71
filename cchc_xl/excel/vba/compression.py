"""The compression of VBA streams (MS-OVBA 2.4.1)."""

from __future__ import annotations

import struct
from collections import defaultdict

CHUNK = 4096
_COMPRESSED, _RAW = 0xB000, 0x3000
_SHORTEST_COPY = 3


def compress(data: bytes) -> bytes:
    """`data` as a CompressedContainer.

    Raises ValueError when the last, incomplete chunk would grow beyond 4,096 bytes (random bytes, never
    program text): MS-OVBA could store it only with NULs appended.
    """
    chunks = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    return b"\x01" + b"".join(_chunk_with_header(chunk) for chunk in chunks)


def decompress(data: bytes) -> bytes:
    """The bytes inside a CompressedContainer. Raises ValueError when it is malformed."""
    if data[:1] != b"\x01":
        raise ValueError("signature byte")
    out, position = bytearray(), 1
    while position < len(data):
        if position + 2 > len(data):
            raise ValueError("chunk header cut short")
        (header,) = struct.unpack_from("<H", data, position)
        end = position + (header & 0x0FFF) + 3
        if header & 0x7000 != _RAW:
            raise ValueError("chunk signature")
        if end > len(data):
            raise ValueError("chunk cut short")
        body = data[position + 2 : end]
        if not header & 0x8000 and len(body) != CHUNK:
            raise ValueError("raw chunk of the wrong length")
        out += _decompress_chunk(body) if header & 0x8000 else body
        position = end
    return bytes(out)


def _chunk_with_header(chunk: bytes) -> bytes:
    packed = _compress_chunk(chunk)
    if len(packed) <= CHUNK:
        return struct.pack("<H", _COMPRESSED | (len(packed) - 1)) + packed
    if len(chunk) < CHUNK:
        raise ValueError("incompressible last chunk")
    return struct.pack("<H", _RAW | (CHUNK - 1)) + chunk


def _offset_bits(position: int) -> int:
    """How many bits of a copy token hold the offset, `position` bytes into the chunk (CopyToken Help)."""
    return max(4, (position - 1).bit_length())


def _compress_chunk(chunk: bytes) -> bytes:
    out, position = bytearray(), 0
    seen: dict[bytes, list[int]] = defaultdict(list)
    while position < len(chunk):
        flags, group = 0, bytearray()
        for bit in range(8):
            if position >= len(chunk):
                break
            length, token = _longest_copy(chunk, position, seen)
            if length:
                flags |= 1 << bit
                group += struct.pack("<H", token)
            else:
                length = 1
                group.append(chunk[position])
            for at in range(position, position + length):
                seen[chunk[at : at + _SHORTEST_COPY]].append(at)
            position += length
        out.append(flags)
        out += group
    return bytes(out)


def _longest_copy(chunk: bytes, position: int, seen: dict[bytes, list[int]]) -> tuple[int, int]:
    """(length, copy token) of the longest earlier match at `position`; (0, 0) when none is worth a token."""
    bits = _offset_bits(position)
    limit = min((0xFFFF >> bits) + _SHORTEST_COPY, len(chunk) - position)
    if limit < _SHORTEST_COPY:
        return 0, 0
    best_length, best_offset = 0, 0
    for start in reversed(seen.get(chunk[position : position + _SHORTEST_COPY], [])):
        length = _SHORTEST_COPY
        while length < limit and chunk[start + length] == chunk[position + length]:
            length += 1
        if length > best_length:
            best_length, best_offset = length, position - start
        if length == limit:
            break
    if not best_length:
        return 0, 0
    return best_length, ((best_offset - 1) << (16 - bits)) | (best_length - _SHORTEST_COPY)


def _decompress_chunk(body: bytes) -> bytes:
    out, position = bytearray(), 0
    while position < len(body):
        flags = body[position]
        position += 1
        for bit in range(8):
            if position >= len(body):
                break
            if flags >> bit & 1:
                _copy(out, body[position : position + 2])
                position += 2
            else:
                out.append(body[position])
                position += 1
    if len(out) > CHUNK:
        raise ValueError("chunk longer than 4096 bytes")
    return bytes(out)


def _copy(out: bytearray, token_bytes: bytes) -> None:
    """Append the copy a token asks for; byte by byte, since a copy may overlap itself."""
    if len(token_bytes) < 2:
        raise ValueError("copy token cut short")
    (token,) = struct.unpack("<H", token_bytes)
    bits = _offset_bits(len(out))
    length, offset = (token & (0xFFFF >> bits)) + _SHORTEST_COPY, (token >> (16 - bits)) + 1
    if offset > len(out):
        raise ValueError("copy token reaches before its chunk")
    for _ in range(length):
        out.append(out[-offset])
