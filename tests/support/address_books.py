"""The same two people in nineteen files, each in the style of a common program. All made up.

Written by hand after what the programs export: properties, headings, encodings, quotation.
"""

from __future__ import annotations

import csv
import io
import quopri
from base64 import b64encode
from collections.abc import Sequence

from openpyxl import Workbook

FIRST, LAST = "Ída", "Exämple-Müller"
NAME = f"{FIRST} {LAST}"
TITLE, PRACTICE, TOWN = "Physiotherapist", "Quay Rooms", "Bath"
WORK, MOBILE = "0117 496 0101", "07700 900101"
EMAIL, SECOND = "ida@example.org", "ida.private@example.com"
WEB = "https://ida.example.org"
NOTE = 'Mornings, not Fridays\nRing "twice"; then wait'
OTHER, OTHER_TITLE, OTHER_PHONE = "Otto Sample", "Dietitian", "+49 30 901820"
PICTURE = b64encode(bytes(range(200))).decode()


def _escaped(text: str) -> str:
    for plain, written in (("\\", "\\\\"), ("\n", "\\n"), (",", "\\,"), (";", "\\;")):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> str:
    """A line of at most 75 octets, continued after a blank, never within a character."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > 74:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join((*pieces, piece))


def _card(version: str, lines: Sequence[str], other: Sequence[str]) -> bytes:
    """Two cards, with the line ends of the standard."""
    cards: list[str] = []
    for body in (lines, other):
        whole = ("BEGIN:VCARD", f"VERSION:{version}", *body, "END:VCARD")
        cards += map(_folded, whole)
    return ("\r\n".join(cards) + "\r\n").encode()


def _otto(*more: str) -> tuple[str, ...]:
    return ("N:Sample;Otto;;;", f"FN:{OTHER}", f"TITLE:{OTHER_TITLE}", *more)


def _quoted(text: str, charset: str = "utf-8") -> str:
    """Quoted-printable as phones write it, one line."""
    written = quopri.encodestring(text.replace("\n", "\r\n").encode(charset), header=False)
    return written.decode().replace("=\n", "").replace("\r\n", "=0D=0A").replace("\n", "=0A")


def _phone_21(*properties: str) -> bytes:
    """vCard 2.1 of a phone: soft line breaks, a picture whose lines are indented, no escapes."""
    body = "\r\n".join(properties)
    other = "\r\n".join(_otto(f"TEL;CELL:{OTHER_PHONE}"))
    text = "".join(
        f"BEGIN:VCARD\r\nVERSION:2.1\r\n{each}\r\nEND:VCARD\r\n" for each in (body, other)
    )
    return text.encode()


QP = "CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE"
ADDRESS = f"{_escaped('2 Quay, left')};{TOWN};;BA1 1AA;United Kingdom"


def _cards() -> dict[str, bytes]:
    names = (f"N:{LAST};{FIRST};;;", f"FN:{NAME}")
    note, web = f"NOTE:{_escaped(NOTE)}", f"URL:{WEB}"
    otto = _otto(f"TEL;TYPE=CELL:{OTHER_PHONE}")
    return {
        "iphone.vcf": _card("3.0", (
            "PRODID:-//Apple Inc.//iPhone OS 17.0//EN", *names, f"ORG:{PRACTICE};",
            f"TITLE:{TITLE}", f"EMAIL;type=INTERNET;type=WORK;type=pref:{EMAIL}",
            f"EMAIL;type=INTERNET;type=HOME:{SECOND}", f"TEL;type=WORK;type=VOICE;type=pref:{WORK}",
            f"TEL;type=CELL;type=VOICE:{MOBILE}", f"item1.ADR;type=WORK;type=pref:;;{ADDRESS}",
            "item1.X-ABADR:gb", f"item2.URL;type=pref:{WEB}",
            "item2.X-ABLabel:_$!<HomePage>!$_", note, f"PHOTO;ENCODING=b;TYPE=JPEG:{PICTURE}",
        ), otto),
        "apple-contacts.vcf": _card("3.0", (
            "PRODID:-//Apple Inc.//macOS 14.0//EN", *names, f"ORG:{PRACTICE};Feet",
            f"TITLE:{TITLE}", f"EMAIL;type=INTERNET:{EMAIL}", f"EMAIL;type=INTERNET:{SECOND}",
            f"item1.TEL:{WORK}", "item1.X-ABLabel:Reception", f"TEL;type=IPHONE:{MOBILE}",
            f"ADR;type=WORK:;;{ADDRESS}", f"URL;type=WORK:{WEB}", note, "CATEGORIES:Health",
            "X-ABUID:5AD380FD\\:ABPerson",
        ), otto),
        "google.vcf": _card("3.0", (
            *names, f"EMAIL;TYPE=INTERNET;TYPE=WORK:{EMAIL}",
            f"item1.EMAIL;TYPE=INTERNET:{SECOND}", "item1.X-ABLabel:", f"TEL;TYPE=WORK:{WORK}",
            f"TEL;TYPE=CELL:{MOBILE}", f"ADR;TYPE=WORK:;;{ADDRESS}", f"ORG:{PRACTICE}",
            f"TITLE:{TITLE}", f"item2.URL:{WEB.replace(':', chr(92) + ':')}",
            "item2.X-ABLabel:PROFILE", note, "CATEGORIES:myContacts",
            "PHOTO:https://lh3.googleusercontent.com/contacts/none",
        ), otto),
        "android.vcf": _phone_21(
            f"N;{QP}:{_quoted(LAST)};{_quoted(FIRST)};;;",
            f"FN;{QP}:{_quoted(FIRST)}=20=\r\n{_quoted(LAST)}",
            f"TEL;WORK:{WORK}", f"TEL;CELL;PREF:{MOBILE}", f"EMAIL;WORK:{EMAIL}",
            f"EMAIL;HOME:{SECOND}", f"ADR;WORK:;;2 Quay;{TOWN};;BA1 1AA;UK", f"ORG:{PRACTICE}",
            f"TITLE:{TITLE}", f"URL:{WEB}", f"NOTE;{QP}:{_quoted(NOTE)}",
            f"PHOTO;ENCODING=BASE64;JPEG:{PICTURE[:70]}\r\n {PICTURE[70:]}\r\n",
        ),
        "samsung.vcf": _phone_21(
            f"N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{_quoted(LAST)};{_quoted(FIRST)};;;",
            f"FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{_quoted(NAME)}",
            f"TEL;CELL:{MOBILE}", f"TEL;WORK:{WORK}", f"EMAIL;HOME:{SECOND}",
            f"EMAIL;WORK:{EMAIL}", f"ADR;WORK:;;;{TOWN};;;", f"ORG:{PRACTICE};",
            f"TITLE:{TITLE}", f"URL:{WEB}", f"NOTE;{QP}:{_quoted(NOTE)}",
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;;0;;;;;;;;;;;;;",
        ),
        "outlook.vcf": "\r\n".join((
            "BEGIN:VCARD", "VERSION:2.1", f"N;LANGUAGE=en-gb;CHARSET=Windows-1252:{LAST};{FIRST}",
            f"FN;CHARSET=Windows-1252:{NAME}", f"ORG:{PRACTICE}", f"TITLE:{TITLE}",
            f"TEL;WORK;VOICE:{WORK}", f"TEL;CELL;VOICE:{MOBILE}", "TEL;WORK;FAX:0117 496 0199",
            f"ADR;WORK;PREF:;;2 Quay;{TOWN};;BA1 1AA;United Kingdom",
            "LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:2 Quay=0D=0A=", f"{TOWN} BA1 1AA",
            f"URL;WORK:{WEB}", f"EMAIL;PREF;INTERNET:{EMAIL}", f"EMAIL;INTERNET:{SECOND}",
            f"NOTE;ENCODING=QUOTED-PRINTABLE:{_quoted(NOTE, 'cp1252')}",
            "X-MS-OL-DEFAULT-POSTAL-ADDRESS:2", "REV:20260101T120000Z", "END:VCARD",
            "BEGIN:VCARD", "VERSION:2.1", *_otto(f"TEL;WORK;VOICE:{OTHER_PHONE}"), "END:VCARD", "",
        )).encode("cp1252"),
        "thunderbird.vcf": _card("4.0", (
            f"N:{LAST};{FIRST};;;", f"FN:{NAME}", f"TITLE:{TITLE}", f"ORG:{PRACTICE};Feet",
            f"EMAIL;PREF=1;TYPE=work:{EMAIL}", f"EMAIL:{SECOND}",
            f"TEL;VALUE=TEXT;TYPE=work:{WORK}",
            f"TEL;VALUE=TEXT;TYPE=cell:{MOBILE}", f"ADR;TYPE=work:;;{ADDRESS}",
            f"URL;TYPE=work;VALUE=URL:{WEB}", note, "UID:0f5d6f0e-1111-4000-8000-000000000000",
        ), _otto(f"TEL;VALUE=URI:tel:{OTHER_PHONE.replace(' ', '-')}")),
        "nextcloud.vcf": _card("4.0", (
            "PRODID:-//Sabre//Sabre VObject 4.5.4//EN", "UID:22222222", *names, f"ORG:{PRACTICE}",
            f"TITLE:{TITLE}", f"EMAIL;TYPE=WORK:{EMAIL}", f"EMAIL;TYPE=HOME:{SECOND}",
            f"TEL;TYPE=WORK,VOICE:{WORK}", f"TEL;TYPE=CELL:{MOBILE}", f"ADR;TYPE=WORK:;;{ADDRESS}",
            web, note, "REV;VALUE=DATE-AND-OR-TIME:20260101T120000Z",
            f"PHOTO:data:image/png;base64\\,{PICTURE}",
        ), otto),
        "evolution.vcf": _card("3.0", (
            *names, f"X-EVOLUTION-FILE-AS:{_escaped(f'{LAST}, {FIRST}')}", f"ORG:{PRACTICE};;",
            f"TITLE:{TITLE}", f'EMAIL;TYPE=WORK;X-EVOLUTION-UI-SLOT=1:{EMAIL}',
            f"EMAIL;TYPE=HOME;X-EVOLUTION-UI-SLOT=2:{SECOND}",
            f'TEL;X-EVOLUTION-UI-SLOT=1;TYPE="WORK,VOICE":{WORK}',
            f"TEL;X-EVOLUTION-UI-SLOT=2;TYPE=CELL:{MOBILE}",
            f"ADR;TYPE=WORK:;;{ADDRESS}", f"LABEL;TYPE=WORK:2 Quay\\n{TOWN}", web, note,
            "X-MOZILLA-HTML:FALSE",
        ), otto),
        "kaddressbook.vcf": _card("3.0", (
            f"ADR;TYPE=work:;;{ADDRESS}", f"EMAIL;TYPE=PREF:{EMAIL}", f"EMAIL:{SECOND}",
            f"FN:{NAME}", f"N:{LAST};{FIRST};;;", note, f"ORG:{PRACTICE}",
            f"TEL;TYPE=WORK:{WORK}", f"TEL;TYPE=CELL:{MOBILE}", f"TITLE:{TITLE}",
            "UID:9dXsy", f"URL:{WEB}", "X-KADDRESSBOOK-BlogFeed:", "VERSION:3.0",
        ), otto),
    }  # fmt: skip


def _table(rows: Sequence[Sequence[str]], separator: str, *, all_quoted: bool) -> str:
    made = io.StringIO(newline="")
    if all_quoted:
        csv.writer(made, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    else:
        csv.writer(made, delimiter=separator).writerows(rows)
    return made.getvalue()


def _like(headings: Sequence[str], row: dict[str, str], other: dict[str, str]) -> list[list[str]]:
    """Both rows as wide as the headings, empty where nothing is said."""
    return [[said.get(heading, "") for heading in headings] for said in (row, other)]


def _tables() -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    for name, headings, row, other, encoding in _PROGRAMS:
        separator = "\t" if name.endswith(".txt") else ";" if "semicolons" in name else ","
        table = _table(
            (headings, *_like(headings, row, other)), separator, all_quoted="outlook" in name
        )
        made[name] = table.encode(encoding)
    book = Workbook()
    for line in (_PLAIN, *_like(_PLAIN, _plain(), _plain_other())):
        book.active.append([int(c) if c == "1" else c or None for c in line])
    book.create_sheet("Old")
    data = io.BytesIO()
    book.save(data)
    made["excel.xlsx"] = data.getvalue()
    return made


_GOOGLE_OLD = (
    "Name", "Given Name", "Additional Name", "Family Name", "Yomi Name", "Name Prefix", "Notes",
    "Group Membership", "E-mail 1 - Type", "E-mail 1 - Value", "E-mail 2 - Type",
    "E-mail 2 - Value", "Phone 1 - Type", "Phone 1 - Value", "Phone 2 - Type", "Phone 2 - Value",
    "Address 1 - Type", "Address 1 - Formatted", "Address 1 - City", "Organization 1 - Type",
    "Organization 1 - Name", "Organization 1 - Title", "Website 1 - Type", "Website 1 - Value",
)  # fmt: skip
_GOOGLE = (
    "First Name", "Middle Name", "Last Name", "Phonetic First Name", "Nickname", "File As",
    "Organization Name", "Organization Title", "Organization Department", "Birthday", "Notes",
    "Photo", "Labels", "E-mail 1 - Label", "E-mail 1 - Value", "E-mail 2 - Label",
    "E-mail 2 - Value", "Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Label",
    "Phone 2 - Value", "Address 1 - Label", "Address 1 - City", "Website 1 - Label",
    "Website 1 - Value",
)  # fmt: skip
_OUTLOOK = (
    "Title", "First Name", "Middle Name", "Last Name", "Suffix", "Company", "Department",
    "Job Title", "Business Street", "Business City", "Business Postal Code", "Home City",
    "Business Fax", "Business Phone", "Home Phone", "Mobile Phone", "E-mail Address",
    "E-mail 2 Address", "Gender", "Notes", "Web Page",
)  # fmt: skip
_OUTLOOK_DE = (
    "Anrede", "Vorname", "Weitere Vornamen", "Nachname", "Suffix", "Firma", "Abteilung", "Position",
    "Straße geschäftlich", "Ort geschäftlich", "Postleitzahl geschäftlich", "Fax geschäftlich",
    "Telefon geschäftlich", "Telefon (privat)", "Mobiltelefon", "E-Mail-Adresse",
    "E-Mail 2: Adresse", "Notizen", "Webseite",
)  # fmt: skip
_THUNDERBIRD = (
    "First Name", "Last Name", "Display Name", "Nickname", "Primary Email", "Secondary Email",
    "Screen Name", "Work Phone", "Home Phone", "Fax Number", "Pager Number", "Mobile Number",
    "Home City", "Work Address", "Work City", "Work ZipCode", "Job Title", "Department",
    "Organization", "Web Page 1", "Web Page 2", "Birth Year", "Custom 1", "Notes",
)  # fmt: skip
_YAHOO = (
    "First", "Middle", "Last", "Nickname", "Email", "Category", "Home", "Work", "Pager", "Fax",
    "Mobile", "Alternate Email 1", "Personal Website", "Business Website", "Title", "Company",
    "Work Address", "Work City", "Comments",
)  # fmt: skip
_PLAIN = (
    "Name", "Discipline", "Practice", "Town", "Telephone", "Mobile", "E-mail", "E-mail 2",
    "Website", "Notes",
)  # fmt: skip


def _plain() -> dict[str, str]:
    values = (NAME, TITLE, PRACTICE, TOWN, WORK, MOBILE, EMAIL, SECOND, WEB, NOTE)
    return dict(zip(_PLAIN, values, strict=True))


def _plain_other() -> dict[str, str]:
    return {"Name": OTHER, "Discipline": OTHER_TITLE, "Telephone": OTHER_PHONE}


_PROGRAMS: tuple[tuple[str, tuple[str, ...], dict[str, str], dict[str, str], str], ...] = (
    ("google-old.csv", _GOOGLE_OLD, {
        "Name": NAME, "Given Name": FIRST, "Family Name": LAST, "Notes": NOTE,
        "Group Membership": "* myContacts", "E-mail 1 - Type": "* Work", "E-mail 1 - Value": EMAIL,
        "E-mail 2 - Type": "Home", "E-mail 2 - Value": SECOND, "Phone 1 - Type": "Work",
        "Phone 1 - Value": WORK, "Phone 2 - Type": "Mobile", "Phone 2 - Value": MOBILE,
        "Address 1 - City": TOWN, "Organization 1 - Name": PRACTICE,
        "Organization 1 - Title": TITLE, "Website 1 - Type": "Work", "Website 1 - Value": WEB,
    }, {
        "Name": OTHER, "Given Name": "Otto", "Family Name": "Sample",
        "Phone 1 - Value": OTHER_PHONE, "Organization 1 - Title": OTHER_TITLE,
    }, "utf-8"),
    ("google.csv", _GOOGLE, {
        "First Name": FIRST, "Last Name": LAST, "Organization Name": PRACTICE,
        "Organization Title": TITLE, "Notes": NOTE, "Labels": "* myContacts",
        "E-mail 1 - Label": "* Work", "E-mail 1 - Value": EMAIL, "E-mail 2 - Value": SECOND,
        "Phone 1 - Label": "Work", "Phone 1 - Value": WORK, "Phone 2 - Value": MOBILE,
        "Address 1 - City": TOWN, "Website 1 - Value": WEB,
    }, {
        "First Name": "Otto", "Last Name": "Sample", "Organization Title": OTHER_TITLE,
        "Phone 1 - Value": OTHER_PHONE,
    }, "utf-8"),
    ("outlook.csv", _OUTLOOK, {
        "Title": "Ms", "First Name": FIRST, "Last Name": LAST, "Company": PRACTICE,
        "Job Title": TITLE, "Business City": TOWN, "Business Fax": "0117 496 0199",
        "Business Phone": WORK, "Mobile Phone": MOBILE, "E-mail Address": EMAIL,
        "E-mail 2 Address": SECOND, "Gender": "Unspecified", "Notes": NOTE, "Web Page": WEB,
    }, {
        "First Name": "Otto", "Last Name": "Sample", "Job Title": OTHER_TITLE,
        "Business Phone": OTHER_PHONE,
    }, "cp1252"),
    ("outlook-german.csv", _OUTLOOK_DE, {
        "Anrede": "Frau", "Vorname": FIRST, "Nachname": LAST, "Firma": PRACTICE,
        "Position": TITLE, "Ort geschäftlich": TOWN, "Telefon geschäftlich": WORK,
        "Mobiltelefon": MOBILE, "E-Mail-Adresse": EMAIL, "E-Mail 2: Adresse": SECOND,
        "Notizen": NOTE, "Webseite": WEB,
    }, {
        "Vorname": "Otto", "Nachname": "Sample", "Position": OTHER_TITLE,
        "Telefon geschäftlich": OTHER_PHONE,
    }, "cp1252"),
    ("thunderbird.csv", _THUNDERBIRD, {
        "First Name": FIRST, "Last Name": LAST, "Display Name": NAME, "Primary Email": EMAIL,
        "Secondary Email": SECOND, "Work Phone": WORK, "Mobile Number": MOBILE, "Work City": TOWN,
        "Job Title": TITLE, "Organization": PRACTICE, "Web Page 1": WEB, "Notes": NOTE,
    }, {
        "Display Name": OTHER, "Job Title": OTHER_TITLE, "Work Phone": OTHER_PHONE,
    }, "utf-8"),
    ("yahoo.csv", _YAHOO, {
        "First": FIRST, "Last": LAST, "Email": EMAIL, "Work": WORK, "Mobile": MOBILE,
        "Alternate Email 1": SECOND, "Business Website": WEB, "Title": TITLE, "Company": PRACTICE,
        "Work City": TOWN, "Comments": NOTE,
    }, {"First": "Otto", "Last": "Sample", "Title": OTHER_TITLE, "Work": OTHER_PHONE}, "utf-8"),
    ("libreoffice-semicolons.csv", _PLAIN, _plain(), _plain_other(), "utf-8"),
    ("excel-unicode.txt", _PLAIN, _plain(), _plain_other(), "utf-16"),
)  # fmt: skip
BOOKS = _cards() | _tables()
