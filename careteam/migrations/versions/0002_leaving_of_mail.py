"""leaving of mail"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANTS = ("claimed_until", "by_hand_at", "discarded_at")


def upgrade() -> None:
    op.create_table(
        "job_runs",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("done_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_runs")),
    )
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("author_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("from_name", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("purpose", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("claim", sa.Uuid(), nullable=True))
        for name in INSTANTS:
            instant = careteam.kit.db.UTCInstant(timezone=True)
            batch_op.add_column(sa.Column(name, instant, nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_outbox_messages_author_id"),
            "practitioners",
            ["author_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_index("ix_outbox_messages_author_id", ["author_id"], unique=False)
        batch_op.create_index("ix_outbox_messages_about_id", ["about_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
