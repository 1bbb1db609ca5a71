"""From checked tables to the frozen values of `model`; no checks here, no files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from cchc_xl.catalogue.schema import Table
from cchc_xl.catalogue.source import rows_of
from cchc_xl.model import (
    Blank,
    Breakdown,
    Choice,
    DocumentSeries,
    Form,
    Indicator,
    Kind,
    OverTime,
    OverUnits,
    Register,
    RegisterColumn,
    RowCheck,
    Says,
    Severity,
    Tally,
    ValidationRule,
)
from cchc_xl.model.forms import PRINTED_LENGTH
from cchc_xl.model.size import SizeLimit, SizeLimits


def build_form(table: Table) -> Form:
    """One form; rows without a reference of their own take the form's."""
    return Form(
        code=table["code"],
        number=table.get("number", ""),
        sheet=table["sheet"],
        heading=table["heading"],
        title=table["title"],
        indicators=tuple(_indicator(row, table["reference"]) for row in rows_of(table, "indicator")),
        footnotes=tuple(table.get("footnotes", ())),
        printed=table.get("printed", True),
    )


def build_rule(row: Table, forms: tuple[Form, ...]) -> ValidationRule:
    """One rule; it belongs to the form of the indicator it names, and shares its legal reference."""
    at: str = row["at"]
    form, indicator = next((f, i) for f in forms for i in f.indicators if i.code == at)
    return ValidationRule(
        id=row["id"],
        severity=Severity(row["severity"]),
        assertion=row["assert"],
        message=row["message"],
        fix=row["fix"],
        at=at,
        form=form.code,
        when=row.get("when"),
        missing=row.get("missing", "skip"),
        tolerance=Decimal(row.get("tolerance", 0)),
        reference=row.get("reference", indicator.reference),
        shown=dict(row.get("shown", {})),
        within_year=row.get("within_year", False),
        unless_noted=row.get("unless_noted", False),
        says=Says(row["says"]) if "says" in row else None,
    )


def must_answer(declared: list[str] | None, forms: tuple[Form, ...]) -> tuple[tuple[str, ...], ...]:
    """Groups of rows in force, one of each group must be answered ("a | b"); undeclared: rows without KPS."""
    inputs = [i for form in forms if form.printed for i in form.inputs]
    if declared is None:
        return tuple((i.code,) for i in inputs if i.blank is Blank.WARN)
    standing = {i.code for i in inputs}
    groups = (tuple(c for c in alternatives(entry) if c in standing) for entry in declared)
    return tuple(group for group in groups if group)


def alternatives(entry: str) -> list[str]:
    """Codes of one entry of `must_answer`."""
    return [code.strip() for code in entry.split("|")]


def build_breakdown(row: Table) -> Breakdown:
    return Breakdown(row["id"], row["total"], tuple(row["parts"]), row.get("parent"))


def build_size(table: Table | None) -> SizeLimits | None:
    """The limits of size of a regime that has some."""
    if table is None:
        return None
    return SizeLimits(
        limits=tuple(_size_limit(row) for row in rows_of(table, "limits")),
        fewest_units=table["fewest_units"],
        peers_fold=Decimal(table["peers_fold"]),
        peer_types=tuple(table["peer_types"]),
        window_days=table["window_days"],
        units_formed=table.get("units_formed"),
    )


def build_register(table: Table) -> Register:
    return Register(
        code=table["code"],
        sheet=table["sheet"],
        heading=table["heading"],
        title=table["title"],
        columns=tuple(_column(row) for row in rows_of(table, "column")),
        rows=table.get("rows", 200),
        reference=table.get("reference", ""),
        checks=tuple(_row_check(row) for row in rows_of(table, "check")),
        tallies=tuple(_tally(row) for row in rows_of(table, "tally")),
        appendix=tuple(table.get("appendix", {}).items()),
        series=DocumentSeries(**table["series"]) if "series" in table else None,
    )


def parameters_in_force(parameters: Mapping[str, Table], day: date | None) -> dict[str, Decimal]:
    """City constants valid on `day`; without a day, those that have not ended."""
    return {
        code: Decimal(row["value"])
        for code, parameter in parameters.items()
        for row in rows_of(parameter, "values")
        if is_in_force(row.get("effective_from"), row.get("effective_to"), day)
    }


def is_in_force(start: date | None, end: date | None, day: date | None) -> bool:
    """Both ends are included; without a day, true for what has not ended."""
    if day is None:
        return end is None
    return (start is None or start <= day) and (end is None or day <= end)


def _indicator(row: Table, reference: str) -> Indicator:
    return Indicator(
        code=row["code"],
        number=row["number"],
        label_markup=row["label"],
        unit_of_measure=row.get("unit_of_measure", ""),
        kind=Kind(row["kind"]),
        formula=row.get("formula"),
        over_units=OverUnits(row.get("over_units", OverUnits.NONE)),
        over_time=OverTime(row.get("over_time", OverTime.REENTER)),
        cumulative=row.get("cumulative", False),
        blank=Blank(row.get("blank", Blank.OPTIONAL)),
        choices=_choices(row),
        maximum=Decimal(row["maximum"]) if "maximum" in row else None,
        help=row.get("help", ""),
        reference=row.get("reference", reference),
        printed_note=row.get("printed_note", ""),
        printed_length=row.get("printed_length", PRINTED_LENGTH),
        italic=row.get("italic", False),
        summary_label=row.get("summary_label", ""),
        effective_from=row.get("effective_from"),
        effective_to=row.get("effective_to"),
        formerly=tuple(row.get("formerly", {}).items()),
    )


def _column(row: Table) -> RegisterColumn:
    return RegisterColumn(
        code=row["code"],
        label=row["label"],
        kind=Kind(row["kind"]),
        required=row.get("required", False),
        choices=_choices(row),
        width=float(row.get("width", 16)),
        help=row.get("help", ""),
        maximum=Decimal(row["maximum"]) if "maximum" in row else None,
        result=row.get("result", ""),
        linked=tuple((answer, tuple(codes)) for answer, codes in row.get("linked", {}).items()),
        parts=tuple(row.get("parts", {}).items()),
    )


def _size_limit(row: Table) -> SizeLimit:
    return SizeLimit(
        rows=tuple(row["rows"]),
        least=Decimal(row["least"]),
        fold=Decimal(row["fold"]) if "fold" in row else None,
        share=Decimal(row["share"]) if "share" in row else None,
        within_year=row.get("within_year", False),
    )


def _row_check(row: Table) -> RowCheck:
    left, sign, right = row.get("order", ("", "", ""))
    return RowCheck(
        id=row["id"],
        severity=Severity(row["severity"]),
        message=row["message"],
        fix=row["fix"],
        when=tuple((column, tuple(answers)) for column, answers in row.get("when", {}).items()),
        required=tuple(row.get("required", ())),
        absent=tuple(row.get("absent", ())),
        order=(left, sign, right) if left else None,
    )


def _tally(row: Table) -> Tally:
    where = tuple(row.get("where", {}).items())
    return Tally(row["label"], where, row.get("indicator"), row.get("message", ""))


def _choices(row: Table) -> tuple[Choice, ...]:
    return tuple(Choice(choice["code"], choice["label"]) for choice in rows_of(row, "choices"))
