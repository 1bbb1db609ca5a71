"""Bytes of a received workbook → a `Submission`: identity, places, observations, rules, verdict."""
