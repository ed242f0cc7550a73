"""how far a long import is, and who was told apart"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0052"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = careteam.kit.db.UTCInstant(timezone=True)
    with op.batch_alter_table("import_drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_at", instant, nullable=True))
        batch_op.add_column(sa.Column("working_since", instant, nullable=True))
        batch_op.add_column(sa.Column("percent", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("failed_at", instant, nullable=True))
    with op.batch_alter_table("import_drafts", schema=None) as batch_op:
        batch_op.alter_column("percent", server_default=None)
    op.create_table(
        "told_apart",
        sa.Column("one_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["one_id"],
            ["practitioners.id"],
            name=op.f("fk_told_apart_one_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["practitioners.id"],
            name=op.f("fk_told_apart_other_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_told_apart")),
    )
    op.create_index(op.f("ix_told_apart_other_id"), "told_apart", ["other_id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
