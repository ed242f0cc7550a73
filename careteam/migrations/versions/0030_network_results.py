"""the network's version, and what is worked out of the whole of it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import careteam.kit.db

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    versions = op.create_table(
        "network_versions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_network_versions_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_versions")),
    )
    # What is there already counts as one change, so that it is worked out once.
    op.bulk_insert(versions, [{"id": 1, "number": 1}])
    value = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "network_results",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("computed_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("value", value, nullable=True),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.Column("took_seconds", sa.Double(), nullable=False),
        sa.Column("working_since", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_network_results")),
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
