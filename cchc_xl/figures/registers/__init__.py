"""Lists with rows: computed columns, rules of a row, findings, series of documents."""
