from careteam.features.directory.catalogue import country, label_of
from careteam.kit.languages import language_name
from careteam.kit.telephones import Telephone, read_telephone
from careteam.web.frame.room import Room

room = Room("directory", __name__)


@room.app_template_filter("telephone")
def telephone(typed: str | None) -> Telephone:
    """A stored number as people of this country write and dial it."""
    return read_telephone(typed or "", country())


@room.app_template_filter("discipline")
def discipline(id_: str) -> str:
    return label_of(id_)


@room.app_template_filter("language")
def language(code: str) -> str:
    return language_name(code)
