"""codes of somebody who stands in, and the browsers they let in, know whose place it was"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("link_codes", "link_browsers"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("cover_id", sa.Uuid(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_cover_id"),
                "covers",
                ["cover_id"],
                ["id"],
                ondelete="CASCADE",
            )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
