"""What kinds of files are read, and how: each becomes one text with what it states about itself."""
