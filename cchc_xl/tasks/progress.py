"""What long work tells whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str, int], None]  # the item just done, and how many there are in all
