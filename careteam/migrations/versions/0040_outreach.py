"""outreach: a few steps with each of several people and practices"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0040"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("steps", sa.String(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("removed_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_campaigns_author_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaigns_author_id"), ["author_id"])

    op.create_table(
        "campaign_targets",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=True),
        sa.Column("practice", sa.String(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(practitioner_id IS NULL) <> (practice IS NULL)",
            name=op.f("ck_campaign_targets_with_one"),
        ),
        sa.CheckConstraint(
            "author_id <> practitioner_id", name=op.f("ck_campaign_targets_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_targets_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_campaign_targets_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_campaign_targets_practitioner_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_targets")),
        sa.UniqueConstraint(
            "campaign_id",
            "practitioner_id",
            name=op.f("uq_campaign_targets_campaign_id_practitioner_id"),
        ),
    )
    with op.batch_alter_table("campaign_targets", schema=None) as batch_op:
        for column in ("author_id", "campaign_id", "practitioner_id"):
            batch_op.create_index(batch_op.f(f"ix_campaign_targets_{column}"), [column])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
