"""The forms of a page, as a browser would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

NOT_SENT = {"submit", "button", "reset", "image"}


@dataclass(frozen=True, slots=True)
class Control:
    """One thing of a form that is sent. `options` are the choices the page offers."""

    name: str
    kind: str
    value: str = ""
    options: tuple[str, ...] = ()


@dataclass
class PageForm:
    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    @property
    def filled(self) -> dict[str, list[str]]:
        """What would be sent if nobody typed anything."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            sent.setdefault(control.name, []).append(control.value)
        return sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.by_id: dict[str, PageForm] = {}
        self.inside: PageForm | None = None
        self.select: tuple[PageForm, dict[str, str | None], list[tuple[str, bool]]] | None = None
        self.area: tuple[PageForm, str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = PageForm(
                given.get("action") or "", (given.get("method") or "get").lower()
            )
            self.forms.append(self.inside)
            self.by_id[given.get("id") or ""] = self.inside
            return
        form = self.by_id.get(given.get("form") or "\0", self.inside)
        name = given.get("name")
        if tag == "option" and self.select:
            self.select[2].append((given.get("value") or "", "selected" in given))
        if form is None or not name:
            return
        if tag == "select":
            self.select = (form, given, [])
        elif tag == "textarea":
            self.area = (form, name, [])
        elif tag == "input" or (tag == "button" and given.get("value")):
            self._input(form, name, given, tag)

    def _input(self, form: PageForm, name: str, given: dict[str, str | None], tag: str) -> None:
        kind = (given.get("type") or "text").lower() if tag == "input" else "hidden"
        value = given.get("value") or ""
        if kind in NOT_SENT:
            kind = "hidden"
        if kind in ("radio", "checkbox") and "checked" not in given:
            others = [each for each in form.controls if each.name == name]
            if kind == "checkbox" or others:
                form.controls = [
                    Control(c.name, c.kind, c.value, (*c.options, value)) if c.name == name else c
                    for c in form.controls
                ]
                if not others:
                    form.controls.append(Control(name, kind, value, (value,)))
                return
        form.controls.append(Control(name, kind, value, (value,)))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.area[2].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "textarea" and self.area:
            form, name, parts = self.area
            form.controls.append(Control(name, "textarea", "".join(parts).strip()))
            self.area = None
        elif tag == "select" and self.select:
            form, given, options = self.select
            values = tuple(value for value, _ in options)
            chosen = next((value for value, on in options if on), values[0] if values else "")
            form.controls.append(Control(given["name"] or "", "select", chosen, values))
            self.select = None


def forms_of(html: str) -> list[PageForm]:
    """Every form of the page. A box that is not ticked is sent as if it were."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
