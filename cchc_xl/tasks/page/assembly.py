"""The page put together: sources, texts, Python and settings into one HTML document. Pure: bytes in and out.

All code stands in the document's security policy by its digest; the policy allows no connection.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from cchc_xl import __version__
from cchc_xl.model import Regime
from cchc_xl.tasks.page import limits
from cchc_xl.tasks.page.bytecode import PagePython
from cchc_xl.tasks.page.runtime import GLUE, LOCK, PYODIDE_VERSION, STARTER, WASM, Runtime
from cchc_xl.texts.page import PAGE_LABELS, PAGE_SAYINGS

DOCUMENT, STYLE, WORKER, COMPILER = "page.html", "page.css", "worker.js", "compile.mjs"
SCRIPTS = ("inflate.js", "parts.js", "crew.js", "choosing.js", "reading.js", "results.js", "page.js")
_LABEL, _BLOCK = re.compile(r"\{\{(\w+)\}\}"), re.compile(r"\[\[(\w+)\]\]")
_ELSEWHERE = "https://page.invalid/" + GLUE  # where the glue believes it was loaded from


@dataclass(frozen=True)
class PageParts:
    """What the page is made of; `sources` are the page's own files by name."""

    sources: Mapping[str, bytes]
    runtime: Runtime
    python: PagePython
    regimes: tuple[Regime, ...]


def assemble(parts: PageParts) -> bytes:
    """The document in UTF-8; the same parts give the same bytes."""
    text = {name: content.decode("utf-8") for name, content in parts.sources.items()}
    script = _wrapped(text[name] for name in SCRIPTS)
    style = text[STYLE]
    blocks: dict[str, Callable[[], str]] = {
        "policy": lambda: _policy(script, style),
        "style": lambda: style,
        "script": lambda: script,
        "parts": lambda: "".join(_part(name, content) for name, content in _embedded(parts).items()),
        "settings": lambda: _settings(parts),
        "regimes": lambda: "".join(_option(r.id, r.title) for r in parts.regimes),
        "version": lambda: __version__,
        "pyodide": lambda: PYODIDE_VERSION,
    }
    labelled = _LABEL.sub(lambda found: escape(PAGE_LABELS[found[1]]), text[DOCUMENT])
    return _BLOCK.sub(lambda found: blocks[found[1]](), labelled).encode("utf-8")


def _wrapped(sources: Iterable[str]) -> str:
    return '(() => {\n"use strict"\n' + "\n".join(sources) + "})()\n"


def _policy(script: str, style: str) -> str:
    """Nothing from anywhere: this script, this style, workers made of parts of this document, WebAssembly."""
    return "; ".join(
        (
            "default-src 'none'",
            "connect-src 'none'",
            f"script-src '{_digest(script)}' 'wasm-unsafe-eval'",
            "worker-src blob:",
            f"style-src '{_digest(style)}'",
            "img-src data:",
            "form-action 'none'",
            "base-uri 'none'",
        )
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()


def _embedded(parts: PageParts) -> dict[str, bytes]:
    runtime = parts.runtime
    return {
        "wasm": runtime[WASM],
        "library": parts.python.library,
        "files": joined_files(parts.python.files),
        "glue": as_classic_script(runtime[GLUE].decode("utf-8")).encode("utf-8"),
        "starter": runtime[STARTER],
        "worker": parts.sources[WORKER],
    }


def as_classic_script(module: str) -> str:
    """Pyodide's glue as a script that every Web Worker can run: modules there came late to Firefox."""
    exported = "export default _createPyodideModule;"
    assert module.count(exported) == 1  # the pinned version
    return module.replace("import.meta.url", json.dumps(_ELSEWHERE)).replace(
        exported, "self._createPyodideModule = _createPyodideModule;"
    )


def joined_files(files: Mapping[str, bytes]) -> bytes:
    """A JSON line of [name, size], then the contents one after the other; parts.js takes it apart."""
    index = json.dumps([[name, len(content)] for name, content in files.items()])
    return index.encode("ascii") + b"\n" + b"".join(files.values())


def _part(name: str, content: bytes) -> str:
    packed = base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()
    return f'<script type="text/plain" id="part-{name}">{packed}</script>\n'


def _settings(parts: PageParts) -> str:
    lock = json.loads(parts.runtime[LOCK])
    settings = {
        "texts": PAGE_SAYINGS,
        "regimes": [{"id": r.id, "title": r.title} for r in parts.regimes],
        "lock": json.dumps({**lock, "packages": {}}),
        "limits": {
            "workers": limits.PAGE_WORKERS,
            "memory": limits.PAGE_MEMORY_LIMIT,
            "file": limits.PAGE_TIME_LIMIT,
            "desk": limits.PAGE_DESK_LIMIT,
            "start": limits.PAGE_START_LIMIT,
            "largest": limits.LARGEST_FILE,
        },
    }
    return json.dumps(settings, ensure_ascii=False).replace("<", "\\u003c")


def _option(value: str, label: str) -> str:
    return f'<option value="{escape(value)}">{escape(label)}</option>'
