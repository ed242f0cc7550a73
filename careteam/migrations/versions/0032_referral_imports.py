"""lists of past referrals that were brought, and which referrals came with one"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "referral_imports",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("undone_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_referral_imports_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_imports")),
    )
    with op.batch_alter_table("referral_imports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_referral_imports_account_id"), ["account_id"], unique=False
        )
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("import_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_referrals_import_id"),
            "referral_imports",
            ["import_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_index(batch_op.f("ix_referrals_import_id"), ["import_id"], unique=False)
        batch_op.create_index("ix_referrals_previous_id", ["previous_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
