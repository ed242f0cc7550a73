"""when a figure of the whole network could last not be worked out"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("network_results", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("failed_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True)
        )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
