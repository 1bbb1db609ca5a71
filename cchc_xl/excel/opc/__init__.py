"""Open Packaging Conventions (ECMA-376, part 2): zip container and XML parts of .xlsx and .docx."""
