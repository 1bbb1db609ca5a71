"""The Excel format, without forms: read, write, edit, vba."""
