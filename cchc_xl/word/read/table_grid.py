"""A table while it is being read: rows, cells with their spans, text as it shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from cchc_xl.model.documents import CellPlace, Table, TableCell

_MOST_COLUMNS = 63  # Word's own limit


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    columns: int = 1
    rows: int = 1
    texts: list[str] = field(default_factory=list)
    continues: bool = False  # merged into the cell above: what it holds does not show
    gone: bool = False  # deleted with tracked changes

    @property
    def shows(self) -> bool:
        return not (self.continues or self.gone)


class TableGrid:
    """One open table."""

    def __init__(self, number: int, heading: str) -> None:
        self.number = number
        self._heading = heading
        self._rows: list[list[_Cell]] = []
        self._column = 0
        self.row_is_gone = False
        self.cell: _Cell | None = None

    def begin_row(self) -> None:
        self._rows.append([])
        self._column, self.row_is_gone, self.cell = 0, False, None

    def skip_columns(self, count: int) -> None:
        """Grid columns left out before the row's first cell."""
        self._column += min(count, _MOST_COLUMNS)

    def begin_cell(self) -> None:
        if not self._rows:
            self.begin_row()
        self.cell = _Cell(len(self._rows) - 1, self._column)
        self._rows[-1].append(self.cell)

    def span(self, columns: int) -> None:
        if self.cell is not None:
            self.cell.columns = max(1, min(columns, _MOST_COLUMNS))

    def end_cell(self) -> None:
        if self.cell is not None:
            self._column = self.cell.column + self.cell.columns
            self.cell = None

    def end_row(self) -> None:
        if self.row_is_gone and self._rows:
            self._rows.pop()

    @property
    def shows(self) -> bool:
        """Whether the open cell shows."""
        return not self.row_is_gone and (self.cell is None or self.cell.shows)

    @property
    def place(self) -> CellPlace | None:
        if self.cell is None:
            return None
        return CellPlace(self.number, self.cell.row, self.cell.column, self.cell.columns)

    def finished(self) -> Table:
        """The table as it shows: a merged cell once, where it begins."""
        above: dict[int, _Cell] = {}
        for row in self._rows:
            here: dict[int, _Cell] = {}
            for cell in row:
                top = above.get(cell.column)
                if cell.continues and top is not None:
                    top.rows += 1
                    here[cell.column] = top
                else:
                    here[cell.column] = cell
            above = here
        rows = tuple(tuple(self._shown(cell) for cell in row if cell.shows) for row in self._rows)
        return Table(self.number, rows, self._heading)

    def _shown(self, cell: _Cell) -> TableCell:
        place = CellPlace(self.number, cell.row, cell.column, cell.columns, cell.rows)
        return TableCell(place, "\n".join(text for text in cell.texts if text))
