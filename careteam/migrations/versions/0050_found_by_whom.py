"""what names an entry is found without reading whole tables, so that thousands can be taken back"""

from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

COLUMNS = (
    ("practitioners", "added_by_id"),
    ("referrals", "author_id"),
    ("referral_events", "by_id"),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
