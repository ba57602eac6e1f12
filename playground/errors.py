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


class NoSuchThing(LookupError):
    """A person was told to press or fill something that is not on the screen; lists what is."""
