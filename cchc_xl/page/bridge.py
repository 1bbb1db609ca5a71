"""Where the page's JavaScript meets `desk`: its Maps and byte arrays to Python's, and back."""

from __future__ import annotations

from typing import Any

from pyodide.ffi import to_js  # type: ignore[import-not-found,unused-ignore]

from cchc_xl.page import desk


def perform(ability: str, settings: str, files: Any, answers: Any) -> Any:
    """`desk.perform` for Maps of name → Uint8Array (an answer may be a text); [JSON, pairs] back."""
    shape, outputs = desk.perform(ability, settings, _bytes(files), _bytes(answers))
    return to_js([shape, [[name, content] for name, content in outputs.items()]])


def _bytes(given: Any) -> dict[str, Any]:
    return {n: v if isinstance(v, str) else bytes(v) for n, v in given.to_py().items()}
