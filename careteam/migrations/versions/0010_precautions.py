"""precautions"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "precautions",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("shares_why", sa.Boolean(), nullable=False),
        sa.Column("said_by_id", sa.Uuid(), nullable=True),
        sa.Column("said_by_name", sa.String(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("ended_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.Column("information_class", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind IN ('hold', 'caution')", name=op.f("ck_precautions_kind")),
        sa.CheckConstraint(
            "scope IN ('none', 'local', 'limb', 'abdomen', 'all')",
            name=op.f("ck_precautions_scope"),
        ),
        sa.CheckConstraint(
            "(said_by_id IS NULL) <> (said_by_name IS NULL)",
            name=op.f("ck_precautions_said_by"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_precautions_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["clients.id"],
            name=op.f("fk_precautions_client_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["practitioners.id"], name=op.f("fk_precautions_ended_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_precautions_goal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["said_by_id"], ["practitioners.id"], name=op.f("fk_precautions_said_by_id")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_precautions_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_precautions")),
    )
    with op.batch_alter_table("precautions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_precautions_client_id"), ["client_id"], unique=False)
        batch_op.create_index("ix_precautions_goal_id", ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_precautions_seat_id"), ["seat_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
