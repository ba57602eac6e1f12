"""New identifiers: sortable for rows, unguessable for what strangers may see."""

import secrets

import uuid_utils


def new_id() -> str:
    """A UUIDv7 for a row: opaque, random, sorted by the time of creation."""
    return str(uuid_utils.uuid7())


def new_nonce() -> str:
    """An opaque random id that tells nothing, not even a time; travels in Slack's message metadata."""
    return secrets.token_hex(16)
