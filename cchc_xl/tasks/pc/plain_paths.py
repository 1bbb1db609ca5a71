"""Paths that Excel's Basic can read.

VBA's GetSetting, Environ, GetAttr and Open go through the PC's ANSI letters: "ễ" of C:\\Users\\Nguyễn
is in neither cp1252 nor cp1258 and arrives as "?". Windows' short names (NGUYN~1) are ASCII; not every drive
keeps them.
"""

from __future__ import annotations

import sys


def is_plain(path: str) -> bool:
    """Whether every Excel reads this path as it is."""
    return path.isascii() and path.isprintable()


def plain_path(path: str) -> str:
    """The path itself, else its short name; an unplain answer means that Windows keeps none."""
    return path if is_plain(path) else short_path(path)


if sys.platform == "win32":
    import ctypes

    _LONGEST = 32768

    def short_path(path: str) -> str:
        """Windows' 8.3 name of what exists; the path itself where there is none."""
        buffer = ctypes.create_unicode_buffer(_LONGEST)
        length = ctypes.windll.kernel32.GetShortPathNameW(path, buffer, _LONGEST)
        return buffer.value if 0 < length < _LONGEST else path

else:

    def short_path(path: str) -> str:
        """Other systems have no short names."""
        return path
