"""The tables of a ledger, the triggers that guard them, and how a file is known to be one."""

from __future__ import annotations

APPLICATION, VERSION = 0x77687974, 1  # the letters `whyt`: how `file` and whytune recognise a ledger

SCHEMA = (
    """
CREATE TABLE records (
  seq INTEGER PRIMARY KEY,
  body TEXT NOT NULL CHECK (typeof(body) = 'text')
)""",
    """
CREATE TABLE files (
  sha256 TEXT NOT NULL PRIMARY KEY,
  content BLOB NOT NULL CHECK (typeof(content) = 'blob')
) WITHOUT ROWID""",
    """
CREATE TRIGGER records_follow BEFORE INSERT ON records
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM records)
BEGIN SELECT RAISE(ABORT, 'a record follows the last one'); END""",
    """
CREATE TRIGGER records_stay BEFORE DELETE ON records
BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END""",
    """
CREATE TRIGGER records_keep BEFORE UPDATE ON records
BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END""",
    """
CREATE TRIGGER files_once BEFORE INSERT ON files
WHEN EXISTS (SELECT 1 FROM files WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'a file is stored once'); END""",
    """
CREATE TRIGGER files_stay BEFORE DELETE ON files
BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END""",
    """
CREATE TRIGGER files_keep BEFORE UPDATE ON files
BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END""",
)
"""Triggers refuse every change but an append; the one that guards the order also stops INSERT OR REPLACE."""
