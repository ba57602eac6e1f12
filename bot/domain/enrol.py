"""Joining: what Slack knows about an account, and what a person may be asked to tell."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlackProfile:
    """An account as Slack describes it at this moment. `zone` is a valid IANA name, `locale` such as "en-US"."""

    user_id: str
    name: str
    zone: str
    locale: str
    admin: bool
    bot: bool
    deactivated: bool
    guest: bool

    @property
    def usable(self) -> bool:
        """Whether a person could read and answer from this account."""
        return not self.bot and not self.deactivated
