from careteam.features.directory.catalogue import country, label_of
from careteam.features.directory.models import Practitioner
from careteam.kit.languages import language_name
from careteam.kit.telephones import Telephone, read_telephone
from careteam.web.frame.filters import plural
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


@room.app_template_filter("waits")
def waits(days: int) -> str:
    """2 weeks, 10 days."""
    is_weeks = days >= 14 and days % 7 == 0
    return plural(days // 7, "week") if is_weeks else plural(days, "day")


@room.app_template_filter("where")
def where(entry: Practitioner, km: float | None = None) -> str:
    """Where and how somebody works and how long one waits, in one line of a list."""
    towns: dict[str, str] = {}
    for each in entry.workplaces:
        if each.place:
            towns.setdefault(each.place.casefold(), each.place)
    wait = entry.usual_wait_days
    parts = (
        entry.workplaces[0].practice if entry.workplaces else None,
        ", ".join(towns.values()),
        None if km is None else "same town" if km < 1 else f"{int(km)} km",
        "online" if entry.sees_online else None,
        "home visits" if entry.visits_homes else None,
        None if wait is None else f"usual wait {waits(wait)}" if wait else "no wait",
    )
    return " · ".join(filter(None, parts))
