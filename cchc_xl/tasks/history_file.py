"""The SQLite file behind the history: its tables, its connection, whole transactions.

Rollback journal and no WAL, so that the file can lie on an office share; `synchronous` FULL, so that a run
killed at any moment leaves the state before or after.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cchc_xl import texts
from cchc_xl.model.errors import CchcError, UsageError

HistoryRow = dict[str, Any]  # of a query, by column
_APPLICATION, _VERSION = 0x43434843, 2  # "CCHC"
_BUSY_SECONDS = 20.0
_SCHEMA = (
    """CREATE TABLE periods (id INTEGER PRIMARY KEY, regime TEXT NOT NULL, period TEXT NOT NULL,
        UNIQUE (regime, period))""",
    """CREATE TABLE submissions (id INTEGER PRIMARY KEY, period_id INTEGER NOT NULL REFERENCES periods,
        unit TEXT NOT NULL, unit_name TEXT NOT NULL, number INTEGER NOT NULL, modified TEXT NOT NULL,
        file TEXT NOT NULL, sha256 TEXT NOT NULL, verdict TEXT NOT NULL, received TEXT,
        UNIQUE (period_id, unit, sha256))""",
    """CREATE TABLE observations (submission_id INTEGER NOT NULL REFERENCES submissions,
        indicator TEXT NOT NULL, status TEXT NOT NULL, value TEXT, counted INTEGER NOT NULL,
        who TEXT NOT NULL, PRIMARY KEY (submission_id, indicator)) WITHOUT ROWID""",
    """CREATE TABLE revisions (period_id INTEGER NOT NULL REFERENCES periods, unit TEXT NOT NULL,
        indicator TEXT NOT NULL, from_id INTEGER NOT NULL REFERENCES submissions,
        to_id INTEGER NOT NULL REFERENCES submissions, old_status TEXT, old_value TEXT,
        new_status TEXT, new_value TEXT, who TEXT NOT NULL,
        PRIMARY KEY (to_id, indicator)) WITHOUT ROWID""",
)
# Version 2: the template version a file's codes are of, files that displace nothing (empty, emptier than the
# one before), and closed periods.
_SECOND = (
    "ALTER TABLE submissions ADD COLUMN catalogue TEXT NOT NULL DEFAULT '1.0'",
    "ALTER TABLE submissions ADD COLUMN displaces INTEGER NOT NULL DEFAULT 1",
    "DROP VIEW IF EXISTS current",
    """CREATE VIEW current AS SELECT * FROM (SELECT s.*, row_number() OVER (PARTITION BY period_id, unit
        ORDER BY displaces DESC, number DESC, modified DESC, sha256 DESC) AS place FROM submissions s)
        WHERE place = 1""",
    """CREATE TABLE closings (id INTEGER PRIMARY KEY, period_id INTEGER NOT NULL REFERENCES periods,
        closed TEXT NOT NULL, who TEXT NOT NULL, accepted TEXT NOT NULL, complete INTEGER NOT NULL,
        expected INTEGER NOT NULL, without TEXT NOT NULL, blanks TEXT NOT NULL, figures TEXT NOT NULL,
        reopened TEXT, reopened_by TEXT, reason TEXT)""",
)


@contextlib.contextmanager
def connected(path: Path, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to a history file, made when missing; its faults as one Vietnamese line."""
    if not create and not path.exists():
        raise UsageError(texts.text("path_missing", path=path))
    if path.exists() and not path.is_file():
        raise UsageError(texts.text("history_not_ours", path=path))
    try:
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    except sqlite3.Error as fault:
        raise CchcError(texts.text("history_broken", path=path, reason=fault)) from fault
    try:
        connection.execute("PRAGMA synchronous = FULL")
        _refuse_foreign(connection, path)
        yield connection
    except sqlite3.OperationalError as fault:
        code = "history_busy" if "locked" in str(fault) else "history_broken"
        raise CchcError(texts.text(code, path=path, reason=fault)) from fault
    except sqlite3.DatabaseError as fault:
        raise UsageError(texts.text("history_not_ours", path=path)) from fault
    finally:
        connection.close()


def catalogue_column(connection: sqlite3.Connection) -> str:
    """SQL for the catalogue version a submission's codes are of; files of the first schema had one only."""
    return "'1.0'" if connection.execute("PRAGMA user_version").fetchone()[0] == 1 else "s.catalogue"


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != _APPLICATION and (application or tables):
        raise UsageError(texts.text("history_not_ours", path=path))
    if version > _VERSION:
        raise UsageError(texts.text("history_newer", path=path))
    for table in ("periods", "submissions", "observations", "revisions") if tables else ():
        if connection.execute(_foreign_values(connection, table)).fetchone():
            raise UsageError(texts.text("history_foreign", path=path, table=table))


def _foreign_values(connection: sqlite3.Connection, table: str) -> str:
    """Finds a row with a blob or another type than its column's: SQLite keeps any type in any column."""
    kinds = {"TEXT": "('text', 'null')", "INTEGER": "('integer', 'null')"}
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    foreign = (f"typeof({name}) NOT IN {kinds[kind]}" for _, name, kind, *_ in columns)
    return f"SELECT 1 FROM {table} WHERE {' OR '.join(foreign)} LIMIT 1"


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything inside or nothing; the tables are made inside as well."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        if connection.execute("PRAGMA user_version").fetchone()[0] < _VERSION:
            for statement in _SECOND:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def rows(path: Path, query: str) -> Iterator[HistoryRow]:
    """The rows a query gives; none from a file without tables."""
    with connected(path) as connection:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.row_factory = sqlite3.Row
            yield from (dict(row) for row in connection.execute(query))
