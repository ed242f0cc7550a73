"""a client may want no screen"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("clients", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("wants_no_screen", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
