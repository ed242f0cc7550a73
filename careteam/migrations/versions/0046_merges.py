"""two entries that are one person's, made one so that they can be taken apart again"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import careteam.kit.db

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = careteam.kit.db.UTCInstant(timezone=True)
    with op.batch_alter_table("practitioners", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_practitioners_merged_into_id"), ["merged_into_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_practitioners_merged_into_id"),
            "practitioners",
            ["merged_into_id"],
            ["id"],
            ondelete="SET NULL",
        )
    json = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    op.create_table(
        "merges",
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("gone_id", sa.Uuid(), nullable=False),
        sa.Column("content", json, nullable=False),
        sa.Column("undone_at", instant, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_merges_two_entries")),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["practitioners.id"], name=op.f("fk_merges_kept_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["gone_id"], ["practitioners.id"], name=op.f("fk_merges_gone_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    with op.batch_alter_table("merges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merges_kept_id"), ["kept_id"])
        batch_op.create_index(batch_op.f("ix_merges_gone_id"), ["gone_id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
