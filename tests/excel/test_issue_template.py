"""A blank spliced from a template is the very file that rendering its plan would give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cchc_xl.excel.edit.spliced_template import NotSpliceable, splice_template
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.errors import WriteRefused
from cchc_xl.model.planned import Page, PlannedCell, PlannedSheet, PlannedWorkbook, Role, Validation

NAME, CODE = "@@TEN_DON_VI@@", "@@MA_DON_VI@@"


def _plan(name: str, code: str, **changes: object) -> PlannedWorkbook:
    cells = (
        PlannedCell("A1", "title", f"UBND {name}"),
        PlannedCell("A2", "value", name),
        PlannedCell("A3", "value.text", name, Role.FORMULA, "=A2"),
        PlannedCell("A4", "form.label", rich=((f"{name} ", False), ("(xã)", True))),
        PlannedCell("B1", "meta", code),
        PlannedCell("B2", "plain", "Xã Hà Đông"),
        PlannedCell("B3", "plain", name),
    )
    sheet = PlannedSheet("T", "wsT", cells, page=Page(footer="&L" + name.replace("&", "&&") + "&R&P"))
    return PlannedWorkbook((replace(sheet, **changes),), {"ma": "=T!$B$1"}, f"Báo cáo {name}")


@pytest.fixture(scope="module")
def template() -> bytes:
    return render(_plan(NAME, CODE))


@pytest.mark.parametrize(
    ("name", "code"),
    [("Xã Nam Thanh Miện", "11245"), ("Phường Lê Chân", "00001"), ("Xã 'Đ' — <thử>", "1"), ("x" * 90, "2")],
)
def test_a_spliced_blank_equals_the_rendered_one(template: bytes, name: str, code: str) -> None:
    assert splice_template(template, {NAME: name, CODE: code}) == render(_plan(name, code))


def test_an_ampersand_is_escaped_where_it_is_only_a_text() -> None:
    without_footer = render(_plan(NAME, CODE, page=Page()))
    assert splice_template(without_footer, {NAME: "A & B", CODE: "1"}) == render(
        _plan("A & B", "1", page=Page())
    )


@pytest.mark.parametrize(
    "name",
    [
        "",
        " Xã A",
        "Xã A ",
        'Xã "A"',
        "Xã\nA",
        "Xã\x01A",
        "_x0041_",
        "A & B",
        "Xã Hà Đông",
        "x" * 250,
        "11245",
    ],
    ids=range(11),
)
def test_texts_that_could_give_another_file_are_left_to_the_writer(template: bytes, name: str) -> None:
    with pytest.raises(NotSpliceable):
        splice_template(template, {NAME: name, CODE: "11245"})


def test_a_sentinel_in_a_formula_or_a_validation_is_left_to_the_writer() -> None:
    formula = PlannedCell("A1", "plain", NAME, Role.FORMULA, f'="{NAME}"')
    prompt = (Validation("A1", "any", prompt=NAME),)
    for changes in ({"cells": (formula,)}, {"validations": prompt}):
        template = render(_plan(NAME, CODE, **changes))
        with pytest.raises(NotSpliceable):
            splice_template(template, {NAME: "Xã A"})


@pytest.mark.parametrize("sentinel", ["@@", "ten don vi", "@@VANG_MAT@@", "<@@TEN@@>"])
def test_sentinels_must_be_there_and_safe_to_look_for(template: bytes, sentinel: str) -> None:
    with pytest.raises(WriteRefused):
        splice_template(template, {NAME: "Xã A", CODE: "1", sentinel: "x"})


def test_a_sentinel_inside_another_is_refused(template: bytes) -> None:
    with pytest.raises(WriteRefused):
        splice_template(template, {NAME: "Xã A", NAME[2:]: "x"})
