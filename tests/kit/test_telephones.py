"""Telephone numbers in the forms that people write. All are reserved for fiction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.kit.telephones import read_telephone


@pytest.mark.parametrize(
    ("typed", "country", "e164", "display", "href"),
    [
        ("01632 960123", "GB", "+441632960123", "01632 960123", "tel:+44-1632-960123"),
        ("+44 (0)1632 960123", "GB", "+441632960123", "01632 960123", "tel:+44-1632-960123"),
        ("07700 900123", "gb", "+447700900123", "07700 900123", "tel:+44-7700-900123"),
        ("7700900123", "GB", "+447700900123", "07700 900123", "tel:+44-7700-900123"),
        ("(202) 555-0123", "US", "+12025550123", "(202) 555-0123", "tel:+1-202-555-0123"),
        ("+1 202 555 0123", "GB", "+12025550123", "+1 202-555-0123", "tel:+1-202-555-0123"),
        (
            "020 7946 0123 ext 12",
            "GB",
            "+442079460123",
            "020 7946 0123 x12",
            "tel:+44-20-7946-0123;ext=12",
        ),
    ],
)
def test_number_is_understood(typed, country, e164, display, href):
    telephone = read_telephone(typed, country)
    assert (telephone.e164, telephone.display, telephone.href) == (e164, display, href)
    assert telephone.is_known


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("", ""),
        ("ask at the desk", ""),
        ("12", ""),
        ("999", "tel:999"),
        ("*21#", ""),
        ("1234567", "tel:1234567"),
        ("+999 123", "tel:+999123"),
    ],
)
def test_unknown_number_stays_as_typed(typed, href):
    telephone = read_telephone(typed)
    assert not telephone.is_known
    assert telephone.display == typed
    assert telephone.href == href


@given(st.text(), st.text(max_size=4))
def test_no_text_breaks_the_reading(typed, country):
    telephone = read_telephone(typed, country)
    assert telephone.e164 == "" or telephone.e164[0] == "+"


@given(st.from_regex(r"\+[1-9][0-9]{5,14}", fullmatch=True))
def test_common_form_reads_as_itself(typed):
    telephone = read_telephone(typed)
    if telephone.is_known:
        assert read_telephone(telephone.e164).e164 == telephone.e164
