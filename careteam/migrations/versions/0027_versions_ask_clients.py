"""which versions wait for the client's answer"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plan_versions", schema=None) as batch_op:
        # Of what was published before, whoever keeps the record has told the client.
        batch_op.add_column(
            sa.Column("asks_client", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_index("ix_plan_versions_published_at", ["published_at"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
