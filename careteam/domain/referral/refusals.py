"""A refusal with a sentence for the person, and broken histories."""

from datetime import UTC, datetime, tzinfo

from careteam.domain.referral.labels import ACTIONS
from careteam.domain.referral.values import Event
from careteam.domain.wording import instant_words


class Refused(Exception):
    """An action that cannot be made.

    `field` names the form field that is missing or wrong. `first` is the event that came before,
    when somebody else was quicker. `when` is an instant that `text` names as "{when}". The times of
    both are told by `sentence(zone)` on that zone's clock.
    """

    def __init__(
        self,
        text: str = "",
        *,
        field: str | None = None,
        first: Event | None = None,
        when: datetime | None = None,
    ):
        self.text = text
        self.field = field
        self.first = first
        self.when = when
        super().__init__(self.sentence())

    def sentence(self, zone: tzinfo = UTC) -> str:
        """What the screen says."""
        if self.when is not None:
            return self.text.format(when=instant_words(self.when, zone))
        if self.first is None:
            return self.text
        when = instant_words(self.first.at, zone)
        said = f"{self.first.by} already {ACTIONS[self.first.action].past} on {when}"
        return f"{said}, as {self.first.entered_by} wrote down" if self.first.entered_by else said


class BrokenHistory(ValueError):
    """Stored events that the table does not allow: a gap, a repeat or an impossible move."""
