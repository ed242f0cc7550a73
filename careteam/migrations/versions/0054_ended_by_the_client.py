"""what a client ended by themself and the lead has not looked at"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("consents", "links"):
        op.add_column(table, sa.Column("untold_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
