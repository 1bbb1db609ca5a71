"""A rule's message as a sentence."""

from __future__ import annotations


def sentence(text: str) -> str:
    """A rule's message as a sentence of its own."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
