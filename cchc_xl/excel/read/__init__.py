"""Bytes of a workbook → cells as stored, behind a gate that bounds and distrusts them."""
