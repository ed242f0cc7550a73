"""a PIN for the client's own page"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pin_hash", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column("pin_set_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True)
        )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
