"""Pure arithmetic of the reports: numbers, expressions, cells, checks, registers, totals."""
