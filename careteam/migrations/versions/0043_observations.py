"""dated facts about how somebody works in public"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = careteam.kit.db.UTCInstant(timezone=True)
    op.create_table(
        "observations",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("last_post_on", sa.Date(), nullable=True),
        sa.Column("answers_public", sa.String(), nullable=True),
        sa.Column("is_helpful", sa.String(), nullable=True),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("shared_at", instant, nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("is_contested", sa.Boolean(), nullable=False),
        sa.Column("said_at", instant, nullable=True),
        sa.Column("removed_at", instant, nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.CheckConstraint("author_id <> practitioner_id", name=op.f("ck_observations_two_people")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_observations_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioners.id"], name=op.f("fk_observations_practitioner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
    )
    with op.batch_alter_table("observations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observations_author_id"), ["author_id"])
        batch_op.create_index(batch_op.f("ix_observations_practitioner_id"), ["practitioner_id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
