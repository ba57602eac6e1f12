"""The one way in which a Web API method says no."""

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """An answer with ok=false: Slack's error word and whatever goes beside it."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra

    def body(self) -> Json:
        """The answer as the app gets it."""
        return {"ok": False, "error": self.error, **self.extra}


class RateLimited(SlackError):
    """Too many calls: an answer with status 429 and the seconds after which to come again."""

    def __init__(self, seconds: float) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


class NoSuchThing(LookupError):
    """A person was told to press or fill something that is not on the screen; lists what is."""
