"""which names were offered for a place on a team, and who chose"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seat_choices",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("chosen_by", sa.String(), nullable=True),
        sa.Column("information_class", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.CheckConstraint(
            "chosen_by IN ('client', 'lead')", name=op.f("ck_seat_choices_chosen_by")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_seat_choices_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["clients.id"],
            name=op.f("fk_seat_choices_client_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_seat_choices_goal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referrals.id"],
            name=op.f("fk_seat_choices_referral_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seats.id"], name=op.f("fk_seat_choices_seat_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_seat_choices")),
    )
    with op.batch_alter_table("seat_choices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_choices_client_id"), ["client_id"])
        batch_op.create_index(batch_op.f("ix_seat_choices_seat_id"), ["seat_id"])

    op.create_table(
        "seat_choice_names",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_seat_choice_names_practitioner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["seat_choices.referral_id"],
            name=op.f("fk_seat_choice_names_referral_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "referral_id", "practitioner_id", name=op.f("pk_seat_choice_names")
        ),
    )
    with op.batch_alter_table("seat_choice_names", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_seat_choice_names_practitioner_id"), ["practitioner_id"]
        )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
