"""clearances"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clearances",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("discipline", sa.String(), nullable=False),
        sa.Column("before_phase", sa.String(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=True),
        sa.Column("given_by_name", sa.String(), nullable=True),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("taken_back_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.Column("information_class", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "way IN ('account', 'link', 'phone', 'letter', 'in_person')",
            name=op.f("ck_clearances_way"),
        ),
        sa.CheckConstraint(
            "(given_by_id IS NULL) <> (given_by_name IS NULL)",
            name=op.f("ck_clearances_given_by"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_clearances_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_clearances_client_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["practitioners.id"], name=op.f("fk_clearances_given_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_clearances_goal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_clearances_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearances")),
    )
    with op.batch_alter_table("clearances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clearances_client_id"), ["client_id"], unique=False)
        batch_op.create_index("ix_clearances_goal_id", ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clearances_seat_id"), ["seat_id"], unique=False)
    op.create_table(
        "clearance_files",
        sa.Column("clearance_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('pdf', 'png', 'jpeg')", name=op.f("ck_clearance_files_kind")),
        sa.ForeignKeyConstraint(
            ["clearance_id"],
            ["clearances.id"],
            name=op.f("fk_clearance_files_clearance_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("clearance_id", name=op.f("pk_clearance_files")),
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
