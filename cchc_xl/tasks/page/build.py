"""Build the offline page: gather its parts, put them together, write one file."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import cchc_xl
from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.model.errors import UsageError
from cchc_xl.tasks.files import refuse_unwritable, replace_file
from cchc_xl.tasks.page.assembly import COMPILER, DOCUMENT, SCRIPTS, STYLE, WORKER, PageParts, assemble
from cchc_xl.tasks.page.bytecode import page_python
from cchc_xl.tasks.page.runtime import Runtime, given_runtime, npm_runtime
from cchc_xl.tasks.page.sources import page_sources

PAGE_NAME = "cchc_xl.html"
_SOURCES = Path(cchc_xl.__file__).parent / "page"


@dataclass(frozen=True)
class BuiltPage:
    """The file written (beside the asked one where that was open), its size, whether it starts quickly."""

    path: Path
    size: int
    is_compiled: bool


def build_page(out: Path, runtime: Path | None = None, cache: Path | None = None) -> BuiltPage:
    """Write the page to `out`. `runtime`: Pyodide's tarball; without one npm brings it, kept in `cache`.

    Raises UsageError for what was given wrongly, CchcError without npm or when something cannot be written.
    """
    refuse_unwritable(out)
    sources = own_sources()
    brought = _runtime(runtime, cache)
    python = page_python(page_sources(), brought, sources[COMPILER])
    regimes = tuple(load_regime(name) for name in regime_ids())
    page = assemble(PageParts(sources, brought, python, regimes))
    return BuiltPage(replace_file(out, page), len(page), python.is_compiled)


def own_sources() -> Mapping[str, bytes]:
    """The page's own files by name."""
    return {name: (_SOURCES / name).read_bytes() for name in (DOCUMENT, STYLE, WORKER, COMPILER, *SCRIPTS)}


def _runtime(tarball: Path | None, cache: Path | None) -> Runtime:
    if tarball is not None:
        return given_runtime(tarball)
    if cache is not None:
        if not cache.is_dir():
            raise UsageError(texts.text("no_such_folder", path=cache))
        return npm_runtime(cache)
    with tempfile.TemporaryDirectory(prefix="cchc-pyodide-") as folder:
        return npm_runtime(Path(folder))
