"""mail that never arrived"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("chases", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("lost_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True)
        )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
