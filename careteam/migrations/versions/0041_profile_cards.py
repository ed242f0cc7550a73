"""addresses by which somebody shows their own entry to whoever holds a printed profile"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile_cards",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["practitioners.id"],
            name=op.f("fk_profile_cards_author_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_cards")),
    )
    with op.batch_alter_table("profile_cards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profile_cards_author_id"), ["author_id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
