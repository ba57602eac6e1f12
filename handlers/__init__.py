"""What wakes the bot: Slack in, one service call, the answer to the person who acted.

Each step has a module with a `router`; `routes()` adds them up. `handlers.bolt` hangs them into Bolt.
"""

from functools import cache

from handlers import (
    checkin,
    commit,
    enrol,
    help,
    home,
    leave,
    match,
    meet,
    pause,
    prefs,
    prepare,
    privacy,
    programme,
    report,
    support,
    workspace,
)
from handlers.router import Router, Routes

ROUTERS: list[Router] = [
    programme.router,
    enrol.router,
    match.router,
    prepare.router,
    meet.router,
    checkin.router,
    commit.router,
    report.router,
    support.router,
    prefs.router,
    pause.router,
    leave.router,
    privacy.router,
    home.router,
    help.router,
    workspace.router,
]


@cache
def routes() -> Routes:
    """Every step's commands, actions, submissions and events. Raises ValueError when two claim the same name."""
    return Routes(ROUTERS)
