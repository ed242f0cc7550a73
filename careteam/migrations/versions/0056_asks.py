"""asking out for somebody one does not know, and the names that came back"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("discipline", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("asked_where", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_asks_author_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asks")),
    )
    op.create_table(
        "asked_names",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("practitioner_id", sa.Uuid(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ask_id"], ["asks.id"], name=op.f("fk_asked_names_ask_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_asked_names_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioners.id"], name=op.f("fk_asked_names_practitioner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_names")),
    )
    with op.batch_alter_table("asks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asks_author_id"), ["author_id"])
    with op.batch_alter_table("asked_names", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asked_names_ask_id"), ["ask_id"])
        batch_op.create_index(batch_op.f("ix_asked_names_author_id"), ["author_id"])
        batch_op.create_index(batch_op.f("ix_asked_names_practitioner_id"), ["practitioner_id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
