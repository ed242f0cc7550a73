"""what whoever keeps the record has seen"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

UNSEEN = sa.text("seen_at IS NULL")


def upgrade() -> None:
    for table, column in (
        ("attachments", "referral_id"),
        ("measurements", "client_id"),
        ("precautions", "client_id"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column("seen_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True)
            )
            batch_op.create_index(
                f"ix_{table}_new_by_{column}",
                [column],
                unique=False,
                sqlite_where=UNSEEN,
                postgresql_where=UNSEEN,
            )
        # What was there before raises nothing now.
        op.execute(f"UPDATE {table} SET seen_at = created_at")


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
