"""Hand a case over: brief as DOCX, matrix as XLSX and back, tables, redacted copies."""
