"""whether the community's yearly mail about entries leaves"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    stopped = sa.Column("yearly_mail_stopped_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("communities", stopped)


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
