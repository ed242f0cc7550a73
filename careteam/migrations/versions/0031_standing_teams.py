"""standing teams, and which one comes first for a goal"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import careteam.kit.db

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standing_teams",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pathway", sa.String(), nullable=True),
        sa.Column(
            "asks_for", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("removed_at", careteam.kit.db.UTCInstant(timezone=True), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_standing_teams_author_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_teams")),
    )
    with op.batch_alter_table("standing_teams", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standing_teams_author_id"), ["author_id"])

    op.create_table(
        "standing_members",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("discipline", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_standing_members_practitioner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["standing_teams.id"],
            name=op.f("fk_standing_members_team_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "practitioner_id", name=op.f("pk_standing_members")),
    )
    with op.batch_alter_table("standing_members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_standing_members_practitioner_id"), ["practitioner_id"]
        )

    op.create_table(
        "standing_uses",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("information_class", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioners.id"], name=op.f("fk_standing_uses_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["clients.id"],
            name=op.f("fk_standing_uses_client_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_standing_uses_goal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["standing_teams.id"],
            name=op.f("fk_standing_uses_team_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("goal_id", name=op.f("pk_standing_uses")),
    )
    with op.batch_alter_table("standing_uses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standing_uses_client_id"), ["client_id"])
        batch_op.create_index(batch_op.f("ix_standing_uses_team_id"), ["team_id"])


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
