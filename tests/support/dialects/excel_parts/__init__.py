"""How Excel 16 writes each part of a workbook, as seen in files that Excel itself had saved."""
