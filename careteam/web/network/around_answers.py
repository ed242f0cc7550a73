"""Around somebody, in sentences and lines: what hangs on one person, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from careteam.domain.network.figures import FEW
from careteam.features.directory.catalogue import label_of
from careteam.features.network.questions.around import Circle, Hanging, Missing
from careteam.web.frame.filters import plural
from careteam.web.network.tables import Cell, Line, Table, count


def hanging(found: Sequence[Hanging], circle: Circle) -> Table:
    alone = sum(bool(line.through) for line in found)
    return Table(
        f"Everything hangs on one person in {alone} of the {len(found)} disciplines you refer to."
        if len(found) > 1
        else f"You refer to one discipline, and {'everything' if alone else 'not everything'} "
        "hangs on one person.",
        ("Discipline", "Hangs on", ("You send to", "number"), "Most goes to", ""),
        [
            Line(
                (
                    Cell(
                        " and ".join(person.name for person in line.through) or "More than one way",
                        state=("wait", "triangle-alert") if line.through else ("good", "share-2"),
                    ),
                    Cell(plural(line.receivers, "person", "people"), number=True),
                    Cell(
                        line.largest.name,
                        href=url_for("network.person_show", practitioner_id=line.largest.id),
                        small=_share(line),
                    ),
                ),
                title=label_of(line.discipline),
                actions=_somebody_else(line.discipline),
            )
            for line in found
        ],
        (
            ("Hangs on", "Whoever every way from you to anybody of this discipline leads through, "
             "within two steps: without them you would reach nobody."),
            ("Most goes to", "Who receives most of your own referrals to this discipline."),
            ("Refer to each other", "Of all pairs among those you exchange referrals with, how "
             "many are seen to refer to each other: the density of your circle."),
            ("Dependence", "How much of your referrals, both ways, runs through few people or "
             "people who refer to each other: the constraint of Burt (Structural Holes, 1992). "
             "Low is spread over people who do not refer to each other; with one person alone it "
             "is 1, and a small closed circle is above it. It falls with each further person, so "
             "compare it with your own of earlier, not with others."),
        ),
        "Your own ties in full, and ties between others as far as they are shown: from five "
        "referrals on, and none that somebody keeps private. There may be ways you cannot see.",
        "You have not sent a referral yet.",
        figures=_circle(circle),
    )  # fmt: skip


def _circle(circle: Circle) -> tuple[tuple[str, str, str], ...]:
    if circle.density is None or circle.constraint is None:
        return ()
    few = ", few" if circle.people < FEW else ""
    tied = round(circle.density * circle.pairs)
    return (
        (
            "Refer to each other",
            f"{tied} of {plural(circle.pairs, 'pair')}",
            f"among the {circle.people} people around you{few}",
        ),
        ("Dependence", f"{circle.constraint:.2f}", f"0 is spread wide, 1 one person alone{few}"),
    )


def _share(line: Hanging) -> str:
    most, of = round(line.share.share * line.share.of), line.share.of
    few = ", few" if of < FEW else ""
    if most == of:
        return f"all {of} of yours{few}" if of > 1 else "the only one of yours"
    return f"{most} of {of} of yours{few}"


def missing(found: Sequence[Missing]) -> Table:
    lacking = [line for line in found if not line.known and not line.remembered]
    vague = [line for line in found if not line.known and line.remembered]
    only = f" From memory only you know somebody of: {_named(vague)}." if vague else ""
    return Table(
        f"{len(lacking)} of the {plural(len(found), 'discipline')} that your clients' goals ask "
        f"for {'is' if len(lacking) == 1 else 'are'} missing around you"
        f"{': ' + _named(lacking) if lacking else ''}.{only}",
        (
            "Discipline",
            "Around you",
            ("Goals", "number"),
            ("Places open", "number"),
            "In the directory",
            "",
        ),
        [
            Line(
                (
                    _around(line),
                    count(line.wanted.goals),
                    count(line.wanted.open_seats),
                    _in_directory(line),
                ),
                title=label_of(line.wanted.discipline),
                actions=_somebody_else(line.wanted.discipline),
            )
            for line in found
        ],
        (
            ("Around you", "People of this discipline with whom you exchange referrals. Whom you "
             "only noted from memory is said for itself."),
            ("Goals", "Standing goals of clients whom you keep, with a place for this discipline "
             "that is open, asked or filled."),
        ),
        "The teams of your own clients' standing goals, your ties and the directory.",
        "No goal of your clients asks for anybody yet.",
        begin=("To your clients", url_for("clients.client_list"), "users"),
    )  # fmt: skip


def _named(lines: Sequence[Missing]) -> str:
    return ", ".join(label_of(line.wanted.discipline) for line in lines)


def _in_directory(line: Missing) -> Cell:
    there, takes = line.in_directory, f"{line.accepting} said to take new clients"
    if line.is_counted:
        return Cell(plural(there, "other", "others"), small=takes)
    return Cell(f"{there} others or more", small=f"of {there} looked at, {takes}")


def _around(line: Missing) -> Cell:
    memory = f"{line.remembered} more from memory" if line.remembered else ""
    if line.known:
        people = plural(line.known, "person", "people")
        return Cell(people, state=("good", "users"), small=memory)
    if line.remembered:
        people = plural(line.remembered, "person", "people")
        return Cell("From memory only", state=("wait", "history"), small=people)
    return Cell("Nobody", state=("wait", "circle-dashed"))


def _somebody_else(discipline: str) -> tuple[tuple[str, str, str], ...]:
    return (
        ("Find others", url_for("directory.practitioner_list", discipline=discipline), "search"),
        (
            "Introductions",
            url_for("network.introductions_show", discipline=discipline),
            "hand",
        ),
    )
