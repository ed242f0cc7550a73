"""Cells that a spreadsheet would take for a formula.

A cell that begins with one of these characters is calculated when the file is opened, and a
formula can send data away or start programs. A leading apostrophe makes it text; this follows
the advice of OWASP on CSV injection.
"""

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def guard_cell(value: str) -> str:
    """Return the text made safe for a cell of a CSV or XLSX file."""
    starts = value.startswith(_STARTS) or value.lstrip().startswith(_STARTS)
    return f"'{value}" if starts else value


def unguard_cell(value: str) -> str:
    """Return the text that `guard_cell` was given, so that an export reads back unchanged."""
    if value.startswith("'") and guard_cell(value[1:]) != value[1:]:
        return value[1:]
    return value
