"""Lay words made comparable: stems, ways of saying "cannot", one mistyped letter."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_LONGEST = 2000
# Ways of saying the same, rewritten before words are compared. Order matters.
_SAME = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), word)
    for pattern, word in (
        (
            r"can t|cant|can not|cannot|could not|couldn t|couldnt|unable to|not able to|"
            r"struggl\w* to|trouble|difficulty|hard to|problems? with",
            "cant",
        ),
        (r"won t|wont|will not|doesn t|doesnt|does not|not|isn t|isnt|hasn t|hasnt", "not"),
        (r"pass(?:ing)? (?:urine|water)|wee|weeing|urin\w*|peeing|piss\w*|wees", "pee"),
        (r"pooing|poop\w*|pass(?:ing)? stools?|bowel movement|stools?|poos|bowels?", "poo"),
        (r"mak\w+ (?:her|him|my|them)sel\w+ (?:be )?sick", "purging"),
        (r"throw\w* up|being sick|threw up|thrown up|been sick|keeps? being sick", "vomit"),
        (r"black(?:ed|ing|s)? out|pass(?:ed|ing|es)? out|keel\w* over|collapse\w*", "faint"),
        (r"short of breath|out of breath|gasping|breathless\w*|shortness of breath", "breathless"),
        (r"pins and needles|tingl\w*|no feeling|lost feeling|no sensation", "numb"),
        (r"tummy|stomach|abdom\w*|bell(?:y|ies)", "belly"),
        (
            r"down there|between (?:(?:the|her|his|my|their|your) )?legs|groin and genitals",
            "saddle",
        ),
        (r"genital\w*|private parts?|privates|back passage|perine\w*", "saddle"),
        (r"high temperature|temperature|feverish|pyrexia|burning up", "fever"),
        (r"heart attack", "chest pain"),
        (r"dizz\w*|giddy|giddiness|vertigo|light ?headed\w*|woozy", "dizzy"),
        (r"migraine", "migraine headache"),
        (r"head ?ache?s?|headach\w*|sore head|head hurts|head pain|thunderclap", "headache"),
        (r"hurts?|hurting|aches?|aching|sore|painful|pains|agony", "pain"),
        (
            r"self harm\w*|(?:harm\w*|cutting) (?:her|him|my|them)sel\w+",
            "selfharm",
        ),
        (r"bumps?|lumps?|nodules?", "lump"),
        (r"gave birth|after birth|postnatal|post natal|postpartum|newborn", "postnatal"),
        (r"expecting|pregnan\w*", "pregnant"),
    )
)
# Words that carry no sign by themselves.
_IDLE = frozenset(
    "a an the and or of to in on at with is are was were be been has have had her his my their she"
    " he they it its i you we that this there since for from by as so very really just some any"
    " feels feel feeling got get gets getting says said think thinks like also when after before"
    " client patient woman man person today now days day week weeks all one more than who what"
    " do does did says me him them about too quite bit little into out up other side"
    " cant not no".split()
)


@lru_cache(maxsize=1024)
def plain_words(said: str) -> tuple[str, ...]:
    """Return the words of a sentence: lower case, no accents, sayings rewritten, in order."""
    spread = unicodedata.normalize("NFKD", said[:_LONGEST].casefold())
    letters = "".join(letter for letter in spread if not unicodedata.combining(letter))
    sentence = " ".join(_NOT_A_WORD.sub(" ", letters).split())
    for pattern, word in _SAME:
        sentence = pattern.sub(word, sentence)
    return tuple(sentence.split())


def telling_words(said: str) -> tuple[str, ...]:
    """Return the words that can carry a sign."""
    return tuple(word for word in plain_words(said) if word not in _IDLE and len(word) > 1)


def begins(word: str, stem: str) -> bool:
    """Return whether the word has this stem. Stems of up to three letters, and those that are
    marked with "=", stand for the word itself and its plural: "arm" is not in "army"."""
    if stem.startswith("=") or len(stem) <= 3:
        bare = stem.removeprefix("=")
        return word in (bare, bare + "s")
    return word.startswith(stem)


def corrected(words: Iterable[str], vocabulary: frozenset[str]) -> frozenset[str]:
    """Return the words with the nearest known word beside each mistyped one.

    Only words of five letters and more that begin no known stem are looked up; the likeness
    is difflib's ratio, and 0.82 allows about one wrong letter in six.
    """
    found = set()
    for word in words:
        found.add(word)
        if len(word) >= 5 and not any(begins(word, stem) for stem in vocabulary):
            found.update(get_close_matches(word, _long(vocabulary), n=1, cutoff=0.82))
    return frozenset(found)


@lru_cache(maxsize=4)
def _long(vocabulary: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in vocabulary if len(word) >= 5 and word[0] != "="))
