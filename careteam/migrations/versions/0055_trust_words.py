"""why its author trusts a colleague, in one sentence"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trust_words",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.CheckConstraint("author_id <> practitioner_id", name=op.f("ck_trust_words_two_people")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_trust_words_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioners.id"], name=op.f("fk_trust_words_practitioner_id")
        ),
        sa.PrimaryKeyConstraint("author_id", "practitioner_id", name=op.f("pk_trust_words")),
    )
    with op.batch_alter_table("trust_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trust_words_practitioner_id"), ["practitioner_id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
