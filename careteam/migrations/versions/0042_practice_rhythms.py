"""how often one wishes to be in touch with a practice"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "practice_tendings",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("every_months", sa.Integer(), nullable=True),
        sa.Column("wished_on", sa.Date(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "every_months BETWEEN 1 AND 12", name=op.f("ck_practice_tendings_every_months")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_practice_tendings_author_id")
        ),
        sa.PrimaryKeyConstraint("author_id", "folded", name=op.f("pk_practice_tendings")),
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
