"""entry links"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(), nullable=True))
        batch_op.create_index("ix_links_practitioner_id_kind", ["practitioner_id", "kind"])
    with op.batch_alter_table("practitioners", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said_by_self_on", sa.Date(), nullable=True))
        for name in ("removal_asked_at", "emptied_at"):
            batch_op.add_column(
                sa.Column(name, careteam.kit.db.UTCInstant(timezone=True), nullable=True)
            )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
