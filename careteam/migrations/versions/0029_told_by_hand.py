"""milestones made from a report, and who told of one that was entered by hand"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.add_column(sa.Column("report_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("report_part", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_milestones_report_id"),
            "referral_events",
            ["report_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_index(batch_op.f("ix_milestones_report_id"), ["report_id"], unique=False)
    with op.batch_alter_table("plan_changes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("way", sa.String(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_plan_changes_told"), "(way IS NULL) = (told_by IS NULL)"
        )
        batch_op.create_check_constraint(
            op.f("ck_plan_changes_way"), "way IN ('phone', 'letter', 'in_person')"
        )


def downgrade() -> None:
    raise RuntimeError("restore the backup made before the upgrade")
