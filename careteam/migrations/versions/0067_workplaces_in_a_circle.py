"""who works in a circle is found in the index alone"""

from alembic import op

revision = "0067"
down_revision = "0063"
branch_labels = None
depends_on = None

NAME, PLACE = "ix_workplaces_latitude_longitude", ["latitude", "longitude"]


def upgrade() -> None:
    op.drop_index(NAME, table_name="workplaces")
    op.create_index(NAME, "workplaces", [*PLACE, "practitioner_id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
