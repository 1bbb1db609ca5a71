"""VBA modules as exported text (.bas, .cls): reading them and what a project stores of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from cchc_xl import texts
from cchc_xl.model.errors import CchcError

Kind = Literal["standard", "class", "document"]

BASE_WORKBOOK = "0{00020819-0000-0000-C000-000000000046}"
BASE_WORKSHEET = "0{00020820-0000-0000-C000-000000000046}"
BASE_CHART = "0{00020821-0000-0000-C000-000000000046}"
BASE_CLASS = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}\Z")
_CLASS_PREAMBLE = re.compile(r"\AVERSION 1\.0 CLASS\n(?:BEGIN\n(?:.*\n)*?END\n)?", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"Attribute (VB_\w+) = (.*)\n?")
_FLAGS = {
    "VB_GlobalNameSpace",
    "VB_Creatable",
    "VB_PredeclaredId",
    "VB_Exposed",
    "VB_TemplateDerived",
    "VB_Customizable",
}
_CLASS_ATTRIBUTES = _FLAGS | {"VB_Name", "VB_Base", "VB_Description"}

# Keywords, types and intrinsic functions of VBA (MS-VBAL 3.3.5.2 and 6.1), a project's own stream names.
_RESERVED = """
_vba_project abs access addressof alias and any append application array as asc atn attribute base beep
binary boolean byref byte byval call case cbool cbyte ccur cdate cdbl cdec cells chdir chdrive choose chr
cint circle clng clnglng clngptr close collection command compare const cos createobject csng cstr curdir
currency cvar cverr date dateadd datediff datepart dateserial datevalue day debug decimal declare defbool
defbyte defcur defdate defdbl defint deflng defobj defsng defstr defvar dim dir do doevents double each
else elseif empty end enum environ eof eqv erase err error event excel exit exp explicit false fileattr
filecopy filedatetime filelen filter fix for format freefile friend function get getattr getobject global
gosub goto hex hour if iif imp implements in input inputbox instr instrrev int integer is isarray isdate
isempty iserror ismissing isnull isnumeric isobject join kill lbound lcase left len lenb let lib like line
load loc lock lof log long longlong longptr loop lset ltrim me mid minute mkdir mod module month monthname
msgbox name new next not nothing now null object oct office on open option optional or output paramarray
partition preserve print private property ptrsafe public put raiseevent random randomize range read redim
rem replace reset resume return rgb right rmdir rnd round rset rtrim scale second seek select sendkeys set
setattr sgn shared shell sin single space spc split sqr static step stop str strcomp strconv string
strreverse sub switch tab tan text then time timer timeserial timevalue to trim true type typename typeof
ubound ucase unload unlock until val variant vartype vba vbaproject wait weekday weekdayname wend while
width with withevents write xor year
"""
RESERVED_NAMES = frozenset(_RESERVED.split())


class VbaSourceError(CchcError):
    """A macro source cannot be compiled into a workbook; the text names file and line."""


@dataclass(frozen=True)
class Module:
    """One VBA module as exported: `source` is the whole file with LF line ends, its header included or not.

    `base` is the VB_Base of a class or document module; None means the usual one of its kind.
    """

    name: str
    kind: Kind
    source: str
    base: str | None = None

    @property
    def file_name(self) -> str:
        return f"{self.name}.bas" if self.kind == "standard" else f"{self.name}.cls"


def load_modules(folder: Path | Traversable) -> tuple[Module, ...]:
    """Every .bas and .cls of a folder, by name. Raises VbaSourceError at the first fault (file and line)."""
    files = [entry for entry in folder.iterdir() if entry.name.lower().endswith((".bas", ".cls"))]
    if not files:
        raise VbaSourceError(texts.text("vba_no_modules", folder=folder.name))
    ordered = sorted(files, key=lambda entry: (entry.name.lower(), entry.name))
    modules = tuple(parse_module(entry.name, entry.read_bytes()) for entry in ordered)
    require_distinct_names(modules)
    return modules


def parse_module(file_name: str, data: bytes) -> Module:
    """One exported file as a module.

    A .cls whose header has both VB_PredeclaredId and VB_Exposed True is the code of a workbook or sheet.
    Raises VbaSourceError for a byte outside printable ASCII, a bad name or a bad header attribute.
    """
    stem, _, suffix = file_name.rpartition(".")
    source = data.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    for fault in (*character_faults(file_name, source), *name_faults(file_name, stem)):
        raise VbaSourceError(fault)
    attributes, _ = split_header(source)
    is_class = suffix.lower() == "cls"
    for fault in _header_faults(file_name, stem, source, is_class):
        raise VbaSourceError(fault)
    if not is_class:
        return Module(stem, "standard", source)
    is_document = attributes.get("VB_PredeclaredId") == attributes.get("VB_Exposed") == "True"
    base = attributes["VB_Base"].strip('"') if "VB_Base" in attributes else None
    return Module(stem, "document" if is_document else "class", source, base)


def require_distinct_names(modules: tuple[Module, ...], *taken: str) -> None:
    """Raises VbaSourceError when two modules, or a module and a `taken` name, differ at most in case."""
    seen = {name.lower() for name in taken}
    for module in modules:
        if module.name.lower() in seen:
            raise VbaSourceError(
                texts.text("vba_name_twice", file=module.file_name, line=1, name=module.name)
            )
        seen.add(module.name.lower())


def character_faults(file_name: str, source: str) -> list[str]:
    """The first character of each line that VBA's editor cannot hold on every PC."""
    faults = []
    for number, line in enumerate(source.split("\n"), 1):
        strange = next((c for c in line if not (" " <= c <= "~" or c == "\t")), None)
        if strange is None:
            continue
        where: dict[str, object] = {"file": file_name, "line": number}
        if strange > "~" and strange != "\x7f":
            shown = strange if strange > "\xff" else texts.text("vba_character_code", number=ord(strange))
            faults.append(texts.text("vba_not_ascii", **where, character=shown))
        else:
            faults.append(texts.text("vba_control_character", **where, number=ord(strange)))
    return faults


def name_faults(file_name: str, name: str) -> list[str]:
    """What forbids `name` as a module name (nothing, or one fault at line 1)."""
    if not _NAME.match(name):
        return [texts.text("vba_name_form", file=file_name, line=1, name=name)]
    if name.lower() in RESERVED_NAMES:
        return [texts.text("vba_name_reserved", file=file_name, line=1, name=name)]
    return []


def split_header(source: str) -> tuple[dict[str, str], int]:
    """(header attributes, length of the header): the class preamble and the VB_ lines after it."""
    preamble = _CLASS_PREAMBLE.match(source)
    end = preamble.end() if preamble else 0
    attributes = {}
    while match := _ATTRIBUTE.match(source, end):
        attributes[match[1]] = match[2].strip()
        end = match.end()
    return attributes, end


def stored_text(module: Module) -> str:
    """What the project's stream holds for a module: canonical attributes, then the code, CRLF lines."""
    attributes, end = split_header(module.source)
    code = module.source[end:]
    header = f'Attribute VB_Name = "{module.name}"\n' + _object_attributes(module, attributes)
    last_end = "" if not code or code.endswith("\n") else "\n"
    return (header + code + last_end).replace("\n", "\r\n")


def _object_attributes(module: Module, attributes: dict[str, str]) -> str:
    if module.kind == "standard":
        return ""
    is_document = module.kind == "document"
    values = {
        "VB_Base": f'"{module.base or (BASE_WORKSHEET if is_document else BASE_CLASS)}"',
        "VB_GlobalNameSpace": "False",
        "VB_Creatable": "False",
        "VB_PredeclaredId": "True" if is_document else attributes.get("VB_PredeclaredId", "False"),
        "VB_Exposed": "True" if is_document else attributes.get("VB_Exposed", "False"),
        "VB_TemplateDerived": "False",
        "VB_Customizable": str(is_document),
    }
    return "".join(f"Attribute {name} = {value}\n" for name, value in values.items())


def _header_faults(file_name: str, name: str, source: str, is_class: bool) -> list[str]:
    _, end = split_header(source)
    known = _CLASS_ATTRIBUTES if is_class else {"VB_Name", "VB_Description"}
    faults, found = [], None
    for number, line in enumerate(source[:end].split("\n"), 1):
        match = _ATTRIBUTE.match(line)
        if not match:
            continue
        attribute, value, where = match[1], match[2].strip(), {"file": file_name, "line": number}
        if attribute == "VB_Name":
            found = value.strip('"')
            if found != name:
                faults.append(texts.text("vba_name_differs", **where, found=found, name=name))
        elif attribute not in known:
            faults.append(texts.text("vba_attribute_unknown", **where, attribute=attribute))
        elif attribute in _FLAGS and value not in ("True", "False"):
            faults.append(texts.text("vba_attribute_value", **where, attribute=attribute, value=value))
    if found is None:
        faults.append(texts.text("vba_name_missing", file=file_name, line=1, name=name))
    return faults
