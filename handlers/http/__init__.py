"""HTTP mode: Slack's signed requests, checked before anything reads them; health and metrics beside them."""


class CannotListen(Exception):
    """The port is taken, or not ours to take; the text is the reason."""
