"""chasing"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chase_defaults",
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=True),
        sa.Column("tell_days", sa.Integer(), nullable=True),
        sa.Column("propose_days", sa.Integer(), nullable=True),
        sa.Column("expire_days", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("urgency", name=op.f("pk_chase_defaults")),
    )
    op.create_table(
        "chase_pauses",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.Column("until_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referrals.id"],
            name=op.f("fk_chase_pauses_referral_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chase_pauses")),
    )
    with op.batch_alter_table("chase_pauses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_chase_pauses_referral_id"), ["referral_id"], unique=False
        )

    op.create_table(
        "chase_policies",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("may_mail", sa.Boolean(), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=True),
        sa.Column("tell_days", sa.Integer(), nullable=True),
        sa.Column("propose_days", sa.Integer(), nullable=True),
        sa.Column("expire_days", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referrals.id"],
            name=op.f("fk_chase_policies_referral_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_chase_policies")),
    )
    op.create_table(
        "chases",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("tell_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("propose_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("told_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("unreachable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referrals.id"],
            name=op.f("fk_chases_referral_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_chases")),
    )
    with op.batch_alter_table("chases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chases_due_at"), ["due_at"], unique=False)

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("wants_monday_mail", sa.Boolean(), server_default=sa.true(), nullable=False)
        )

    # What is waited for already gets its plan from the worker.
    op.execute(
        "INSERT INTO chases (referral_id, due_at, unreachable) SELECT id, sent_at, false "
        "FROM referrals WHERE NOT is_past AND status IN "
        "('sent', 'acknowledged', 'needs_information', 'on_hold')"
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
