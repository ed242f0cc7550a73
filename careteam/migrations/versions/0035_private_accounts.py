"""an index of the accounts that keep their ties private"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

PRIVATE = sa.column("keeps_ties_private").is_(True)


def upgrade() -> None:
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_accounts_private",
            ["practitioner_id"],
            unique=False,
            sqlite_where=PRIVATE,
            postgresql_where=PRIVATE,
        )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
