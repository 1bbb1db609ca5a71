"""One page for all tests, built as a user does; and a copy of it whose Python misbehaves on purpose."""

from __future__ import annotations

import base64
import fcntl
import functools
import gzip
import hashlib
import json
import re
from pathlib import Path

from cchc_xl.tasks.page.assembly import joined_files
from cchc_xl.tasks.page.build import build_page, own_sources
from cchc_xl.tasks.page.sources import page_sources
from support.places import PACKAGE, ROOT

TARBALLS = ROOT / ".tools" / "pyodide"  # npm's, kept between runs

_FILES = re.compile(r'(<script type="text/plain" id="part-files">)([^<]*)(</script>)')
# A file named so makes its worker hang, die, or ask for more memory than it may have.
_MISBEHAVIOUR = """
from cchc_xl.page import bridge as _sound
from cchc_xl.page import desk

def _misbehave(name):
    if "hangs" in name:
        while True:
            pass
    if "hungry" in name:
        bytearray(900_000_000)
    if "dies" in name:
        import pyodide_js
        pyodide_js._api.fatal_error("planted")

def perform(ability, settings, files, answers):
    if ability == "read":
        for name in files.to_py():
            try:
                _misbehave(name)
            except MemoryError:
                return _sound.to_js([desk.as_text({"failure": "worker_memory"}), []])
    return _sound.perform(ability, settings, files, answers)
"""


@functools.cache
def built_page() -> Path:
    """The page, kept in `.tools/` until one of its sources changes; test processes wait for one another."""
    TARBALLS.mkdir(parents=True, exist_ok=True)
    kept = ROOT / ".tools" / "page" / f"{_digest()}.html"
    kept.parent.mkdir(exist_ok=True)
    with (kept.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for older in kept.parent.glob("*.html"):
                older.unlink()
            assert build_page(kept, cache=TARBALLS).is_compiled
    return kept


def _digest() -> str:
    digest = hashlib.sha256()
    builder = {path.name: path.read_bytes() for path in sorted((PACKAGE / "tasks" / "page").glob("*.py"))}
    texts = {"texts": (PACKAGE / "texts" / "page.py").read_bytes()}
    for name, content in {**page_sources().files, **own_sources(), **builder, **texts}.items():
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:16]


def misbehaving_page(folder: Path, seconds: float) -> Path:
    """The page with another bridge between JavaScript and Python, and less patience with a file."""
    page = built_page().read_text(encoding="utf-8")
    found = _FILES.search(page)
    assert found
    files = _taken_apart(gzip.decompress(base64.b64decode(found[2])))
    files["cchc_xl/page/spoiled.py"] = _MISBEHAVIOUR.encode()
    packed = base64.b64encode(gzip.compress(joined_files(files), 1)).decode()
    page = page[: found.start(2)] + packed + page[found.end(2) :]
    page = _with_worker(page, 'pyimport("cchc_xl.page.bridge")', 'pyimport("cchc_xl.page.spoiled")')
    assert '"file": 30.0' in page
    target = folder / "misbehaving.html"
    target.write_text(page.replace('"file": 30.0', f'"file": {seconds}'), encoding="utf-8")
    return target


def _with_worker(page: str, old: str, new: str) -> str:
    found = re.search(r'<script type="text/plain" id="part-worker">([^<]*)</script>', page)
    assert found
    source = gzip.decompress(base64.b64decode(found[1])).decode()
    assert old in source
    packed = base64.b64encode(gzip.compress(source.replace(old, new).encode())).decode()
    return page[: found.start(1)] + packed + page[found.end(1) :]


def _taken_apart(content: bytes) -> dict[str, bytes]:
    line, _, rest = content.partition(b"\n")
    files = {}
    for name, size in json.loads(line):
        files[name], rest = rest[:size], rest[size:]
    return files
