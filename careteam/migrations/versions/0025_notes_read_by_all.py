"""notes read by all"""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notes_read", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_notes_read_practitioner_id"), type_="foreignkey")
        batch_op.alter_column("practitioner_id", new_column_name="reader_id")

    # What was written before is new to no client.
    op.execute(
        "INSERT INTO notes_read (reader_id, goal_id, read_at) "
        "SELECT notes.client_id, notes.goal_id, MAX(notes.created_at) FROM notes "
        "WHERE notes.audience = 'all' GROUP BY notes.client_id, notes.goal_id"
    )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
