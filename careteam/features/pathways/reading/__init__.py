"""From content files to values: every check names the file, the line and the reason."""
