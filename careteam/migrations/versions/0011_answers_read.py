"""answers read"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("first_questions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("reply_read_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True)
        )

    # What was answered before was to be seen on the board, and raises nothing now.
    op.execute("UPDATE first_questions SET reply_read_at = replied_at")


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
