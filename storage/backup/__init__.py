"""Backups: `taking.py` writes one, `files.py` is what lies in its folder, `restoring.py` fills an empty database."""

from storage.backup.files import BadBackup, Manifest
from storage.backup.restoring import Restored, restore
from storage.backup.taking import back_up

__all__ = ["BadBackup", "Manifest", "Restored", "back_up", "restore"]
