"""What people choose about how and when they are written to."""

from dataclasses import dataclass

MORNING = 10


@dataclass(frozen=True, slots=True)
class Prefs:
    """Empty texts and None follow Slack and the programme; hours are o'clock on the person's own clock.

    Messages come from `quiet_until` to `quiet_from`. `checkin_day` counts from Monday = 0. `fewer` lowers the weekly
    budget of prompts; `plain` asks for text without dividers, grey print and emoji, for screen readers.
    """

    language: str = ""
    zone: str = ""
    quiet_until: int = 9
    quiet_from: int = 18
    checkin_hour: int | None = None
    checkin_day: int | None = None
    fewer: bool = False
    plain: bool = False

    @property
    def morning(self) -> int:
        """The hour at which what had to wait for the morning goes out."""
        return MORNING if self.quiet_until <= MORNING < self.quiet_from else self.quiet_until

    @property
    def asked_at(self) -> int:
        """The hour from which check-ins are asked."""
        return self.morning if self.checkin_hour is None else self.checkin_hour


USUAL = Prefs()
"""What holds for somebody who chose nothing."""
