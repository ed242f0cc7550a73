"""what whoever keeps the record has seen of clearances"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

UNSEEN = sa.text("seen_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("clearances", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("seen_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True)
        )
        batch_op.create_index(
            "ix_clearances_new_by_client_id",
            ["client_id"],
            unique=False,
            sqlite_where=UNSEEN,
            postgresql_where=UNSEEN,
        )
    # What was there before raises nothing now.
    op.execute("UPDATE clearances SET seen_at = created_at")


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
