"""What wakes the bot: Slack in, one service call, the answer to the person who acted.

Each step has a module with a `router`; `routes()` adds them up. `handlers.bolt` hangs them into Bolt.
"""
