"""A table that somebody brings, understood as practitioners: columns, disciplines, drafts."""

from careteam.domain.importing.columns import (
    ColumnGuess,
    Field,
    guess_columns,
    headings_are_data,
)
from careteam.domain.importing.disciplines import (
    DisciplineReading,
    Unsure,
    discipline_words,
    read_disciplines,
)
from careteam.domain.importing.drafts import read_drafts, read_row, settled
from careteam.domain.importing.nearest import nearest_disciplines
from careteam.domain.importing.values import Draft, Fee, Known, Outcome, Readers

__all__ = [
    "ColumnGuess",
    "DisciplineReading",
    "Draft",
    "Fee",
    "Field",
    "Known",
    "Outcome",
    "Readers",
    "Unsure",
    "discipline_words",
    "guess_columns",
    "headings_are_data",
    "nearest_disciplines",
    "read_disciplines",
    "read_drafts",
    "read_row",
    "settled",
]
