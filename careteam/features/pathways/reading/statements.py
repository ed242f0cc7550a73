"""Red flags, contraindications and claims: statements that rest on sources."""

from careteam.domain.pathway.values import Claim, Contraindication, RedFlag
from careteam.domain.pathway.vocabulary import (
    ContraindicationKind,
    HoldScope,
    Urgency,
    Verdict,
)
from careteam.features.pathways.reading.entry import Entry, unique
from careteam.features.pathways.reading.evidence import Sources, read_evidence


def read_red_flags(file: Entry, sources: Sources) -> dict[str, RedFlag]:
    def read(item: Entry) -> RedFlag:
        item.keys("id sign urgency action hold_manual_therapy basis sources", "system")
        return RedFlag(
            id=item.id(),
            sign=item.text("sign"),
            urgency=item.word("urgency", Urgency),
            action=item.text("action"),
            hold_manual_therapy=item.word("hold_manual_therapy", HoldScope),
            evidence=read_evidence(item, sources),
            system=item.text_or("system"),
        )

    return unique(file, "red_flags", "red flag", read)


def read_contraindications(file: Entry, sources: Sources) -> dict[str, Contraindication]:
    def read(item: Entry) -> Contraindication:
        item.keys("id text kind until basis sources")
        return Contraindication(
            id=item.id(),
            text=item.text("text"),
            kind=item.word("kind", ContraindicationKind),
            until=item.text("until"),
            evidence=read_evidence(item, sources),
        )

    return unique(file, "contraindications", "contraindication", read)


def read_claims(file: Entry, sources: Sources) -> dict[str, Claim]:
    def read(item: Entry) -> Claim:
        item.keys("id claim verdict guidance_says show_to_practitioner basis sources")
        return Claim(
            id=item.id(),
            claim=item.text("claim"),
            verdict=item.word("verdict", Verdict),
            guidance_says=item.text("guidance_says"),
            show_to_practitioner=item.text("show_to_practitioner"),
            evidence=read_evidence(item, sources),
        )

    return unique(file, "claims", "claim", read)
