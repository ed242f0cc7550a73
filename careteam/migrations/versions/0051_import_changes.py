"""what an import changed of entries that were there, and what the columns of a list hold"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0051"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    op.create_table(
        "import_columns",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("headings", sa.String(), nullable=False),
        sa.Column("columns", json, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_import_columns_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "headings", name=op.f("pk_import_columns")),
    )
    op.create_table(
        "import_changes",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("was", json, nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["import_drafts.id"],
            name=op.f("fk_import_changes_import_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_import_changes_practitioner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_import_changes")),
    )
    op.create_index(
        op.f("ix_import_changes_practitioner_id"), "import_changes", ["practitioner_id"]
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
