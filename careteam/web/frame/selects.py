"""Lists to choose from, drawn by a template.

The library puts the attributes of each choice together by themselves: for the fifty disciplines of
the directory that took as long as drawing everybody who was found.
"""

from __future__ import annotations

from typing import Any

from flask import get_template_attribute
from wtforms.widgets import Select
from wtforms.widgets.core import html_params

TEMPLATE = "components/select.html"


class DrawnSelect(Select):
    """As the library's own, but that a choice has no attributes of its own."""

    def __call__(self, field: Any, **attributes: Any) -> Any:
        attributes.setdefault("id", field.id)
        if self.multiple:
            attributes["multiple"] = True
        for name in self.validation_attrs:
            if name in field.flags:
                attributes.setdefault(name, getattr(field.flags, name))
        groups = field.iter_groups() if field.has_groups() else [(None, field.iter_choices())]
        draw = get_template_attribute(TEMPLATE, "select")
        return draw(html_params(name=field.name, **attributes), groups)


def drawn(widget: Any) -> Any:
    """Ours in place of the library's list; every other widget as it is."""
    return DrawnSelect(widget.multiple) if type(widget) is Select else widget
