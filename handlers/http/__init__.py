"""HTTP mode: Slack's signed requests, checked before anything reads them; health and metrics beside them."""

SLACK = "/slack/events"
"""Where Slack's requests come in."""


class CannotListen(Exception):
    """The port is taken, or not ours to take; the text is the reason."""
