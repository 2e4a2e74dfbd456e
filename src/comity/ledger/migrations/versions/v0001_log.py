"""The log, its items, and its checkpoints."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    seq = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "leaf",
        sa.Column("seq", seq, primary_key=True, autoincrement=False),
        sa.Column("logged", sa.String(27), nullable=False),
        sa.Column("file", sa.String(400), nullable=False),
        sa.Column("text", sa.String(71), nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        sa.Column("act", sa.String(71), unique=True),
        sa.Column("recorded", sa.String(10)),
        sa.Column("recorded_at", sa.String(27)),
    )
    op.create_index("leaf_file", "leaf", ["file", "seq"])
    op.create_table(
        "payload",
        sa.Column("seq", seq, sa.ForeignKey("leaf.seq"), primary_key=True, autoincrement=False),
        sa.Column("act", sa.LargeBinary),
        sa.Column("text", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "subtree",
        sa.Column("level", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("place", seq, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
    )
    op.create_table(
        "head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("origin", sa.String(200), nullable=False),
        sa.Column("size", seq, nullable=False),
        sa.Column("peaks", sa.LargeBinary, nullable=False),
        sa.Column("logged", sa.String(27), nullable=False),
    )
    op.create_table("checkpoint", sa.Column("size", seq, primary_key=True, autoincrement=False), sa.Column("note", sa.Text, nullable=False))
