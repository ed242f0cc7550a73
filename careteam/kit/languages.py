"""Languages by ISO 639-1 code, and reading what people type for them.

Sign languages have no two-letter code; the four most likely here carry their ISO 639-3 code.
The source of codes and English names is the ISO 639-1 code table of the Library of Congress.
"""

import re
from dataclasses import dataclass

from careteam.kit.text import folded

_TABLE = """
aa Afar|ab Abkhazian|ae Avestan|af Afrikaans|ak Akan; Twi|am Amharic|an Aragonese|ar Arabic; العربية
as Assamese|av Avaric|ay Aymara|az Azerbaijani; Azeri|ba Bashkir|be Belarusian|bg Bulgarian
bi Bislama|bm Bambara|bn Bengali; Bangla|bo Tibetan|br Breton|bs Bosnian|ca Catalan; Català
ce Chechen|ch Chamorro|co Corsican|cr Cree|cs Czech; Čeština; Tschechisch|cu Church Slavic
cv Chuvash|cy Welsh; Cymraeg|da Danish; Dansk; Dänisch
de German; Deutsch; Allemand; Alemán; Duits; Tedesco|dv Divehi; Maldivian|dz Dzongkha|ee Ewe
el Greek; Ελληνικά; Griechisch; Grec; Griego; Grieks
en English; Englisch; Anglais; Inglés; Engels; Inglese; Angielski|eo Esperanto
es Spanish; Español; Castellano; Spanisch; Espagnol; Spaans; Castilian|et Estonian; Eesti
eu Basque; Euskara|fa Persian; Farsi; Dari; Persisch|ff Fulah; Fula|fi Finnish; Suomi; Finnisch
fj Fijian|fo Faroese|fr French; Français; Französisch; Francés; Frans; Francese|fy Western Frisian
ga Irish; Gaeilge|gd Scottish Gaelic; Gaelic; Gàidhlig|gl Galician; Galego|gn Guarani|gu Gujarati
gv Manx|ha Hausa|he Hebrew; Ivrit; עברית|hi Hindi|ho Hiri Motu|hr Croatian; Hrvatski; Kroatisch
ht Haitian Creole; Haitian|hu Hungarian; Magyar; Ungarisch|hy Armenian|hz Herero|ia Interlingua
id Indonesian; Bahasa Indonesia|ie Interlingue|ig Igbo|ii Sichuan Yi|ik Inupiaq|io Ido
is Icelandic; Íslenska|it Italian; Italiano; Italienisch; Italien; Italiaans|iu Inuktitut
ja Japanese; 日本語; Japanisch; Japonais; Japonés; Japans|jv Javanese|ka Georgian|kg Kongo
ki Kikuyu|kj Kuanyama|kk Kazakh|kl Greenlandic; Kalaallisut|km Khmer; Cambodian|kn Kannada
ko Korean; 한국어|kr Kanuri|ks Kashmiri|ku Kurdish; Kurmanji; Sorani; Kurdisch|kv Komi|kw Cornish
ky Kyrgyz; Kirghiz|la Latin|lb Luxembourgish; Lëtzebuergesch|lg Ganda; Luganda|li Limburgish
ln Lingala|lo Lao|lt Lithuanian; Lietuvių|lu Luba-Katanga|lv Latvian; Latviešu|mg Malagasy
mh Marshallese|mi Māori|mk Macedonian|ml Malayalam|mn Mongolian|mr Marathi|ms Malay|mt Maltese
my Burmese|na Nauru|nb Norwegian Bokmål; Bokmål|nd North Ndebele|ne Nepali|ng Ndonga
nl Dutch; Nederlands; Niederländisch; Néerlandais; Neerlandés; Holandés; Flemish; Vlaams
nn Norwegian Nynorsk; Nynorsk|no Norwegian; Norsk; Norwegisch|nr South Ndebele|nv Navajo
ny Chichewa; Nyanja|oc Occitan|oj Ojibwa|om Oromo|or Odia; Oriya|os Ossetian|pa Punjabi; Panjabi
pi Pali|pl Polish; Polski; Polnisch; Polonais; Polaco; Pools|ps Pashto; Pushto
pt Portuguese; Português; Portugiesisch; Portugais; Portugués; Portugees; Brazilian Portuguese
qu Quechua|rm Romansh; Rätoromanisch|rn Rundi|ro Romanian; Română; Rumänisch; Roumain; Moldovan
ru Russian; Русский; Russisch; Russe; Ruso|rw Kinyarwanda|sa Sanskrit|sc Sardinian|sd Sindhi
se Northern Sami|sg Sango|si Sinhala; Sinhalese|sk Slovak; Slovenčina; Slowakisch
sl Slovenian; Slovene; Slovenščina|sm Samoan|sn Shona|so Somali|sq Albanian; Shqip; Albanisch
sr Serbian; Srpski; Serbisch|ss Swati|st Southern Sotho; Sotho|su Sundanese
sv Swedish; Svenska; Schwedisch|sw Swahili; Kiswahili|ta Tamil|te Telugu|tg Tajik|th Thai
ti Tigrinya|tk Turkmen|tl Tagalog; Filipino|tn Tswana|to Tongan|tr Turkish; Türkçe; Türkisch; Turc
ts Tsonga|tt Tatar|tw Twi|ty Tahitian|ug Uyghur|uk Ukrainian; Українська; Ukrainisch|ur Urdu
uz Uzbek|ve Venda|vi Vietnamese|vo Volapük|wa Walloon|wo Wolof|xh Xhosa|yi Yiddish|yo Yoruba
za Zhuang|zh Chinese; Mandarin; Cantonese; 中文; Chinesisch; Chinois; Chino; Chinees|zu Zulu
bfi British Sign Language; BSL|ase American Sign Language; ASL|gsg German Sign Language; DGS
fsl French Sign Language; LSF
"""

_BETWEEN = re.compile(r"[,;/|&+\n\r\t·•]|\s(?:and|und|et|y|en|e)\s", re.IGNORECASE)
_ASIDE = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_LEVEL = re.compile(
    r"\b(?:fluent|native|basic|some|good|a little|mother tongue|fliessend|muttersprache)\b|[.:*]"
)
_REGION = re.compile(r"^([a-z]{2,3})[-_][a-z]{2,4}$")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class ReadLanguages:
    """Codes in the order typed, each once, and the words that were not understood, as typed."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...]


def _entries() -> list[tuple[str, list[str]]]:
    lines = _TABLE.strip().replace("\n", "|").split("|")
    pairs = (line.split(" ", 1) for line in lines)
    return [(code, [name.strip() for name in names.split(";")]) for code, names in pairs]


LANGUAGES: dict[str, str] = {code: names[0] for code, names in _entries()}
"""English name by code."""

# The first language to claim a word keeps it; the codes themselves come before all names.
_BY_WORD = {folded(name): code for code, names in reversed(_entries()) for name in names}
_BY_WORD |= {code: code for code in LANGUAGES}


def language_name(code: str) -> str:
    """Return the English name, or the code itself when it is not in the table."""
    return LANGUAGES.get(code, code)


def parse_languages(text: str) -> ReadLanguages:
    """Read "English, Polish", "en;pl" or "Deutsch und Englisch (fluent)".

    Codes, English names and the names that speakers of the common ones use are understood;
    what stands in brackets and the level are left out.
    """
    codes: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for piece in _BETWEEN.split(text[:_LONGEST]):
        word = _LEVEL.sub(" ", folded(_ASIDE.sub(" ", piece))).strip(" -")
        if not word:
            continue
        known = _codes(word)
        codes |= dict.fromkeys(known)
        if not known:
            unknown[piece.strip()] = None
    return ReadLanguages(tuple(codes), tuple(unknown))


def _codes(words: str) -> list[str]:
    """Return the code of one name, or of several with only blanks between; empty if unknown."""
    for pieces in ([words], words.split()):
        codes = [_BY_WORD.get(word) or _BY_WORD.get(_REGION.sub(r"\1", word)) for word in pieces]
        known = [code for code in codes if code]
        if len(known) == len(codes):
            return known
    return []
