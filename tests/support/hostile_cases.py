"""How each broken or forged submission must end, class by class of the hostile-input table."""

from __future__ import annotations

import unicodedata

from support import hostile
from support.hostile_submissions import (
    Case,
    cell_cases,
    cell_copied,
    cell_xml,
    changed,
    column_inserted,
    columns_swapped,
    decomposed_sheet_names,
    decomposed_workbook_part,
    encrypted,
    from_hostile,
    in_turn,
    in_workbook,
    linked,
    meta,
    names_lost,
    names_moved,
    of_unit,
    parts_swapped,
    prefixed,
    put,
    reordered,
    replaced,
    rows_moved,
    rows_sorted,
    saved_by_openpyxl,
    sheet_added,
    sheet_deleted,
    strict,
)

ALL_FIGURES = 84  # typed and computed rows of the forms and of the explanatory block
BY_LABEL = "placed_by_label"


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


STRUCTURE: dict[str, Case] = {
    "sheet deleted": Case(
        changed(sheet_deleted("Biểu 4")), "rejected", ("form_sheet_missing",), ("Biểu 4", "")
    ),
    "sheet renamed, names follow": Case(changed(in_workbook("Biểu 4", "Biểu bốn")), "accepted", moved=True),
    "sheet renamed, names lost": Case(
        in_turn(names_lost, in_workbook('name="Biểu 4"', 'name="Biểu bốn"')),
        "accepted",
        (BY_LABEL,) * ALL_FIGURES,
        moved=True,
    ),
    "decomposed sheet names": Case(changed(decomposed_sheet_names), "accepted"),
    "decomposed sheet names and references": Case(changed(decomposed_workbook_part), "accepted"),
    "two sheets of one name": Case(
        changed(sheet_added("Biểu 3", "Biểu 4")), "rejected", ("duplicate_sheet",), ("Biểu 3", "")
    ),
    "two sheets of one name in two Unicode forms": Case(
        changed(sheet_added(_nfd("Biểu 3"), "Biểu 4")), "rejected", ("duplicate_sheet",), ("Biểu 3", "")
    ),
    "two sheets of one name but for case": Case(
        changed(sheet_added("BIỂU 3", "Biểu 4")), "rejected", ("duplicate_sheet",), ("BIỂU 3", "")
    ),
    "a copied sheet": Case(
        changed(sheet_added("Biểu 3 (2)", "Biểu 3")), "accepted", ("form_copied",), ("Biểu 3 (2)", "A2")
    ),
    "row inserted": Case(
        in_turn(rows_moved("Biểu 3", 12, 1), names_moved("Biểu 3", 12, 1)), "accepted", moved=True
    ),
    "row inserted, names lost": Case(
        in_turn(rows_moved("Biểu 3", 12, 1), names_lost), "accepted", (BY_LABEL,) * ALL_FIGURES, moved=True
    ),
    "row inserted, names left behind": Case(
        changed(rows_moved("Biểu 3", 12, 1)), "accepted", (BY_LABEL,) * 5, ("Biểu 3", "D13"), moved=True
    ),
    "row inserted above a wrong figure": Case(
        in_turn(put("Biểu 3", D13=5651), rows_moved("Biểu 3", 12, 1), names_moved("Biểu 3", 12, 1)),
        "held",
        ("bieu3_on_time_within_finished",),
        ("Biểu 3", "D14"),
        values={"bieu3_2_1_2": 5651, "bieu3_2_1": 5651 / 5650},
        moved=True,
    ),
    "row deleted": Case(
        in_turn(rows_moved("Biểu 3", 13, -1), names_moved("Biểu 3", 13, -1)),
        "rejected",
        ("row_not_found",),
        ("Biểu 3", ""),
    ),
    "row deleted, names left behind": Case(
        changed(rows_moved("Biểu 3", 13, -1)), "rejected", ("row_not_found",), ("Biểu 3", "")
    ),
    "label typed over": Case(
        changed(put("Biểu 3", B12="Tổng số")), "held", ("label_differs",), ("Biểu 3", "B12")
    ),
    "row number typed over": Case(
        changed(put("Biểu 3", A12="2.1.2.")), "held", ("label_differs",), ("Biểu 3", "A12")
    ),
    "row number without its dot": Case(changed(put("Biểu 3", A12="2.1.1")), "accepted"),
    "row copied below, names lost": Case(
        in_turn(
            names_lost,
            cell_xml("Biểu 5", "A14", '<c r="A14" t="inlineStr"><is><t>2.1.</t></is></c>'),
            cell_copied("Biểu 5", "B12", "B14"),
        ),
        "rejected",
        ("row_not_found",),
        ("Biểu 5", ""),
    ),
    "columns swapped with their names": Case(
        in_turn(columns_swapped("Biểu 3", "C", "D"), in_workbook(r"(>'Biểu 3'!\$)D(\$)", r"\1C\2")),
        "accepted",
        moved=True,
    ),
    "columns swapped, names left behind": Case(
        changed(columns_swapped("Biểu 3", "C", "D")), "rejected", ("figure_column_moved",), ("Biểu 3", "D8")
    ),
    "label column swapped": Case(
        changed(columns_swapped("Biểu 3", "B", "C")), "rejected", ("row_not_found",), ("Biểu 3", "")
    ),
    "column inserted before the figures": Case(
        changed(column_inserted("Biểu 3", "D")), "accepted", moved=True
    ),
    "column inserted before the labels": Case(
        changed(column_inserted("Biểu 3", "B")), "rejected", ("row_not_found",), ("Biểu 3", "")
    ),
    "figure header typed over": Case(
        changed(put("Biểu 3", D6="Kết quả")), "rejected", ("figure_header_missing",), ("Biểu 3", "")
    ),
    "inputs merged": Case(
        in_turn(
            cell_xml("Biểu 3", "D13", '<c r="D13" />'),
            replaced(
                "Biểu 3", '<mergeCell ref="G5:K5"/>', '<mergeCell ref="G5:K5"/><mergeCell ref="D12:D13"/>'
            ),
        ),
        "held",
        ("input_merged", "input_merged", "blank_required"),
        ("Biểu 3", "D12"),
        values={"bieu3_2_1_2": "blank", "bieu3_2_1": "blank"},
    ),
    "hidden row": Case(
        changed(replaced("Biểu 3", '<row r="12"', '<row r="12" hidden="1"')),
        "held",
        ("row_hidden_figure",),
        ("Biểu 3", "D12"),
    ),
    "rows sorted": Case(
        changed(rows_sorted("Biểu 5", [18, 17, 16, 15, 14, 13, 12])),
        "accepted",
        (BY_LABEL,) * 6,
        ("Biểu 5", "D18"),
        moved=True,
    ),
    "two names exchanged": Case(
        in_turn(
            in_workbook(r"'Biểu 3'!\$D\$12<", "'Biểu 3'!$D$99<"),
            in_workbook(r"'Biểu 3'!\$D\$13<", "'Biểu 3'!$D$12<"),
            in_workbook(r"'Biểu 3'!\$D\$99<", "'Biểu 3'!$D$13<"),
        ),
        "accepted",
        (BY_LABEL,) * 2,
        ("Biểu 3", "D12"),
    ),
    "a name on another sheet's cell": Case(
        changed(in_workbook(r"'Biểu 3'!\$D\$12<", "'Biểu 7'!$D$15<")),
        "accepted",
        (BY_LABEL,),
        ("Biểu 3", "D12"),
    ),
    "a name on another workbook's cell": Case(
        in_turn(linked, in_workbook(r"'Biểu 3'!\$D\$12<", "'[1]Biểu 3'!$D$12<")),
        "accepted",
        ("external_links", BY_LABEL),
    ),
    "a name for a number": Case(
        changed(in_workbook(r"'Biểu 3'!\$D\$12<", "99<")), "accepted", (BY_LABEL,), ("Biểu 3", "D12")
    ),
    "a name for a range": Case(
        changed(in_workbook(r"'Biểu 3'!\$D\$12<", "'Biểu 3'!$D$12:$D$13<")),
        "accepted",
        (BY_LABEL,),
        ("Biểu 3", "D12"),
    ),
    "a name stored twice": Case(
        changed(
            in_workbook(
                "<definedNames>",
                "<definedNames><definedName name=\"bieu3_2_1_1\">'Biểu 3'!$D$13</definedName>",
            )
        ),
        "rejected",
        ("duplicate_name",),
    ),
    "two sheets' cells exchanged": Case(
        changed(parts_swapped("Biểu 3", "Biểu 7")), "rejected", ("row_not_found",), ("Biểu 3", "")
    ),
    "a cell stored twice": Case(
        changed(replaced("Biểu 3", '<c r="D12"', '<c r="D12"><v>1</v></c><c r="D12"')),
        "rejected",
        ("duplicate_cell",),
        ("Biểu 3", "D12"),
    ),
    "a cell outside the sheet data": Case(
        in_turn(
            cell_xml("Biểu 3", "D12", '<c r="D12" />'),
            replaced("Biểu 3", "</worksheet>", '<extLst><c r="D12"><v>1</v></c></extLst></worksheet>'),
            replaced("Biểu 3", "<sheetData>", "<sheetData><!-- -->"),
        ),
        "accepted",
        ("blank_required",),
        ("Biểu 3", "D12"),
        values={"bieu3_2_1_1": "blank", "bieu3_2_1": "blank"},
    ),
    "a computed cell's stale cache": Case(
        changed(replaced("Biểu 3", "<v>0.9932743362831858</v>", "<v>0.5</v>")), "accepted"
    ),
    "a computed cell without a cache": Case(
        changed(replaced("Biểu 3", "<v>0.9932743362831858</v>", "")), "accepted"
    ),
    "a figure typed over a formula": Case(
        changed(put("Biểu 3", D11=1)), "held", ("formula_overwritten",), ("Biểu 3", "D11")
    ),
    "a formula changed": Case(
        changed(replaced("Biểu 3", "(N(bieu3_2_1_2)/N(bieu3_2_1_1))", "1")),
        "held",
        ("formula_changed",),
        ("Biểu 3", "D11"),
    ),
    "external links": Case(changed(linked), "accepted", ("external_links",)),
}


IDENTITY: dict[str, Case] = {
    "another file entirely": Case(lambda _: hostile.valid_workbook(), "rejected", ("not_our_template",)),
    "no identity sheet": Case(
        in_turn(in_workbook('name="_meta"', 'name="khac"'), names_lost), "rejected", ("not_our_template",)
    ),
    "an unknown template": Case(changed(meta(cchc_mau="khac")), "rejected", ("not_our_template",)),
    "an unknown regime": Case(changed(meta(cchc_che_do="khac")), "rejected", ("regime_unknown",)),
    "an unknown period": Case(changed(meta(cchc_ky="quý mấy")), "rejected", ("period_unknown",)),
    "a template of this version with another catalogue": Case(
        changed(meta(cchc_danh_muc="0" * 64)), "accepted", ("template_differs",)
    ),
    "a template version nobody kept": Case(
        changed(meta(cchc_phien_ban="2031-1")), "rejected", ("template_unknown",)
    ),
    "an unknown unit": Case(changed(meta(cchc_ma_don_vi="99999")), "rejected", ("unit_unknown",)),
    "a unit code in Arabic-Indic digits": Case(
        changed(meta(cchc_ma_don_vi="١١٢٨٤")), "rejected", ("unit_unknown",)
    ),
    "a unit code in full-width digits": Case(
        changed(meta(cchc_ma_don_vi="１１２８４")), "rejected", ("unit_unknown",)
    ),
    "one unit's code with another's name": Case(
        changed(meta(cchc_ma_don_vi="10888", cchc_ten_don_vi="Cẩm Giàng")),
        "rejected",
        ("unit_contradictory",),
    ),
    "no code, an exact name": Case(
        changed(of_unit("10903", cchc_ma_don_vi="")), "accepted", values={"unit": "10903"}
    ),
    "no code, an exact name in decomposed letters": Case(
        changed(of_unit("10903", cchc_ma_don_vi="", cchc_ten_don_vi=_nfd("Cẩm Giàng"))),
        "accepted",
        values={"unit": "10903"},
    ),
    "no code, a name without marks": Case(
        changed(meta(cchc_ma_don_vi="", cchc_ten_don_vi="Cam Giang")), "rejected", ("unit_unknown",)
    ),
    "no code, a name with a Cyrillic letter": Case(
        changed(of_unit("10888", cchc_ma_don_vi="", cchc_ten_don_vi="Cẩm Giаng")),
        "accepted",
        values={"unit": "10888"},
    ),
    "no code, another tone placement": Case(
        changed(meta(cchc_ma_don_vi="", cchc_ten_don_vi="Hòa Bình")), "rejected", ("unit_unknown",)
    ),
    "a code with the name in another tone placement": Case(
        changed(of_unit("11533", cchc_ten_don_vi="Hòa Bình")),
        "accepted",
        values={"unit": "11533"},
    ),
    "a neighbour's name as file name": Case(
        changed(of_unit("10888")),
        "held",
        ("file_name_other_unit",),
        file="Cẩm Giàng quý II.xlsx",
        values={"unit": "10888"},
    ),
    "a neighbour's name as file name in decomposed letters": Case(
        changed(of_unit("10888")),
        "held",
        ("file_name_other_unit",),
        file=_nfd("Cẩm Giàng quý II.xlsx"),
        values={"unit": "10888"},
    ),
    "the own name as file name in decomposed letters": Case(
        changed(of_unit("10888")), "accepted", file=_nfd("Cẩm Giang quý II.xlsx"), values={"unit": "10888"}
    ),
    "a neighbour's code in the file name": Case(
        changed(of_unit("10888")),
        "held",
        ("file_name_other_unit",),
        file="CCHC_2026-Q2_10903_Cam-Giang.xlsx",
        values={"unit": "10888"},
    ),
    "a file name with a Cyrillic letter": Case(
        changed(of_unit("10888")), "accepted", file="Cẩm Giаng.xlsx", values={"unit": "10888"}
    ),
    "a file name without marks": Case(
        changed(of_unit("10888")), "accepted", file="Cam Giang.xlsx", values={"unit": "10888"}
    ),
    "the own name in another tone placement": Case(
        changed(of_unit("11533")), "accepted", file="Hòa Bình.xlsx", values={"unit": "11533"}
    ),
    "a longer unit name that holds the own one": Case(
        changed(of_unit("11239")),
        "held",
        ("file_name_other_unit",),
        file="Xã Nam Thanh Miện.xlsx",
        values={"unit": "11239"},
    ),
    "a shorter unit name inside the own one": Case(
        changed(lambda _: None), "accepted", file="Xã Nam Thanh Miện.xlsx"
    ),
}

DISGUISE: dict[str, Case] = {
    "sound": Case(lambda data: data, "accepted"),
    "saved by openpyxl": Case(saved_by_openpyxl, "accepted"),
    "Strict Open XML": Case(changed(strict), "accepted"),
    "prefixed elements": Case(changed(prefixed), "accepted"),
    "parts in another order": Case(reordered, "accepted"),
    "compressed by another program": Case(lambda data: hostile.recompressed(data, 1), "accepted"),
    "an opening password": Case(encrypted, "rejected", ("file_encrypted",)),
    "a real docx body": Case(
        lambda _: hostile.foreign_zip(
            "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml"
        ),
        "rejected",
        ("file_is_docx",),
    ),
    **{
        f"{name} renamed": Case(lambda _, content=content: content, "rejected", (code,))  # type: ignore[misc]
        for name, (code, content) in hostile.DISGUISED.items()
    },
}

# The crafted containers rename a part to one the real workbook already has: another code, the same verdict.
_OTHER_CODES = {"two names": "duplicate_entry"}
CONTAINER: dict[str, Case] = {
    name: Case(from_hostile(build), "rejected", (_OTHER_CODES.get(name, code),))
    for name, (code, build) in {**hostile.CONTAINERS, **hostile.XML}.items()
}

CLASSES: dict[str, dict[str, Case]] = {
    "container and XML": CONTAINER,
    "disguise": DISGUISE,
    "structure": STRUCTURE,
    "values": cell_cases(),
    "identity": IDENTITY,
}
CASES: dict[str, Case] = {
    f"{kind}: {name}": case for kind, cases in CLASSES.items() for name, case in cases.items()
}
