"""The Word format, without forms: reading what a .docx says."""
