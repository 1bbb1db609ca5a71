"""The accepted text of a .docx: insertions in, deletions out, with the standard library's parser only."""
