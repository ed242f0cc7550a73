"""Links for people without an account: what each opens, its tokens, and the browsers it knows."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.domain.news import HowOften
from careteam.kit.db import Base, Keyed, Stamped


class Link(Keyed, Stamped, Base):
    """One link, of whatever mails, prints and copies it was handed out by.

    A link of kind referral acts for its receiver (`practitioner_id`) in this one referral; `email`
    is the address it was made for, and where its codes go. One of kind calendar shows the dates of
    its practitioner: those of an account, or with a `referral_id` those of the place behind that
    referral's link, with which it ends; one without a practitioner shows the client's own and ends
    with the link to the client's page. One of kind entry shows its practitioner their own entry, as
    long as `email`, where it was mailed to, is the entry's.
    How long a link lives follows from what it opens; `revoked_at` ends it before, `untold_since` is
    when the client ended it by themself, until the lead has looked at that. `news_mail` is
    how often its holder wants word of notes. `pin_hash` is of the PIN that a client asks their own
    browsers for, since `pin_set_at`. It lists no client data, so its rows note no read.
    """

    __tablename__ = "links"
    READ_PERMISSION: ClassVar[Permission] = Permission.MANAGE_LINK

    kind: Mapped[str]
    practitioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    referral_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("referrals.id", ondelete="CASCADE"), index=True
    )
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    email: Mapped[str | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
    untold_since: Mapped[datetime | None]
    news_mail: Mapped[str] = mapped_column(default=HowOften.DAILY.value)
    pin_hash: Mapped[str | None]
    pin_set_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("kind IN ('referral', 'entry', 'client', 'calendar')", name="kind"),
        CheckConstraint(
            "kind <> 'referral' OR (referral_id IS NOT NULL AND practitioner_id IS NOT NULL)",
            name="opens",
        ),
        Index("ix_links_client_id", "client_id"),
        Index("ix_links_practitioner_id_kind", "practitioner_id", "kind"),
    )


class LinkToken(Keyed, Base):
    """The secret of one mail, print or copy; only its hash is kept. Older ones stay valid."""

    __tablename__ = "link_tokens"

    link_id: Mapped[UUID] = mapped_column(ForeignKey("links.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    made_at: Mapped[datetime]


class LinkCode(Keyed, Base):
    """Six digits that show a browser to be the right person's, once, for ten minutes.

    `browser_hash` is the browser that asked for it; None where the sender reads it out. The digits
    are kept as a keyed hash. `cover_id`: somebody who stands in made it for the client's page.
    """

    __tablename__ = "link_codes"

    link_id: Mapped[UUID] = mapped_column(ForeignKey("links.id", ondelete="CASCADE"))
    code_hash: Mapped[str]
    browser_hash: Mapped[str | None]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    cover_id: Mapped[UUID | None] = mapped_column(ForeignKey("covers.id", ondelete="CASCADE"))

    __table_args__ = (Index("ix_link_codes_link_id_expires_at", "link_id", "expires_at"),)


class LinkBrowser(Keyed, Base):
    """A browser that has shown a code, remembered until `until_at` or until it is forgotten.

    One let in by a code of somebody who stands in (`cover_id`) is remembered no longer than they
    do: whoever reads a code out could have shown it themselves.
    """

    __tablename__ = "link_browsers"

    link_id: Mapped[UUID] = mapped_column(ForeignKey("links.id", ondelete="CASCADE"))
    browser_hash: Mapped[str]
    device: Mapped[str]
    remembered_at: Mapped[datetime]
    until_at: Mapped[datetime]
    forgotten_at: Mapped[datetime | None]
    cover_id: Mapped[UUID | None] = mapped_column(ForeignKey("covers.id", ondelete="CASCADE"))

    __table_args__ = (UniqueConstraint("link_id", "browser_hash"),)
