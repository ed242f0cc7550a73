"""Numbers as people type them."""

from __future__ import annotations

from typing import Any

from wtforms import FloatField


class Number(FloatField):
    """A number as people type it, with a comma too."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = [str(value).strip().replace(",", ".") for value in valuelist]
        try:
            super().process_formdata(typed)
        except ValueError:
            raise ValueError("Give a number, such as 3.") from None
