"""what ties somebody to a colleague besides the work, to be told to clients"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interests",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('relative', 'business', 'other')", name=op.f("ck_interests_kind")
        ),
        sa.CheckConstraint("author_id <> practitioner_id", name=op.f("ck_interests_two_people")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_interests_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioners.id"], name=op.f("fk_interests_practitioner_id")
        ),
        sa.PrimaryKeyConstraint("author_id", "practitioner_id", name=op.f("pk_interests")),
    )
    with op.batch_alter_table("interests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interests_practitioner_id"), ["practitioner_id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
