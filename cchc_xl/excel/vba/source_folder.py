"""Where the macro sources are: the folder `macros` of a checkout, or share/cchc_xl of an installation."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

from cchc_xl import texts
from cchc_xl.model.errors import CchcError

_MARKER = "ribbon.xml"


class MacrosMissing(CchcError):
    """The package was installed without its macro sources."""


def macro_folder() -> Path:
    """The folder of .bas, .cls and ribbon.xml. Raises MacrosMissing."""
    checkout = Path(__file__).resolve().parents[3] / "macros"
    if (checkout / _MARKER).is_file():
        return checkout
    try:
        files = importlib.metadata.files("cchc-xl") or ()
    except importlib.metadata.PackageNotFoundError:
        files = ()
    for file in files:
        if file.name == _MARKER and file.parent.name == "macros":
            return Path(str(file.locate())).resolve().parent
    raise MacrosMissing(texts.text("macros_missing"))
