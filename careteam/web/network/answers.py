"""One's own figures to sentences and lines. Unknown is no nought, few are said to be few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import url_for

from careteam.domain.network.figures import FEW
from careteam.domain.network.periods import Period
from careteam.domain.network.rhythm import Doing
from careteam.features.network.questions.answering import Answerer, Verdict
from careteam.features.network.questions.own import Balance, Pulse, Shift, Shifts
from careteam.kit import clock
from careteam.web.directory.responsiveness import said_hours
from careteam.web.frame.filters import day, plural
from careteam.web.network.saying import balance_words
from careteam.web.network.tables import Cell, Line, Table, count, refer_to, touch_with

OWN = (
    "Your own referrals that left their sender and were not withdrawn, whatever came of them. "
    "People who were taken out of the directory are left out."
)
NOTHING_YET = "You have no counted referrals yet."
COUNTED = ("Counted", "Sent and not withdrawn, or logged as a past referral; never a draft.")


def balance(found: Sequence[Balance], period: Period | None) -> Table:
    sent, received = (
        sum(getattr(line.figures, side) for line in found) for side in ("given", "received")
    )
    to = sum(line.figures.given > 0 for line in found)
    by = sum(line.figures.received > 0 for line in found)
    said = f" ({period.words})" if period else ""
    return Table(
        f"You sent {plural(sent, 'referral')} to {plural(to, 'person', 'people')} and received "
        f"{f'{received} from {by}' if received else 'none'}{said}.",
        ("Practitioner", ("You sent", "number"), ("You received", "number"), "Balance", "Last", ""),
        [
            Line(
                (
                    _accepted(line.figures.given, line.figures.given_accepted),
                    _accepted(line.figures.received, line.figures.received_accepted),
                    Cell(balance_words(line.figures)),
                    Cell(day(line.figures.last_on)),
                ),
                line.person,
                actions=(refer_to(line.person),),
            )
            for line in found
        ],
        (
            COUNTED,
            ("Balance", "Up to a third more in one direction is about even. Below five referrals "
             "nothing is said."),
        ),
        OWN,
        "No referral of yours was counted in this time." if period else NOTHING_YET,
        has_period=True,
    )  # fmt: skip


def _accepted(number: int, accepted: int) -> Cell:
    return Cell(str(number), number=True, small=f"{accepted} accepted" if number else "")


_VERDICTS = {
    Verdict.ANSWERS: ("Answers", ("good", "circle-check")),
    Verdict.HALF: ("Answers about half", ("wait", "circle-minus")),
    Verdict.SELDOM: ("Seldom in time", ("alert", "circle-alert")),
    Verdict.FEW: ("Too few to say", ("open", "circle-help")),
}


def answering(found: Sequence[Answerer]) -> Table:
    verdicts = Counter(line.verdict for line in found)
    answers, half, seldom, few = (verdicts[each] for each in Verdict)
    return Table(
        f"Of the {plural(len(found), 'person', 'people')} you send to, {answers} "
        f"{'answers' if answers == 1 else 'answer'} mostly within three working days, {half} about "
        f"half the time and {seldom} seldom; of {few} too little is known.",
        (
            "Practitioner",
            "In three working days",
            "Half have an answer within",
            ("You sent", "number"),
            ("Answered", "number"),
            ("Said no", "number"),
            ("Waiting", "number"),
            "",
        ),
        [_answerer(line) for line in found],
        (
            ("In three working days", "Of the referrals of everybody to this person, sent three "
             "working days ago or earlier, so many were answered by somebody on their side within "
             "three working days. Mostly is three of four and more, seldom less than half. Below "
             "five nothing is said, since some of them may be of others."),
            ("Half have an answer within", "The median, with those still waiting taken into "
             "account. Not said below five referrals, or where more than half never had one."),
            ("You sent, answered, said no, waiting", "Your own referrals to this person. Past ones "
             "that were logged by hand have no exact times and are left out."),
        ),
        "Referrals to people whom you have sent to yourself.",
        "No referral of yours was sent from here yet. Past ones that were logged, imported or "
        "noted from memory say nothing of how long an answer takes.",
        begin=("Refer a client", url_for("referrals.referral_new"), "send"),
    )  # fmt: skip


def _answerer(line: Answerer) -> Line:
    words, state = _VERDICTS[line.verdict]
    figures = line.figures
    known = f"{figures.in_time} of {figures.counted}" if figures.counted >= FEW else ""
    return Line(
        (
            Cell(words, state=state, small=known),
            Cell(said_hours(figures.median_hours) or "not known"),
            count(line.sent),
            count(line.answered),
            count(line.refused),
            count(line.waiting),
        ),
        line.person,
        actions=(refer_to(line.person),),
    )


_DOING = {
    Doing.STRONG: ("Strong", ("good", "activity")),
    Doing.STEADY: ("Goes on", ("neutral", "minus")),
    Doing.FADING: ("Fading", ("wait", "hourglass")),
    Doing.SILENT: ("Silent", ("alert", "circle-pause")),
    Doing.NEW: ("Too few to say", ("open", "circle-help")),
}


def rhythm(found: Sequence[Pulse]) -> Table:
    doing = Counter(line.rhythm.doing for line in found)
    return Table(
        f"{plural(doing[Doing.STRONG], 'tie')} of yours "
        f"{'is' if doing[Doing.STRONG] == 1 else 'are'} strong, {doing[Doing.FADING]} fading and "
        f"{doing[Doing.SILENT]} silent; {doing[Doing.STEADY]} go on, and of {doing[Doing.NEW]} "
        "there are too few referrals to say.",
        ("Practitioner", "Tie", ("Referrals", "number"), "Usual gap", "Last", ""),
        [_pulse(line) for line in found],
        (
            ("Usual gap", "The median number of days between two referrals, in either direction."),
            ("Silent", "The last is longer ago than 180 days and than three times the usual gap."),
            ("Fading", "Not silent, but longer ago than 90 days and than twice the usual gap."),
            ("Strong", "Neither, with five referrals or more within a year. Goes on: the others."),
            ("Too few to say", "Fewer than three referrals have no rhythm."),
        ),
        OWN,
        NOTHING_YET,
    )


def _pulse(line: Pulse) -> Line:
    words, state = _DOING[line.rhythm.doing]
    is_waning = line.rhythm.doing in (Doing.FADING, Doing.SILENT)
    gap = line.rhythm.gap_days
    return Line(
        (
            Cell(words, state=state),
            count(line.rhythm.count),
            Cell("not known" if gap is None else plural(round(gap), "day")),
            Cell(day(line.rhythm.last_on)),
        ),
        line.person,
        actions=(refer_to(line.person), *((touch_with(line.person),) if is_waning else ())),
    )


def changes(found: Shifts) -> Table:
    before = sum(line.totals[0] for line in found.lines)
    after = sum(line.totals[1] for line in found.lines)
    new = sum(not line.totals[0] for line in found.lines)
    gone = sum(not line.totals[1] for line in found.lines)
    running = " (so far)" if clock.today() < found.after.moved(1).first_day else ""
    return Table(
        f"{plural(before, 'referral')} in {found.before.words} became {after} in "
        f"{found.after.words}{running}. {plural(new, 'person', 'people')} came new into the later "
        f"half-year, and {_gone(gone)}.",
        (
            "Practitioner",
            "Change",
            (found.before.words, "number"),
            (found.after.words + running, "number"),
            "",
        ),
        [_shift(line) for line in found.lines],
        (
            COUNTED,
            ("New, none now", "No referral in either direction in the one half-year, some in the "
             "other. A half-year that is not over yet has had less time."),
        ),
        OWN,
        "There are no referrals of yours in these two half-years.",
    )  # fmt: skip


def _gone(number: int) -> str:
    if not number:
        return "nobody of the earlier one is gone from it"
    return f"{number} of the earlier one had none in it"


def _shift(line: Shift) -> Line:
    before, after = line.totals
    if not before:
        words, state = "New", ("info", "circle-plus")
    elif not after:
        words, state = "None now", ("wait", "circle-minus")
    elif before == after:
        words, state = "As before", ("neutral", "minus")
    else:
        words = f"{abs(after - before)} {'more' if after > before else 'fewer'}"
        state = ("good", "plus") if after > before else ("neutral", "minus")
    return Line(
        (
            Cell(words, state=state),
            Cell(str(before), number=True, small=_sides(line.sent[0], line.received[0])),
            Cell(str(after), number=True, small=_sides(line.sent[1], line.received[1])),
        ),
        line.person,
        actions=(refer_to(line.person),),
    )


def _sides(sent: int, received: int) -> str:
    return f"{sent} sent, {received} received" if sent or received else ""
