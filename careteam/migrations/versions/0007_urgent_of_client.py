"""urgent matters of a client"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("urgent_matters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("client_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_urgent_matters_client_id"),
            "clients",
            ["client_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_index("ix_urgent_matters_client_id", ["client_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
