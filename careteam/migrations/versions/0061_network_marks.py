"""a mark by lot for each state of the network"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mark = sa.Column("mark", sa.String(), nullable=False, server_default="")
    op.add_column("network_versions", mark)
    with op.batch_alter_table("network_versions", schema=None) as batch_op:
        batch_op.alter_column("mark", server_default=None)


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
