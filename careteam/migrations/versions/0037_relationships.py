"""touches with practitioners and practices, and how often one wishes to be in touch"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "touches",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=True),
        sa.Column("practice", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_done_on", sa.Date(), nullable=True),
        sa.Column("removed_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(practitioner_id IS NULL) <> (practice IS NULL)", name=op.f("ck_touches_with_one")
        ),
        sa.CheckConstraint("author_id <> practitioner_id", name=op.f("ck_touches_two_people")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_touches_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioners.id"], name=op.f("fk_touches_practitioner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touches")),
    )
    with op.batch_alter_table("touches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_touches_practitioner_id"), ["practitioner_id"])
        batch_op.create_index(
            "ix_touches_author_id_practitioner_id", ["author_id", "practitioner_id"]
        )

    op.create_table(
        "tendings",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("every_months", sa.Integer(), nullable=True),
        sa.Column("wished_on", sa.Date(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.CheckConstraint("every_months BETWEEN 1 AND 12", name=op.f("ck_tendings_every_months")),
        sa.CheckConstraint("author_id <> practitioner_id", name=op.f("ck_tendings_two_people")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_tendings_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioners.id"], name=op.f("fk_tendings_practitioner_id")
        ),
        sa.PrimaryKeyConstraint("author_id", "practitioner_id", name=op.f("pk_tendings")),
    )
    with op.batch_alter_table("tendings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tendings_practitioner_id"), ["practitioner_id"])

    op.create_table(
        "group_tendings",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("every_months", sa.Integer(), nullable=False),
        sa.Column("wished_on", sa.Date(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "every_months BETWEEN 1 AND 12", name=op.f("ck_group_tendings_every_months")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_group_tendings_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["standing_teams.id"],
            name=op.f("fk_group_tendings_team_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_group_tendings")),
    )
    with op.batch_alter_table("group_tendings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_tendings_author_id"), ["author_id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
