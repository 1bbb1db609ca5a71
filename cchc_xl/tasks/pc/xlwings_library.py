"""The DLL behind the add-in's worksheet functions, which must lie beside python.exe or one folder above.

xlwings' wheel installs it into the "data" folder of its scheme. Of a user-site installation or Python from
the Microsoft Store that is another folder than python.exe's, where xlwings' VBA does not look (xlwings issues
1538 and 2693). Buttons do without it.
"""

from __future__ import annotations

import importlib.metadata
import shutil
from collections.abc import Iterable
from pathlib import Path


def shipped_libraries() -> tuple[Path, ...]:
    """Where pip put the DLLs of the installed xlwings, for 32-bit and 64-bit Excel; none on other systems."""
    try:
        files = importlib.metadata.files("xlwings") or ()
    except importlib.metadata.PackageNotFoundError:
        return ()
    return tuple(Path(str(file.locate())).resolve() for file in files if file.suffix.lower() == ".dll")


def unseen_libraries(interpreter: Path, shipped: Iterable[Path]) -> tuple[Path, ...]:
    """Those that Excel would not find with this python.exe."""
    looked_in = (interpreter.parent, interpreter.parent.parent)
    return tuple(dll for dll in shipped if not any((folder / dll.name).is_file() for folder in looked_in))


def bring_libraries(interpreter: Path, unseen: Iterable[Path]) -> bool:
    """Copy them beside python.exe; False where that folder may not be written or a file has gone."""
    try:
        for dll in unseen:
            shutil.copyfile(dll, interpreter.parent / dll.name)
    except OSError:
        return False
    return True
