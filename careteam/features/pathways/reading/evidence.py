"""Bibliographies, and what statements rest on."""

from collections.abc import Mapping

from careteam.domain.pathway.values import Evidence, Source
from careteam.domain.pathway.vocabulary import Basis, Consulted
from careteam.features.pathways.reading.entry import Entry, unique

Sources = Mapping[str, Source]


def read_sources(file: Entry) -> dict[str, Source]:
    return unique(file, "sources", "source", _source)


def read_evidence(item: Entry, sources: Sources) -> Evidence:
    """``basis`` and ``sources`` of an item; a sourced one needs a source that was read."""
    basis = item.word("basis", Basis)
    names = item.known_texts("sources", sources, "source")
    if basis is not Basis.GENERAL and not names:
        item.fail(f'"basis: {basis}" needs a source: name one after "sources:"', "sources")
    read = [name for name in names if sources[name].consulted is not Consulted.NOT_READ]
    if basis is Basis.SOURCED and not read:
        item.fail(
            '"basis: sourced" needs a source that was read: write cited, or name such a source',
            "sources",
        )
    return Evidence(basis, names)


def _source(item: Entry) -> Source:
    item.keys("id title publisher year url consulted", "note")
    url = item.text("url")
    if not url.startswith(("http://", "https://")):
        item.fail("the address has to begin with https:// or http://", "url")
    return Source(
        id=item.id(),
        title=item.text("title"),
        publisher=item.text("publisher"),
        year=item.integer_or_null("year"),
        url=url,
        consulted=item.word("consulted", Consulted),
        note=item.text_or("note"),
    )
