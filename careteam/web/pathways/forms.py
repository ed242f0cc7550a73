"""Forms about the community's own pathways."""

from __future__ import annotations

from wtforms import FileField
from wtforms.validators import InputRequired

from careteam.features.pathways.operations import LONGEST_TITLE
from careteam.features.pathways.reading.typed import LARGEST
from careteam.web.frame.forms import Form, line, text


class CopyForm(Form):
    title = line("Title of your copy", InputRequired("Give a title."), longest=LONGEST_TITLE)


class SourceForm(Form):
    """A whole pathway as YAML, as a file or as text; the file goes first."""

    file = FileField("A file", render_kw={"accept": ".yaml,.yml,text/yaml"})
    source = text("The text", longest=LARGEST)


class WordsForm(Form):
    title = line("Title", InputRequired("Give a title."), longest=LONGEST_TITLE)
    neutral_title = line("Neutral title", InputRequired("Give a neutral title."))
    summary = text("Summary", InputRequired("Say in a sentence what it is for."), longest=2000)


WORDS = ("title", "neutral_title", "summary")


class PublishForm(Form):
    note = line("What is new", InputRequired("Say in a few words what is new."))
