"""The shared catalogue as frozen values: disciplines, factors, measures, urgency, information."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from careteam.domain.pathway.values import (
    Contraindication,
    Evidence,
    Pathway,
    RedFlag,
    Source,
)
from careteam.domain.pathway.vocabulary import (
    AccessLevel,
    Direction,
    LicenceStatus,
    Sensitivity,
    Ship,
    Urgency,
)


@dataclass(frozen=True, slots=True)
class DisciplineGroup:
    """A family of disciplines, in the order of the catalogue."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Discipline:
    """What a practitioner does.

    ``nucc`` is the bare Health Care Provider Taxonomy code or None; ``nucc_is_broader`` marks the
    nearest broader code where no exact one exists.
    """

    id: str
    label: str
    group: str
    regulation_uk: str
    scope: str
    nucc: str | None = None
    nucc_is_broader: bool = False


@dataclass(frozen=True, slots=True)
class Factor:
    """Something a goal depends on, such as sleep or strength."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class ImportantChange:
    """The smallest change worth talking about, in the measure's unit; None where not known."""

    value: float | None
    note: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Licence:
    """What may be shipped of an instrument."""

    status: LicenceStatus
    ship: Ship
    note: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Measure:
    """An outcome scale: range, direction, important change, licence, information class."""

    id: str
    name: str
    unit: str
    minimum: float
    maximum: float
    better: Direction
    information_class: str
    minimal_important_change: ImportantChange
    licence: Licence
    interpretation: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class UrgencyLevel:
    """What an urgency means and how long answers may take; None where no answer is asked."""

    id: Urgency
    label: str
    meaning: str
    act_within: str
    route: str
    fhir_priority: str
    acknowledge_within_hours: int | None
    reply_within_days: int | None
    chase_after_hours: int | None
    plan_effect: str
    basis: str


@dataclass(frozen=True, slots=True)
class InformationClass:
    """A kind of information about a client and how careful one must be with it.

    ``spoken`` names it to the client, in a sentence that is read out.
    """

    id: str
    label: str
    spoken: str
    sensitivity: Sensitivity


@dataclass(frozen=True)
class ViewerGroup:
    """People who see the same by default: information class id to level.

    A restriction narrows what groups see that are not ``clinical``.
    """

    id: str
    label: str
    clinical: bool
    disciplines: tuple[str, ...]
    access: Mapping[str, AccessLevel]
    note: str


@dataclass(frozen=True)
class InformationMatrix:
    """Default access, viewer group by information class; every discipline is in one group."""

    level_meanings: Mapping[AccessLevel, str]
    classes: tuple[InformationClass, ...]
    groups: tuple[ViewerGroup, ...]

    @cached_property
    def class_by_id(self) -> dict[str, InformationClass]:
        return {item.id: item for item in self.classes}

    @cached_property
    def group_by_discipline(self) -> dict[str, ViewerGroup]:
        return {name: group for group in self.groups for name in group.disciplines}


@dataclass(frozen=True)
class Catalogue:
    """Everything the pathways share. Mappings are by id, in the order of the files."""

    groups: Mapping[str, DisciplineGroup]
    disciplines: Mapping[str, Discipline]
    factors: Mapping[str, Factor]
    measures: Mapping[str, Measure]
    urgency_levels: Mapping[Urgency, UrgencyLevel]
    matrix: InformationMatrix
    general_red_flags: tuple[RedFlag, ...]
    shared_red_flags: tuple[RedFlag, ...]
    shared_contraindications: tuple[Contraindication, ...]
    sources: Mapping[str, Source]


@dataclass(frozen=True, eq=False)
class Content:
    """The pathways to choose from by id, and the catalogue they rest on.

    ``kept`` holds every version of the community's own pathways, by id the oldest first.
    """

    pathways: Mapping[str, Pathway]
    catalogue: Catalogue
    kept: Mapping[str, tuple[Pathway, ...]] = field(default_factory=dict)

    def find(self, pathway: str | None, version: str | None) -> Pathway | None:
        """The pathway as it was in this version; where that is not kept, the newest there is."""
        versions = self.kept.get(pathway or "", ())
        newest = self.pathways.get(pathway or "") or next(reversed(versions), None)
        return next((each for each in versions if each.version == version), newest)

    def holds(self, pathway: str, version: str | None) -> bool:
        """Whether this very version is kept."""
        return any(each.version == version for each in self.kept.get(pathway, ()))
