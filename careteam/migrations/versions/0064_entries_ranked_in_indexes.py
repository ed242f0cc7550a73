"""who practises a discipline, and how near, is found in indexes alone"""

from alembic import op

revision = "0064"
down_revision = "0067"
branch_labels = None
depends_on = None

CHANGES = (
    ("practitioner_disciplines", ["discipline"], ["discipline", "practitioner_id"]),
    ("workplaces", ["practitioner_id"], ["practitioner_id", "latitude", "longitude"]),
)


def upgrade() -> None:
    for table, before, now in CHANGES:
        op.create_index("_".join(["ix", table, *now]), table, now)
        op.drop_index("_".join(["ix", table, *before]), table_name=table)


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
