"""Pictures that rest on figures of the whole network, where those are there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from careteam.access.actor import Actor
from careteam.domain.network.picture import Grouping
from careteam.features.network.knowing.naming import group_names
from careteam.features.network.knowing.store import Known, State, known
from careteam.features.network.queries import private_ids


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What islands are made of: `wanted`, or `by` discipline until that is there.

    known: what is kept of it, None where nothing has to be.
    """

    by: Grouping = "discipline"
    wanted: Grouping = "discipline"
    known: Known | None = None
    found: Mapping[str, int] | None = None
    names: Mapping[int, str] | None = None
    places: Mapping[str, tuple[float, float]] | None = None

    @property
    def is_coming(self) -> bool:
        """Whether it is worth looking again in a while."""
        return self.known is not None and self.known.state in (State.WAITING, State.WORKING)


def arranged(actor: Actor, wanted: Grouping) -> Arrangement:
    """Three statements for groups found, two for the layout by ties, none for the others.

    What is kept may be older than somebody's wish to keep their ties private: they stand nowhere.
    """
    if wanted not in ("groups", "ties"):
        return Arrangement(wanted, wanted)
    kept = known(actor, "groups" if wanted == "groups" else "layout")
    if kept.value is None:
        return Arrangement(wanted=wanted, known=kept)
    private = private_ids(actor)
    if wanted == "groups":
        groups = enumerate(kept.value["groups"])
        found = {one: number for number, group in groups for one in group if one not in private}
        names = group_names(actor, kept.value, private)
        return Arrangement(wanted, wanted, kept, found=found, names=names)
    spots = zip(kept.value["x"], kept.value["y"], strict=True)
    standing = zip(kept.value["people"], spots, strict=True)
    places = {one: spot for one, spot in standing if one not in private}
    return Arrangement(wanted, wanted, kept, places=places)
