"""first visits, reports and answers told by telephone, beside the referral"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

OF_THE_LAST_ROUND = (
    "FROM referral_events AS event WHERE event.referral_id = referrals.id AND event.number > "
    "(SELECT MAX(sent.number) FROM referral_events AS sent "
    "WHERE sent.referral_id = referrals.id AND sent.action = 'send')"
)


def upgrade() -> None:
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_answer_by_hand", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("first_visit_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("is_reported", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    op.execute(
        "UPDATE referrals SET "
        f"first_visit_at = (SELECT MIN(event.at) {OF_THE_LAST_ROUND} "
        "AND event.action IN ('seen', 'start')), "
        f"is_reported = EXISTS (SELECT 1 {OF_THE_LAST_ROUND} AND event.action = 'report'), "
        f"is_answer_by_hand = EXISTS (SELECT 1 {OF_THE_LAST_ROUND} "
        "AND event.party = 'receiver' AND event.at = referrals.first_response_at "
        "AND event.entered_by IS NOT NULL)"
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
