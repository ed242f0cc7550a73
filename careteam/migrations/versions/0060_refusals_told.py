"""to whom a client said no by themself and the lead has not looked at"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    told = sa.Column("untold_since", sa.DateTime(timezone=True), nullable=True)
    op.add_column("refusals", told)


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
