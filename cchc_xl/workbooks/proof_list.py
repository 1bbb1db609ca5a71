"""The list of what to look at again in a report: most important first; and each figure's state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cchc_xl import texts
from cchc_xl.model.planned import Page, PlannedCell, PlannedSheet, PlannedWorkbook
from cchc_xl.model.proofs import FigureState, Proof, ProofFigure, ProofFinding
from cchc_xl.model.terms import Severity

_WEIGHT = {severity: n for n, severity in enumerate(Severity)}
_FIRST = 6
_COLUMNS = (
    ("number", 5.0, "table.number"),
    ("level", 10.0, "table.mark"),
    ("place", 12.0, "table.text"),
    ("quote", 24.0, "table.text"),
    ("message", 40.0, "table.text"),
    ("expected", 11.0, "table.text"),
    ("fix", 34.0, "table.text"),
    ("context", 36.0, "table.text"),
    ("cell", 12.0, "table.text"),
    ("rule", 14.0, "table.text"),
)
_FIGURE_COLUMNS = (
    ("number", 5.5, "table.number"),
    ("state", 22.0, "table.text"),
    ("place", 15.0, "table.text"),
    ("value", 20.0, "table.text"),
    ("indicator", 60.0, "table.text"),
    ("cell", 22.0, "table.text"),
)
_LOOKS = {
    texts.text("wb_severity_error"): "bad",
    texts.text("wb_severity_warning"): "warn",
    texts.text("proof_state_differs"): "warn",
}
_LINE_HEIGHT, _HEADER_HEIGHT = 15.0, 32.0
_STATES = (FigureState.DIFFERS, FigureState.ABSENT, FigureState.OUT_OF_SCOPE, FigureState.MATCH)


def plan_proof_list(proofs: Sequence[Proof]) -> PlannedWorkbook:
    """One sheet of findings over all reports, and one of figures where workbooks were given."""
    sheets = [_findings_sheet(proofs)]
    if any(proof.figures for proof in proofs):
        sheets.append(_figures_sheet(proofs))
    return PlannedWorkbook(tuple(sheets), {}, texts.text("proof_list_title"), active_sheet=sheets[0].name)


def _findings_sheet(proofs: Sequence[Proof]) -> PlannedSheet:
    found = [(proof.file, finding) for proof in proofs for finding in proof.findings]
    found.sort(key=lambda pair: _WEIGHT[pair[1].severity])  # stable: within a level in order of the text
    several = len(proofs) > 1
    counts = Counter(finding.severity for _, finding in found)
    summary = texts.text("proof_summary", **{f"{s.value}s": counts[s] for s in Severity})
    rows = [_finding_row(n, file, finding, several) for n, (file, finding) in enumerate(found, start=1)]
    if not rows:
        rows = [["", "", "", texts.text("proof_nothing"), *[""] * (len(_COLUMNS) - 4)]]
    return _sheet(texts.text("proof_sheet"), "CanXemLai", proofs, summary, _COLUMNS, rows)


def _finding_row(number: int, file: str, finding: ProofFinding, several: bool) -> list[int | str]:
    cell = texts.text("proof_cell_address", sheet=finding.sheet, cell=finding.cell) if finding.sheet else ""
    return [
        number,
        texts.text(f"wb_severity_{finding.severity.value}"),
        f"{file}, {finding.place}" if several else finding.place,
        finding.quote,
        finding.message,
        finding.expected or "",
        finding.fix,
        finding.context,
        cell,
        texts.text(f"rule_name_{finding.rule}"),
    ]


def _figures_sheet(proofs: Sequence[Proof]) -> PlannedSheet:
    figures = [(proof, figure) for proof in proofs for figure in proof.figures]
    figures.sort(key=lambda pair: _STATES.index(pair[1].state))
    rows = [
        _figure_row(n, proof, figure, len(proofs) > 1) for n, (proof, figure) in enumerate(figures, start=1)
    ]
    counts = Counter(figure.state for _, figure in figures)
    summary = " · ".join(f"{texts.text(f'proof_state_{s.value}')}: {counts[s]}" for s in _STATES if counts[s])
    return _sheet(texts.text("proof_figures_sheet"), "DoiChieu", proofs, summary, _FIGURE_COLUMNS, rows)


def _figure_row(number: int, proof: Proof, figure: ProofFigure, several: bool) -> list[int | str]:
    code = "proof_place_table" if figure.paragraph is None else "proof_place_line"
    place = texts.text(code, number=figure.paragraph) if figure.paragraph is not None else texts.text(code)
    cell = texts.text("proof_cell_address", sheet=figure.sheet, cell=figure.cell) if figure.sheet else ""
    return [
        number,
        texts.text(f"proof_state_{figure.state.value}"),
        f"{proof.file}, {place}" if several else place,
        figure.quote,
        figure.label or figure.indicator or "",
        cell,
    ]


def _sheet(
    name: str,
    code_name: str,
    proofs: Sequence[Proof],
    summary: str,
    columns: Sequence[tuple[str, float, str]],
    rows: Sequence[Sequence[int | str]],
) -> PlannedSheet:
    header = _FIRST - 1
    cells = [
        PlannedCell("A1", "title.left", texts.text("proof_title")),
        PlannedCell(
            "A2", "plain bold", texts.text("proof_subtitle", files=", ".join(p.file for p in proofs))
        ),
        PlannedCell("A3", "plain small grey", summary),
    ]
    letters = [chr(65 + n) for n in range(len(columns))]
    for letter, (column, _, _) in zip(letters, columns, strict=True):
        cells.append(PlannedCell(f"{letter}{header}", "table.header", texts.text(f"proof_column_{column}")))
    heights = {1: 26.0, header: _HEADER_HEIGHT}
    for row, values in enumerate(rows, start=_FIRST):
        heights[row] = (
            _LINE_HEIGHT
            * max(_lines(value, width) for value, (_, width, _) in zip(values, columns, strict=True))
            + 3
        )
        for letter, value, (_, _, style) in zip(letters, values, columns, strict=True):
            look = f"{style} {_LOOKS[value]}" if value in _LOOKS else style
            cells.append(PlannedCell(f"{letter}{row}", look, value if value != "" else None))
    last = _FIRST + len(rows) - 1
    return PlannedSheet(
        name=name,
        code_name=code_name,
        cells=tuple(cells),
        column_widths={letter: width for letter, (_, width, _) in zip(letters, columns, strict=True)},
        row_heights=heights,
        page=Page(
            area=f"A1:{letters[-1]}{last}",
            landscape=True,
            paper=9,
            repeat_rows=(header, header),
            margins=(12, 12, 16, 15),
        ),
        protected=False,
        freeze=f"A{_FIRST}",
        autofilter=f"A{header}:{letters[-1]}{last}",
    )


def _lines(value: int | str, width: float) -> int:
    """Lines a text needs in a column of this many characters."""
    return max(1, -(-len(str(value)) // max(1, int(width * 1.05))))
