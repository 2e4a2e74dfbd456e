"""The tables of a node's objects, in the ledger's database, the same on SQLite and PostgreSQL. Stamps are microseconds since 1970.

``node``: one row: whose node it is, the last stamp given, how often an object changed its class or was taken out, the key of cursors.
``collection``: saved filters; ``number`` names it within the tables. ``queue``: what waits for a second pair of eyes.
``label``: label keys; ``class_``: sets of them; ``slot``: a home, a type and a class: what a whole row of objects shares, so that who may
see which slots is decided once for all of them. ``object``: one version each, by its stamp. ``newer`` / ``older``: is there a later /
earlier version of it? 0 no, 1 in the same slot, 2 in others only; ``twin``: is it there already, of another giver or in another home?
``own``: the class of its own label keys alone; ``arrived``: its first stamp. ``reference``: which version, by when it arrived, refers to which id.
``partner``: up to which stamp a partner has looked. ``ruled``: what was last ruled for a partner on a label key, and on record; ``opened``: since
when a class is open to a partner; ``backfill``: the stamps that objects got for a partner when their class was opened later. ``read``: the access
log; ``first`` and ``last`` are stamps as the caller saw them, ``lowest``, ``highest`` and ``stamps`` the node's own. ``past``: what had a stamp that
is nothing's now.
``delivery``: what became of what was delivered. ``password``: what cannot be turned back into the passwords of
clients. ``kept``: how far was pulled and pushed, how much each partner gave today; ``waiting``: acts that came and cannot be taken yet.

Source: docs/explanation/how-exchange-works.md.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, SmallInteger, String, Table, Text, UniqueConstraint

FORMAT = 1
"""The version of these tables that this program writes."""
metadata = MetaData()
_big = BigInteger().with_variant(Integer, "sqlite")

node = Table(
    "node",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("format", Integer, nullable=False),
    Column("keeper", String(20), nullable=False),
    Column("last", _big, nullable=False),
    Column("moves", _big, nullable=False),
    Column("secret", LargeBinary(32), nullable=False),
)

collection = Table(
    "collection",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("alias", String(200), unique=True),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("homes", Text, nullable=False),
    Column("types", Text, nullable=False),
    Column("readers", Text, nullable=False),
    Column("writers", Text, nullable=False),
    Column("label", Text),
    Column("four_eyes", Boolean, nullable=False),
)

queue = Table(
    "queue",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("by", String(200), nullable=False),
    Column("collection", String(36), nullable=False),
    Column("label", Text),
    Column("body", LargeBinary, nullable=False),
)

label = Table("label", metadata, Column("id", Integer, primary_key=True, autoincrement=False), Column("key", Text, nullable=False, unique=True))

class_ = Table("class", metadata, Column("id", Integer, primary_key=True, autoincrement=False), Column("labels", Text, nullable=False, unique=True))

slot = Table(
    "slot",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("home", Integer, nullable=False),
    Column("type", String(250), nullable=False),
    Column("class", Integer, nullable=False),
    UniqueConstraint("home", "type", "class"),
)

object_ = Table(
    "object",
    metadata,
    Column("stamp", _big, primary_key=True, autoincrement=False),
    Column("id", String(300), nullable=False),
    Column("version", _big, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("newer", SmallInteger, nullable=False),
    Column("older", SmallInteger, nullable=False),
    Column("twin", SmallInteger, nullable=False),
    Column("own", Integer, nullable=False),
    Column("arrived", _big, nullable=False),
    Column("spec", String(3), nullable=False),
    Column("giver", String(20), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
)
Index("object_by_slot", object_.c.slot, object_.c.newer, object_.c.stamp)
Index("object_by_id", object_.c.id, object_.c.version)

reference = Table(
    "reference",
    metadata,
    Column("target", String(300), primary_key=True),
    Column("arrived", _big, primary_key=True, autoincrement=False),
    Column("source", String(300), nullable=False),
    sqlite_with_rowid=False,
)
Index("reference_by_source", reference.c.source)

partner = Table("partner", metadata, Column("code", String(20), primary_key=True), Column("looked", _big, nullable=False))

ruled = Table(
    "ruled",
    metadata,
    Column("partner", String(20), primary_key=True),
    Column("label", Integer, primary_key=True, autoincrement=False),
    Column("opens", Boolean, nullable=False),
    Column("ground", Text, nullable=False),
)

opened = Table(
    "opened",
    metadata,
    Column("partner", String(20), primary_key=True),
    Column("class", Integer, primary_key=True, autoincrement=False),
    Column("since", _big, nullable=False),
)

backfill = Table(
    "backfill",
    metadata,
    Column("partner", String(20), primary_key=True),
    Column("stamp", _big, primary_key=True, autoincrement=False),
    Column("object", _big, nullable=False),
)
Index("backfill_by_object", backfill.c.object)

past = Table(
    "past",
    metadata,
    Column("stamp", _big, primary_key=True, autoincrement=False),
    Column("id", String(300), nullable=False, index=True),
    Column("version", _big, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
)

read = Table(
    "read",
    metadata,
    Column("number", _big, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("client", String(200), nullable=False),
    Column("partner", String(20), nullable=False),
    Column("door", String(40), nullable=False),
    Column("asked", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("first", _big),
    Column("last", _big),
    Column("lowest", _big),
    Column("highest", _big),
    Column("stamps", LargeBinary),
    Column("root", LargeBinary(32)),
    Column("acts", Text, nullable=False),
    Column("outcome", String(40), nullable=False),
)
Index("read_by_partner", read.c.partner, read.c.number)

password = Table("password", metadata, Column("name", String(64), primary_key=True), Column("record", Text, nullable=False))

delivery = Table(
    "delivery",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("partner", String(20), nullable=False),
    Column("told", Text, nullable=False),
)

kept = Table("kept", metadata, Column("key", String(600), primary_key=True), Column("value", Text, nullable=False))

waiting = Table(
    "waiting",
    metadata,
    Column("sender", String(20), primary_key=True),
    Column("hash", String(71), primary_key=True),
    Column("signature", String(512), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("says", Text, nullable=False),
)
