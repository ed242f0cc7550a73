"""first questions"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "first_questions",
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("sent_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.Column("reply", sa.String(), nullable=True),
        sa.Column("word", sa.Text(), nullable=True),
        sa.Column("replied_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("reply_way", sa.String(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.CheckConstraint("sender_id <> receiver_id", name=op.f("ck_first_questions_two_people")),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["practitioners.id"], name=op.f("fk_first_questions_receiver_id")
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["practitioners.id"], name=op.f("fk_first_questions_sender_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_questions")),
    )
    with op.batch_alter_table("first_questions", schema=None) as batch_op:
        batch_op.create_index("ix_first_questions_receiver_id", ["receiver_id"], unique=False)
        batch_op.create_index("ix_first_questions_sender_id", ["sender_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
