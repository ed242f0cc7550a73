"""What to say on the telephone: situation, background, assessment, recommendation (SBAR)."""

from dataclasses import dataclass

from careteam.domain.now.values import RedFlag
from careteam.domain.pathway.vocabulary import Urgency


@dataclass(frozen=True, slots=True)
class Caller:
    """Who rings. `discipline` is the catalogue's label."""

    name: str
    discipline: str
    telephone: str = ""


def began(since: str) -> str:
    """Return when it began as a sentence without its full stop, or nothing.

    Asked when, people answer "two days ago" as well as "since Sunday"; both have to read well.
    """
    words = since.strip().rstrip(".")
    if not words:
        return ""
    if words.casefold().startswith("since "):
        return f"It has been so since {words[6:].lstrip()}"
    return f"It began {words}"


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """One step of the call: its SBAR heading and the words to say."""

    heading: str
    words: str


def telephone_script(
    caller: Caller,
    flag: RedFlag | None,
    *,
    seen: str = "",
    since: str = "",
    background: str = "",
    treated: str = "",
    agrees: bool | None = None,
    about: str = "",
) -> tuple[ScriptLine, ...]:
    """Return the script. What is not known stands in square brackets, to be filled in by voice.

    `seen` is what was seen or said, in the caller's words; without it the flag's sign is read.
    `treated` is what the caller did; nothing is claimed for whoever did not say.
    `agrees`: the person agrees to the call, does not (the call is then made for their safety),
    or was not asked yet (None).
    `about` names the person, such as "Hazel Example, born 3 March 1980".
    """
    sign = seen.strip() or (flag.sign if flag else "[what you see, in plain words]")
    return (
        ScriptLine(
            "Situation", f"{_opening(caller)} {_about(agrees, about)} They have: {_end(sign)}"
        ),
        ScriptLine("Situation", f"{began(since) or 'It began [when, and how fast]'}."),
        ScriptLine("Background", _end(background.strip() or _ASK_BACKGROUND)),
        ScriptLine("Assessment", _worry(flag, treated.strip())),
        ScriptLine("Recommendation", _request(flag)),
        ScriptLine("Recommendation", _close(caller)),
        ScriptLine("Read back", "Read the answer back, and write down who said it and when."),
    )


_ASK_BACKGROUND = (
    "[two facts that matter: illness, operation or injury; medicines; pregnant or possibly so]"
)


def _opening(caller: Caller) -> str:
    return f"I am {caller.name or '[your name]'}, {caller.discipline or '[what you do]'}."


def _about(agrees: bool | None, about: str) -> str:
    who = f"I am calling about {about or '[name, date of birth]'}"
    if agrees is None:
        return f"{who}. [Ask first: may I call about you?]"
    if agrees:
        return f"{who}, who is with me and agrees to this call."
    return f"{who}, who does not agree to this call; I am calling because of danger to life."


def _worry(flag: RedFlag | None, treated: str) -> str:
    concern = f"this warning sign: {flag.sign}" if flag else "[what worries you]."
    return f"I am worried about {_end(concern)} I cannot diagnose it. {_done(treated)}"


def _done(treated: str) -> str:
    return (
        f"Today I did this: {_end(treated)}" if treated else "Today I [did this, or nothing yet]."
    )


def _request(flag: RedFlag | None) -> str:
    if flag and flag.urgency is Urgency.EMERGENCY:
        return "Please send help now. We are at [address, how to get in]."
    if flag and flag.urgency is Urgency.SAME_DAY:
        return "Please can they be seen today? Where should they go, and at what time?"
    return "Please advise: who should see them, and how soon?"


def _close(caller: Caller) -> str:
    number = caller.telephone or "[your number]"
    return f"What should I tell them, and who calls back by when? My number is {number}."


def _end(words: str) -> str:
    return words if words.endswith((".", "?", "!", "]")) else f"{words}."
