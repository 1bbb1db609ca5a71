"""Limits that the page keeps by ending Web Workers; the same bounds as worker processes where they can be."""

from __future__ import annotations

from cchc_xl.tasks.workers import MEMORY_LIMIT

PAGE_TIME_LIMIT = 30.0  # seconds a file; WebAssembly takes about three times as long as the PC's own Python
PAGE_MEMORY_LIMIT = MEMORY_LIMIT  # bytes a Web Worker's Python may use
PAGE_WORKERS = 2
PAGE_DESK_LIMIT = 600.0  # seconds for one whole check or merge after reading
PAGE_START_LIMIT = 120.0  # seconds for a Web Worker to become ready
LARGEST_FILE = 256 * 1024 * 1024  # bytes; larger ones are no reports and are named, not taken
