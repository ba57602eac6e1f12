"""The page's charts: bars drawn beside words that say the same, so that words keep their size on a phone and on paper.

They load nothing and scale with their cell. Colours and hatching come from the page's style, for light, dark and print.
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from bot.domain.report.figures import Figure, Step
from bot.views.report.paper_html import E

_THIN = 1.6
"""An exact count is a line that can be seen, in percent of the width."""
_STEPS = 24
"""So many of the newest releases stand in a strip; the table of releases has them all."""
_ROOM = 8
"""A strip has room for as many from the start, so that one release does not fill it."""
_HATCHED = {"seniors": 5, "rest": 5}


def patterns() -> ET.Element:
    """What hatches seniors and what was not held, so that both are told apart without colour."""
    drawn = [
        E(
            "pattern", E("path", d="M0 0V5", cls="hatch"), id=name, width=str(size), height=str(size),
            patternUnits="userSpaceOnUse", patternTransform="rotate(45)", cls=name,
        )
        for name, size in _HATCHED.items()
    ]  # fmt: skip
    return _svg("patterns", E("defs", *drawn))


def key(cls: str) -> ET.Element:
    """A patch of colour before the word that it stands for."""
    return _svg("key", _rect(cls, 0, 100))


def interval(found: tuple[Figure, int], cls: str) -> ET.Element:
    """From the lowest to the highest possible share, on a track from nobody to everybody."""
    low, high = _share(found[0], found[1])
    return _svg("bar", _rect("track", 0, 100), _rect(cls, low, high - low))


def steps(found: Sequence[Step], name: str, said: str) -> ET.Element:
    """One figure release by release, oldest first: nobody below, everybody above; `said` has the same in words."""
    shown = found[-_STEPS:]
    wide = 100 / max(len(shown), _ROOM)
    bars = [
        _column(place * wide, wide * 0.62, *_share(one, step.n))
        for place, step in enumerate(shown)
        for one in step.figures
        if one.name == name
    ]
    return _told("steps", said, _rect("track", 0, 100), *bars)


def stacked(held: int, planned: int, most: int, said: str) -> ET.Element:
    """What was held, full, and what was planned beside it, hatched; `most` is as wide as the cell."""
    scale = 100 / max(most, 1)
    bars = _rect("held", 0, held * scale), _rect("rest", held * scale, (planned - held) * scale)
    return _told("bar", said, *bars)


def _share(figure: Figure, n: int) -> tuple[float, float]:
    low = min(100 * figure.low / n, 100 - _THIN)
    return low, max(100 * figure.high / n, low + _THIN)


def _rect(cls: str, left: float, width: float) -> ET.Element:
    return E("rect", x=f"{left:.2f}%", width=f"{width:.2f}%", height="100%", cls=cls)


def _column(left: float, width: float, low: float, high: float) -> ET.Element:
    high = max(high, low + 4)
    place = {"x": f"{left:.2f}%", "width": f"{width:.2f}%", "y": f"{100 - high:.2f}%", "height": f"{high - low:.2f}%"}
    return E("rect", cls="juniors", **place)


def _svg(cls: str, *children: ET.Element) -> ET.Element:
    """For eyes alone: whoever hears the page hears the words beside it."""
    return E("svg", *children, cls=cls, **{"aria-hidden": "true"})


def _told(cls: str, said: str, *children: ET.Element) -> ET.Element:
    """What stands in a cell without words is read out as `said`."""
    return E("svg", *children, cls=cls, role="img", **{"aria-label": said})
