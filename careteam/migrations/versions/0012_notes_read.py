"""notes read"""

import sqlalchemy as sa
from alembic import op

import careteam.kit.db

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notes_read",
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", careteam.kit.db.UTCInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_notes_read_goal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioners.id"],
            name=op.f("fk_notes_read_practitioner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("practitioner_id", "goal_id", name=op.f("pk_notes_read")),
    )
    with op.batch_alter_table("notes_read", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notes_read_goal_id"), ["goal_id"], unique=False)

    # What was written before is new to nobody who keeps the record or has a place on the team.
    op.execute(
        "INSERT INTO notes_read (practitioner_id, goal_id, read_at) "
        "SELECT clients.lead_id, notes.goal_id, MAX(notes.created_at) FROM notes "
        "JOIN clients ON clients.id = notes.client_id GROUP BY clients.lead_id, notes.goal_id "
        "UNION SELECT seats.practitioner_id, notes.goal_id, MAX(notes.created_at) FROM notes "
        "JOIN seats ON seats.goal_id = notes.goal_id AND seats.practitioner_id IS NOT NULL "
        "GROUP BY seats.practitioner_id, notes.goal_id"
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
