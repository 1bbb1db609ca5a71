"""The city's control workbook: prepared rows, buttons, reminders."""
