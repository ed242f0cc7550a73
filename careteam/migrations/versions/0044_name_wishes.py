"""names kept for a place, or left out, when a team is suggested"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_wishes",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("information_class", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_name_wishes_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["clients.id"],
            name=op.f("fk_name_wishes_client_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_name_wishes_goal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_name_wishes_practitioner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seats.id"], name=op.f("fk_name_wishes_seat_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("goal_id", "practitioner_id", name=op.f("pk_name_wishes")),
        sa.UniqueConstraint("seat_id", name=op.f("uq_name_wishes_seat_id")),
    )
    with op.batch_alter_table("name_wishes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_wishes_client_id"), ["client_id"])
        batch_op.create_index(batch_op.f("ix_name_wishes_practitioner_id"), ["practitioner_id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
