"""The chart of a lost margin inside the workbook: what came in, what was expected, and its interval."""

from __future__ import annotations

from vismajor.drafting.workbook.months import MonthCells
from vismajor.drafting.workbook.page import Page

ROWS = 18  # of the sheet that a chart covers
LINES = (("actual", "#B5532F", 2.0, "solid"), ("expected", "#1F6F78", 2.0, "solid"),
         ("low", "#8FB7BB", 1.0, "dash"), ("high", "#8FB7BB", 1.0, "dash"))


def insert_course(page: Page, row: int, title: str, cells: MonthCells) -> None:
    """Insert the chart at a row; it follows the months of their sheet, and shows bounds where that has some."""
    say = page.book.say
    lowest = min(cell.exact for cell in cells.revenue.values())
    chart = page.book.file.add_chart({"type": "line"})
    for name, colour, width, dash in (line for line in LINES if line[0] in cells.charted):
        chart.add_series({
            "name": say[f"series_{name}"], "categories": cells.charted["months"].whole,
            "values": cells.charted[name].whole,
            "line": {"color": colour, "width": width, "dash_type": dash}})
    chart.set_title({"name": title, "name_font": {"size": 11, "color": "#1F2A44"}, "overlay": False})
    chart.set_x_axis({"date_axis": True, "num_format": "mm/yyyy", "major_unit": 6, "major_unit_type": "months",
                      "num_font": {"size": 8}})
    chart.set_y_axis({"num_format": "#,##0", "num_font": {"size": 8}, "major_gridlines": {
        "visible": True, "line": {"color": "#E3E6EB", "width": 0.75}}, **({"min": 0} if lowest >= 0 else {})})
    chart.set_legend({"position": "bottom", "font": {"size": 8}})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 900, "height": 330})
    page.sheet.insert_chart(row, 0, chart, {"object_position": 2, "description": title})
