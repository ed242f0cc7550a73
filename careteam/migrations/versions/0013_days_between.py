"""days between milestones"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("milestone_dependencies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lag_days", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_check_constraint(
            op.f("ck_milestone_dependencies_lag_days"), "lag_days >= 0"
        )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
