"""What wakes the bot: Slack in, one service call, the answer to the person who acted.

Each step has a module with a `router`; `routes()` adds them up. `handlers.bolt` hangs them into Bolt.
"""

from functools import cache

from handlers.router import Routes


@cache
def routes() -> Routes:
    """Every step's commands, actions, submissions and events. Raises ValueError when two claim the same name."""
    # Imported where they are used: whoever only wants a name out of this package does without them.
    from handlers import (
        ask,
        checkin,
        close,
        commit,
        credit,
        enrol,
        help,
        home,
        intro,
        learn,
        leave,
        match,
        meet,
        pause,
        prefs,
        prepare,
        privacy,
        programme,
        pulse,
        report,
        review,
        ripple,
        roster,
        steer,
        support,
        tell,
        theme,
        workspace,
    )

    steps = (
        programme, roster, enrol, match, prepare, learn, meet, checkin, ask, review, commit, intro, pulse, credit,
        report, theme, tell, support, prefs, pause, leave, close, ripple, steer, privacy, home, help, workspace,
    )  # fmt: skip
    return Routes([step.router for step in steps])
