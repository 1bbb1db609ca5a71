"""Parts of a written workbook replaced; nothing else in the file changes."""
