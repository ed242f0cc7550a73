"""Reading the languages that somebody types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.kit.languages import LANGUAGES, language_name, parse_languages


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("English, Polish", ("en", "pl")),
        ("en;pl", ("en", "pl")),
        ("en pl", ("en", "pl")),
        ("EN/de", ("en", "de")),
        ("Deutsch und Englisch", ("de", "en")),
        ("Français et Anglais", ("fr", "en")),
        ("Español y Catalán (nativo)", ("es", "ca")),
        ("Nederlands, Duits en Engels", ("nl", "de", "en")),
        ("English (fluent), basic French", ("en", "fr")),
        ("English, english, EN", ("en",)),
        ("de-CH, pt_BR, zh-Hant", ("de", "pt", "zh")),
        ("Mandarin; Cantonese", ("zh",)),
        ("British Sign Language, BSL", ("bfi",)),
        ("Welsh\nScottish Gaelic\nIrish", ("cy", "gd", "ga")),
        ("العربية, русский", ("ar", "ru")),
        ("", ()),
        (" , ; ", ()),
    ],
)
def test_languages_are_read(text, codes):
    assert parse_languages(text).codes == codes


def test_what_is_not_understood_is_given_back_as_typed():
    read = parse_languages("English, Klingon; Elvish (a bit), Klingon")
    assert read.codes == ("en",)
    assert read.unknown == ("Klingon", "Elvish (a bit)")


def test_table_holds_the_two_letter_codes_and_four_sign_languages():
    assert len(LANGUAGES) == 187
    assert sorted(code for code in LANGUAGES if len(code) == 3) == ["ase", "bfi", "fsl", "gsg"]
    assert language_name("pl") == "Polish"
    assert language_name("xx") == "xx"


def test_every_code_and_english_name_reads_as_itself():
    # The Nordic and Chinese families share names; the first to claim one keeps it.
    for code, name in LANGUAGES.items():
        assert parse_languages(code).codes == (code,)
        if code != "tw":
            assert parse_languages(name).codes == (code,)


@given(st.text())
def test_no_text_breaks_the_reading(text):
    read = parse_languages(text)
    assert all(code in LANGUAGES for code in read.codes)
