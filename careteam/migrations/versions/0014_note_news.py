"""note news"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note_news",
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("since_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("told_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("told_since_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_note_news_goal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reader_id", "goal_id", name=op.f("pk_note_news")),
    )
    with op.batch_alter_table("note_news", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_news_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_news_since_at"), ["since_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_news_mail_id"), ["mail_id"], unique=False)
    for table in ("accounts", "links"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column("news_mail", sa.String(), server_default="daily", nullable=False)
            )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
