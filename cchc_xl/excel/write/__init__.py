"""Plans written as workbooks; whatever Excel refuses is refused first."""
