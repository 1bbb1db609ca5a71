"""vbaProject.bin from the sources in macros/, and what a macro workbook needs besides."""
