"""Native charts and sparklines for a government report: one font, light gridlines, no clutter."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cchc_xl.excel.write.styles import FONT
from cchc_xl.model.addresses import cell_position, range_position
from cchc_xl.model.errors import WriteRefused
from cchc_xl.model.planned import PlannedChart, PlannedSparkline, Series
from cchc_xl.texts import text as message

PALETTE = ("#2F5D8A", "#D08C3C", "#6B8F71", "#A65E5E", "#7AA6C2", "#8C7AA9", "#B8A04A", "#5F6B76")
INK, FAINT, GRIDLINE = "#222222", "#8C8C8C", "#E3E3E3"
_KINDS = {
    "bar": ("bar", None),
    "stacked_bar": ("bar", "stacked"),
    "column": ("column", None),
    "stacked_column": ("column", "stacked"),
    "line": ("line", None),
    "pie": ("pie", None),
    "doughnut": ("doughnut", None),
}
_ROUND = ("pie", "doughnut")


def insert_chart(workbook: Workbook, sheet: Worksheet, planned: PlannedChart) -> int:
    """Write one chart; the answer is XlsxWriter's (0 = written). Raises WriteRefused for an unknown kind."""
    if planned.kind not in _KINDS:
        raise WriteRefused(message("write_chart_kind", kind=planned.kind))
    kind, subtype = _KINDS[planned.kind]
    chart = workbook.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
    for number, series in enumerate(planned.series):
        chart.add_series(_series(planned, series, PALETTE[number % len(PALETTE)]))
    chart.set_title(_title(planned.title))
    if kind not in _ROUND:
        _set_axes(chart, planned, horizontal=kind == "bar")
    chart.set_legend(_legend(planned))
    chart.set_chartarea({"border": {"color": GRIDLINE}, "fill": {"color": "#FFFFFF"}})
    chart.set_plotarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_size({"width": planned.width, "height": planned.height})
    row, column = cell_position(planned.anchor)
    options = {"object_position": 2, "description": planned.alt_text or planned.title}
    return int(sheet.insert_chart(row, column, chart, options))


def insert_sparkline(sheet: Worksheet, planned: PlannedSparkline) -> int:
    """Write one sparkline; the answer is XlsxWriter's (0 = written)."""
    row, column = cell_position(planned.address)
    options: dict[str, Any] = {
        "range": planned.values.lstrip("="),
        "type": planned.kind,
        "series_color": PALETTE[0],
        "last_point": planned.kind == "line",
        "last_color": PALETTE[1],
    }
    return int(sheet.add_sparkline(row, column, options))


def formulas_of(planned: PlannedChart) -> list[str]:
    """Every reference a chart makes, with leading "="."""
    found = [f"={part.lstrip('=')}" for s in planned.series for part in (s.categories, s.values)]
    found += [s.name for s in planned.series if s.name.startswith("=")]
    return found + ([planned.title] if planned.title.startswith("=") else [])


def _font(size: float, color: str = INK, *, bold: bool = False) -> dict[str, Any]:
    return {"name": FONT, "size": size, "color": color, "bold": bold}


def _title(title: str) -> dict[str, Any]:
    return {"name": title, "name_font": _font(13, bold=True), "overlay": False} if title else {"none": True}


def _legend(planned: PlannedChart) -> dict[str, Any]:
    if not planned.legend and planned.kind not in _ROUND:
        return {"none": True}
    return {"position": "right" if planned.kind in _ROUND else "bottom", "font": _font(10)}


def _series(planned: PlannedChart, series: Series, default_color: str) -> dict[str, Any]:
    color = series.color or default_color
    options: dict[str, Any] = {
        "name": series.name,
        "categories": f"={series.categories.lstrip('=')}",
        "values": f"={series.values.lstrip('=')}",
    }
    if planned.kind == "line":
        options["line"] = {"color": color, "width": 2.25}
        options["marker"] = {
            "type": "circle",
            "size": 6,
            "fill": {"color": color},
            "border": {"color": "#FFFFFF"},
        }
    elif planned.kind not in _ROUND:
        options["fill"] = {"color": color}
        options["gap"] = 50
        if planned.kind.startswith("stacked"):
            options["overlap"] = 100
    if planned.kind in _ROUND or series.point_colors:
        colors = series.point_colors or [PALETTE[n % len(PALETTE)] for n in range(_length(series.values))]
        options["points"] = [{"fill": {"color": c}, "border": {"color": "#FFFFFF"}} for c in colors]
    if planned.labels:
        options["data_labels"] = _labels(planned)
    return options


def _length(reference: str) -> int:
    top, left, bottom, right = range_position(reference.rpartition("!")[2].replace("$", ""))
    return max(bottom - top, right - left) + 1


def _labels(planned: PlannedChart) -> dict[str, Any]:
    labels: dict[str, Any] = {"value": True, "num_format": planned.value_format, "font": _font(9)}
    if planned.kind in ("bar", "column"):
        labels["position"] = "outside_end"
    elif planned.kind.startswith("stacked"):
        labels |= {"position": "center", "font": _font(9, "#FFFFFF")}
    elif planned.kind == "line":
        labels["position"] = "above"
    elif planned.kind == "doughnut":
        labels["font"] = _font(9, "#FFFFFF", bold=True)
    elif planned.kind == "pie":
        labels |= {"position": "outside_end", "leader_lines": True}
    return labels


def _set_axes(chart: Any, planned: PlannedChart, *, horizontal: bool) -> None:
    categories: dict[str, Any] = {
        "num_font": _font(9.5),
        "line": {"color": FAINT},
        "major_tick_mark": "none",
        "major_gridlines": {"visible": False},
        "interval_unit": 1,
        "label_position": "low",
    }
    if planned.reverse:
        categories["reverse"] = True
    values: dict[str, Any] = {
        "num_font": _font(9, FAINT),
        "num_format": planned.value_format,
        "line": {"none": True},
        "major_tick_mark": "none",
        "major_gridlines": {"visible": True, "line": {"color": GRIDLINE, "width": 0.75}},
    }
    # Reversed categories take the value axis to the far side; "high" brings its figures back to the bottom.
    if planned.reverse and horizontal:
        values["label_position"] = "high"
    if planned.axis_title:
        values |= {"name": planned.axis_title, "name_font": _font(10, FAINT)}
    if planned.value_min is not None:
        values["min"] = planned.value_min
    if planned.value_max is not None:
        values["max"] = planned.value_max
    chart.set_x_axis(values if horizontal else categories)
    chart.set_y_axis(categories if horizontal else values)
