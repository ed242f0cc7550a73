"""The macros that every page is written with, rendered without an application."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, nodes
from jinja2.runtime import Macro

from careteam.web.system.samples import samples

ROOT = Path(__file__).resolve().parents[2]
VOID_STYLE = re.compile(r"\s(style|on[a-z]+|hx-on[^=]*)=", re.IGNORECASE)


@pytest.fixture(scope="module")
def ui() -> object:
    environment = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    environment.filters["dialled"] = lambda number: f"tel:{number}"
    environment.globals |= {
        "asset": lambda name: f"/static/{name}?v=1",
        "csrf_token": lambda: "form-token",
        "get_flashed_messages": lambda with_categories: [
            ("good", {"text": "Milestone reached.", "undo": "/undo", "fields": {"version": 3}})
        ],
    }
    return environment.get_template("components/ui.html").module


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def with_id(self, wanted: str) -> dict[str, str | None]:
        return next(attrs for _, attrs in self.found if attrs.get("id") == wanted)

    def ids(self) -> set[str | None]:
        return {attrs.get("id") for _, attrs in self.found}


def test_wrong_field_names_its_hint_and_its_error(ui: SimpleNamespace) -> None:
    tags = Tags(ui.field(samples()["wrong_form"].name, hint="As she wants to be called."))
    assert tags.with_id("wrong-name")["aria-describedby"] == "wrong-name-hint wrong-name-error"
    assert tags.with_id("wrong-name")["aria-invalid"] == "true"
    assert {"wrong-name-hint", "wrong-name-error"} <= tags.ids()


@pytest.mark.parametrize(("name", "typed"), [("due_on", "31 Feb"), ("score", "abc")])
def test_unreadable_day_or_number_stays_as_typed(
    ui: SimpleNamespace, name: str, typed: str
) -> None:
    control = Tags(ui.field(samples()["wrong_form"][name])).with_id(f"wrong-{name}")
    assert (control["value"], control["type"]) == (typed, "text")


def test_right_day_keeps_the_picker_of_the_browser(ui: SimpleNamespace) -> None:
    assert Tags(ui.field(samples()["form"].due_on)).with_id("due_on")["type"] == "date"


def test_group_of_choices_is_a_fieldset_with_its_error(ui: SimpleNamespace) -> None:
    tags = Tags(ui.field(samples()["wrong_form"].urgency))
    assert tags.found[0][0] == "fieldset"
    assert tags.found[0][1]["aria-describedby"] == "wrong-urgency-error"
    assert tags.with_id("wrong-urgency-0")["aria-invalid"] == "true"


def test_words_for_attributes_turn_underscores_into_hyphens(ui: SimpleNamespace) -> None:
    assert Tags(ui.field(samples()["form"].name, hx_get="/x")).with_id("name")["hx-get"] == "/x"


def test_summary_leads_to_controls_that_exist(ui: SimpleNamespace) -> None:
    wrong = samples()["wrong_form"]
    page = "".join(ui.field(field) for field in wrong)
    targets = [attrs["href"] for tag, attrs in Tags(ui.error_summary(wrong)).found if tag == "a"]
    assert "#wrong-urgency-0" in targets
    assert "#wrong-name" in targets
    assert {str(target)[1:] for target in targets} <= Tags(page).ids()


def test_form_without_errors_has_no_summary(ui: SimpleNamespace) -> None:
    assert ui.error_summary(samples()["form"]).strip() == ""


def test_every_posting_form_carries_the_token(ui: SimpleNamespace) -> None:
    html = "".join(
        [
            ui.form("/x", caller=lambda: ""),
            ui.post_button("Accept", "/x"),
            ui.tick("Sleep", "/x"),
            ui.call_link("Mira Fischer", "01632 960 001", "/x"),
            ui.toasts(),
        ]
    )
    assert html.count("<form") == 5
    assert html.count('name="csrf_token" value="form-token"') == 5


def test_searching_form_carries_no_token(ui: SimpleNamespace) -> None:
    assert "csrf_token" not in ui.form("/x", method="get", caller=lambda: "")


def test_version_and_key_travel_with_the_form(ui: SimpleNamespace) -> None:
    html = ui.form("/x", version=0, new_id="abc", caller=lambda: "")
    assert '<input type="hidden" name="version" value="0">' in html
    assert '<input type="hidden" name="new_id" value="abc">' in html


def test_undo_is_the_inverse_post_with_its_version(ui: SimpleNamespace) -> None:
    html = ui.toasts()
    assert 'action="/undo"' in html
    assert '<input type="hidden" name="version" value="3">' in html


def test_typed_text_is_escaped(ui: SimpleNamespace) -> None:
    html = ui.row("<b>Noor</b>", ui.pill("<i>"), marks=ui.pill("Late", "wait"))
    assert "&lt;b&gt;Noor" in html
    assert '<span class="pill pill-wait">' in html


def test_chart_says_its_numbers_in_words_and_in_a_table(ui: SimpleNamespace) -> None:
    points = [{"value": 21, "x": 0, "on": "8 September"}, {"value": 11, "x": 100, "on": "3 May"}]
    html = ui.line_chart("the scores", points, 0, 27, "From 21 to 11")
    assert 'role="img" aria-label="From 21 to 11"' in html
    assert '<th scope="row">8 September</th>' in html


def test_facade_offers_every_macro_that_the_cheat_sheet_lists(ui: SimpleNamespace) -> None:
    text = (ROOT / "docs" / "screens.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"ui\.([a-z_]+)\(", text))
    assert len(listed) > 30
    assert {name for name in listed if not isinstance(getattr(ui, name, None), Macro)} == set()


@pytest.mark.parametrize("folder", ["layouts", "components", "styleguide", "errors"])
def test_templates_hold_no_inline_style_or_handler(folder: str) -> None:
    pages = sorted((ROOT / "templates" / folder).glob("*.html"))
    assert pages
    assert [page.name for page in pages if VOID_STYLE.search(page.read_text("utf-8"))] == []


def component_calls(source: str) -> Iterator[tuple[str, nodes.Call]]:
    """Every `ui.something(...)` of a template."""
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        match call.node:
            case nodes.Getattr(node=nodes.Name(name="ui"), attr=name):
                yield name, call


def test_templates_call_components_with_arguments_that_they_take(ui):
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for name, call in component_calls(path.read_text()):
            takes = getattr(ui, name)
            unknown = {each.key for each in call.kwargs} - set(takes.arguments)
            fits = takes.catch_kwargs or not unknown
            if not fits or len(call.args) > len(takes.arguments):
                wrong.append(f"{path.relative_to(ROOT)}:{call.lineno} ui.{name}")
    assert wrong == []
