"""The people and channels of the default workspace, read from cast.toml."""

import tomllib
from pathlib import Path
from typing import Any

from playground.records import User, UserGroup
from playground.workspace import Workspace

FILE = Path(__file__).with_name("cast.toml")
BOT = "revmentor"  # stands for the app among a channel's members
_COLORS = ("4a6fa5", "8a5a83", "3f7d58", "b0632e", "6a5acd", "a23b4a", "2f7f86", "7a6a2f")


def load(file: Path = FILE, bot_user_id: str = "U07BOT0001") -> Workspace:
    """The workspace of a cast file; raises KeyError or ValueError where the file names what is not there."""
    cast = tomllib.loads(file.read_text(encoding="utf-8"))
    team = cast["workspace"]
    people = [_user(number, row) for number, row in enumerate(cast["people"])]
    workspace = Workspace(team["id"], team["name"], people, domain=team["domain"])
    workspace.bot_user_id = bot_user_id
    ids = {user.name: user.id for user in people} | {BOT: bot_user_id}
    for row in cast["channels"]:
        named = row.get("members", [])
        members = list(ids.values())[:-1] if named == "everybody" else [ids[name] for name in named]
        workspace.add_channel(row["name"], members, private=row["private"], channel_id=row["id"])
    for row in cast.get("usergroups", ()):
        members = [ids[name] for name in row["members"]]
        workspace.usergroups[row["id"]] = UserGroup(row["id"], row["handle"], row["name"], members)
    return workspace


def _user(number: int, row: dict[str, Any]) -> User:
    name = row["name"]
    return User(
        id=f"U07{name.upper():0<7}"[:10],
        name=name,
        real_name=row["real_name"],
        title=row["title"],
        tz=row["tz"],
        locale=row.get("locale", "en-US"),
        is_admin=row.get("admin", False),
        color=_COLORS[number % len(_COLORS)],
    )
