"""own pathways"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_pathways",
        sa.Column("pathway", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("copied_from", sa.String(), nullable=True),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("changed_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.Column("changed_by_name", sa.String(), nullable=False),
        sa.Column("retired_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_pathways")),
        sa.UniqueConstraint("pathway", name=op.f("uq_own_pathways_pathway")),
    )
    op.create_table(
        "pathway_versions",
        sa.Column("own_pathway_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("published_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.Column("published_by_name", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["own_pathway_id"],
            ["own_pathways.id"],
            name=op.f("fk_pathway_versions_own_pathway_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_versions")),
        sa.UniqueConstraint(
            "own_pathway_id", "number", name=op.f("uq_pathway_versions_own_pathway_id_number")
        ),
    )
    with op.batch_alter_table("communities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pathways_stamp", sa.Uuid(), nullable=True))


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
