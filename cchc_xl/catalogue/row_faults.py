"""What must hold within forms, rows and registers: codes, kinds, KPS and choices, Excel's limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from cchc_xl.catalogue.faults import fault
from cchc_xl.catalogue.register_faults import register_faults
from cchc_xl.catalogue.schema import Table
from cchc_xl.catalogue.source import Source, rows_of
from cchc_xl.model import KPS, Blank, Kind, OverTime, OverUnits

CODE = re.compile(r"[a-z]{4,}[a-z0-9]*(_[a-z0-9]+)+")
_PREFIX = re.compile(r"[a-z]{4,}[a-z0-9]*(_[a-z0-9]+)*")
_RESERVED = ("kytruoc_", "cchc_")  # defined names of last period's figures and of the workbook itself
PROMPT_LIMIT = 255  # characters Excel takes in an input prompt or a stop message
HELP_LIMIT = 225  # of these it shows everywhere
TITLE_LIMIT = 32  # characters of such a message's title, which carries the row number
SHEET_LIMIT = 31
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")


def check_rows(source: Source) -> list[str]:
    """Every fault within the forms and registers of a folder."""
    problems = [*_duplicates(source)]
    problems += [f"regime.toml.appendix_{f}" for f in _sheet_faults(source.regime.get("appendix_sheet", ""))]
    for name, form in source.forms.items():
        problems += [f"{name}.{line}" for line in _form_faults(form)]
        for row in rows_of(form, "indicator"):
            lines = [*_code_faults(row, form), *_kind_faults(row), *_text_faults(row), *_date_faults(row)]
            problems += [f"{name}, {row['code']}.{line}" for line in lines]
    for name, register in source.registers.items():
        problems += [f"{name}.{line}" for line in _register_faults(register, source)]
    return problems


def _duplicates(source: Source) -> Iterator[str]:
    tables = [*source.forms.items(), *source.registers.items()]
    codes = [(name, row["code"]) for name, form in source.forms.items() for row in rows_of(form, "indicator")]
    yield from _repeated([(name, table["code"]) for name, table in tables if "code" in table], "code")
    yield from _repeated(codes, "code")
    sheets = [(name, table["sheet"]) for name, table in tables if "sheet" in table]
    appendix = [("regime.toml", s) for s in (source.regime.get("appendix_sheet"),) if s]
    yield from _repeated([*appendix, *sheets], "sheet")


def _repeated(values: Iterable[tuple[str, str]], key: str) -> Iterator[str]:
    first: dict[str, str] = {}
    for name, value in values:
        if value.casefold() in first:
            other = first[value.casefold()]
            yield fault(f"{name}.{key}", "twice_in", value=value, other=other)
        first.setdefault(value.casefold(), name)


def _form_faults(form: Table) -> Iterator[str]:
    if "code" in form and not _PREFIX.fullmatch(form["code"]):
        yield fault("code", "code_letters_example", code=form["code"])
    if form.get("printed", True) and not form.get("number"):
        yield fault("number", "form_number")
    yield from _sheet_faults(form.get("sheet", ""))


def _sheet_faults(sheet: str) -> Iterator[str]:
    if len(sheet) > SHEET_LIMIT or _SHEET_FORBIDDEN.search(sheet):
        yield fault("sheet", "sheet", limit=SHEET_LIMIT)


def _code_faults(row: Table, form: Table) -> Iterator[str]:
    code, number = row["code"], row["number"].rstrip(".").replace(".", "_")
    if not CODE.fullmatch(code) or code.startswith(_RESERVED):
        yield fault("code", "code_pattern", code=code)
    elif "code" not in form:
        return
    elif not code.startswith(f"{form['code']}_"):
        yield fault("code", "code_form", prefix=f"{form['code']}_")
    elif form.get("printed", True) and number and code != f"{form['code']}_{number}":
        yield fault("code", "code_number", number=row["number"], code=f"{form['code']}_{number}")


def _kind_faults(row: Table) -> Iterator[str]:
    kind, is_input = row["kind"], "formula" not in row and row["kind"] != Kind.HEADING
    if kind == Kind.HEADING:
        figure_keys = {"formula", "over_units", "over_time", "blank", "choices", "maximum", "cumulative"}
        yield from (fault(key, "heading_figures") for key in sorted(figure_keys & row.keys()))
        return
    yield from (fault(key, "key_missing") for key in ("over_units", "over_time") if key not in row)
    if is_input != ("blank" in row):
        yield fault("blank", "blank")
    if not is_input and row.keys() & {"choices", "maximum"}:
        yield fault("formula", "formula_choices")
    if is_input and (
        row.get("over_units") == OverUnits.RECOMPUTE or row.get("over_time") == OverTime.RECOMPUTE
    ):
        yield fault("formula", "recompute")
    if kind in (Kind.RATIO, Kind.TEXT, Kind.DATE) and row.get("over_units") == OverUnits.SUM:
        yield fault("over_units", "not_summed", kind=kind)
    yield from _choice_faults(row)


def _choice_faults(row: Table) -> Iterator[str]:
    codes = [choice["code"] for choice in rows_of(row, "choices")]
    if (row["kind"] == Kind.CHOICE) != bool(codes):
        yield fault("choices", "choices_kind")
    if (row["kind"] == Kind.CHOICE) != (row.get("over_units") == OverUnits.COUNT_BY_CHOICE):
        yield fault("over_units", "choices_counted")
    if len({code.casefold() for code in codes}) != len(codes) or len(codes) == 1:
        yield fault("choices", "choices_few")
    if any(code.upper() == KPS and code != KPS for code in codes):
        yield fault("choices", "kps_spelt", kps=KPS)
    if codes and (KPS in codes) != (row.get("blank") == Blank.ACCEPT_KPS):
        yield fault("blank", "kps_blank", kps=KPS)


def _text_faults(row: Table) -> Iterator[str]:
    label: str = row["label"]
    plain = label.replace("<i>", "").replace("</i>", "")
    if not re.fullmatch(r"[^<>]*(<i>[^<>]+</i>[^<>]*)*", label):
        yield fault("label", "label_tags")
    if row.get("italic", False) != bool(re.fullmatch(r"<i>[^<>]*</i>", label)):
        yield fault("italic", "italic")
    for key, text in (
        ("label", plain),
        ("help", row.get("help", "")),
        ("summary_label", row.get("summary_label", "")),
    ):
        limit = HELP_LIMIT if key == "help" else PROMPT_LIMIT
        if len(text) > limit:
            yield fault(key, "long", length=len(text), limit=limit)
    if len(row["number"]) > TITLE_LIMIT:
        yield fault("number", "long_title", length=len(row["number"]), limit=TITLE_LIMIT)
    if "help" not in row and "formula" not in row and row["kind"] != Kind.HEADING:
        yield fault("help", "help")


def _date_faults(row: Table) -> Iterator[str]:
    if row.get("effective_from", date.min) > row.get("effective_to", date.max):
        yield fault("effective_to", "before_from")


def _register_faults(register: Table, source: Source) -> Iterator[str]:
    if "code" in register and not _PREFIX.fullmatch(register["code"]):
        yield fault("code", "code_letters", code=register["code"])
    if not 1 <= register.get("rows", 200) <= 10_000:
        yield fault("rows", "register_rows")
    yield from _sheet_faults(register.get("sheet", ""))
    columns = [(c["code"], c["code"]) for c in rows_of(register, "column")]
    yield from (f"column.{line}" for line in _repeated(columns, "code"))
    yield from register_faults(register, source)
