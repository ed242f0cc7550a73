"""Adding and opening a file of a referral: the same for members and behind a link."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response
from wtforms import FileField, SelectField
from wtforms.validators import Optional

from careteam.access.actor import Actor
from careteam.features.letters.attaching import (
    ENDINGS,
    LARGEST,
    MEDIA_TYPES,
    attach,
    offered_classes,
    open_attachment,
)
from careteam.features.letters.models import Attachment
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.errors import Conflict, Invalid, TooLarge
from careteam.web.frame.files import brought, taken_away
from careteam.web.frame.forms import Form, choices, line


class FileForm(Form):
    file = FileField("The file")
    label = line("What it is", longest=80)
    information_class = SelectField(
        "What kind of information is in it",
        validators=[Optional()],
        choices=choices([("", "Choose")]),
        validate_choice=False,
    )
    status = 200

    def offer(self, referral: Referral) -> None:
        """What it may be about; without a client there is nothing to choose."""
        classes = offered_classes(referral)
        if not classes:
            del self.information_class
            return
        self.information_class.choices = choices([("", "Choose"), *classes])


def add_file(form: FileForm, actor: Actor, referral: Referral) -> bool:
    """Add what was sent; False where the form or the rules refuse, which the form then says."""
    if not form.validate_on_submit():
        return False
    try:
        if not form.file.data:
            raise Invalid("Choose a file first.", field="file")
        attach(
            actor=actor,
            referral=referral,
            attachment_id=form.new_id,
            data=brought(form.file.data, LARGEST),
            label=form.label.data,
            information_class=form.information_class.data or None,
        )
    except (Invalid, Conflict) as error:
        if isinstance(error, Conflict) and error.field == "id":
            raise
        form.refuse(error)
        if isinstance(error, TooLarge | Conflict):
            form.status = error.status
        return False
    return True


def file_answer(actor: Actor, referral: Referral, attachment_id: UUID) -> Response:
    """The file under a name that says a day and nothing else. Raises `NotFound`."""
    return file_of(*open_attachment(actor, referral, attachment_id))


def file_of(row: Attachment, data: bytes) -> Response:
    """For a file that was reached otherwise: as `file_answer`."""
    day = clock.day_of(row.created_at)
    name = f"file-{day.isoformat()}-{str(row.id)[:4]}{ENDINGS[row.kind]}"
    return taken_away(data, name, MEDIA_TYPES[row.kind])
