"""who wrote the e-mail address of a client"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("clients", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email_by_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_clients_email_by_id"), "practitioners", ["email_by_id"], ["id"]
        )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
