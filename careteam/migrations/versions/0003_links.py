"""links"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("last_used_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("revoked_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('referral', 'entry', 'client', 'calendar')", name=op.f("ck_links_kind")
        ),
        sa.CheckConstraint(
            "kind <> 'referral' OR (referral_id IS NOT NULL AND practitioner_id IS NOT NULL)",
            name=op.f("ck_links_opens"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_links_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_links_client_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioners.id"], name=op.f("fk_links_practitioner_id")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_links_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.create_index("ix_links_client_id", ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_links_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "link_browsers",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("browser_hash", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("remembered_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.Column("until_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.Column("forgotten_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["links.id"], name=op.f("fk_link_browsers_link_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_browsers")),
        sa.UniqueConstraint(
            "link_id", "browser_hash", name=op.f("uq_link_browsers_link_id_browser_hash")
        ),
    )
    op.create_table(
        "link_codes",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("browser_hash", sa.String(), nullable=True),
        sa.Column("made_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.Column("expires_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.Column("used_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["links.id"], name=op.f("fk_link_codes_link_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_codes")),
    )
    with op.batch_alter_table("link_codes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_link_codes_link_id_expires_at", ["link_id", "expires_at"], unique=False
        )

    op.create_table(
        "link_tokens",
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("made_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["links.id"], name=op.f("fk_link_tokens_link_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_tokens_token_hash")),
    )
    with op.batch_alter_table("link_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_tokens_link_id"), ["link_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
