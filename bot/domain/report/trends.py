"""What the newest release says beside those before it: arithmetic on published cells, and never more than they hold."""

from enum import StrEnum

from bot.domain.report.figures import Figure, Published, Step


class Trend(StrEnum):
    """How the newest release stands to all earlier ones; the text is `report.trend.<value>`."""

    MORE = "more"
    SAME = "same"
    LESS = "less"


def trend_of(published: Published, name: str) -> Trend | None:
    """None before the second release. More or less is said only where the intervals of the two shares do not meet,
    so that it is so wherever the counts lie in their cells."""
    steps = sorted(published.steps, key=lambda step: step.day)
    if len(steps) < 2:
        return None
    then, now = _share(steps[:-1], name), _share(steps[-1:], name)
    if now[0] > then[1]:
        return Trend.MORE
    return Trend.LESS if now[1] < then[0] else Trend.SAME


def step_figures(published: Published, name: str) -> list[tuple[Step, Figure]]:
    """One figure release by release, oldest first."""
    steps = sorted(published.steps, key=lambda step: step.day)
    return [(step, figure) for step in steps for figure in step.figures if figure.name == name]


def _share(steps: list[Step], name: str) -> tuple[float, float]:
    """The lowest and the highest share that these releases allow, together."""
    cells = [(step.n, figure) for step in steps for figure in step.figures if figure.name == name]
    n = sum(of for of, _ in cells)
    if not n:
        return 0.0, 1.0
    return sum(cell.low for _, cell in cells) / n, sum(cell.high for _, cell in cells) / n
