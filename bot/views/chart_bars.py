"""What the digest's chart and the report's picture have in common: their colours, and bars of sessions."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

# Okabe and Ito's palette: told apart with every kind of colour vision.
BLUE, ORANGE, GREEN = "#0072B2", "#D55E00", "#009E73"
INK, GREY, TRACK = "#1F2328", "#5C636B", "#E7EAED"
THIN = 0.012
"""An exact count is a line that can be seen."""
Spec = dict[str, Any]


def ends(low: float, high: float) -> tuple[float, float]:
    """Where an interval's bar begins and ends, as shares."""
    low = min(low, 1 - THIN)
    return low, max(high, low + THIN)


def stacked(axes: Axes, lower: Sequence[int], upper: Sequence[int], names: tuple[str, str]) -> list[int]:
    """What was held full, the rest hatched on top, so that it reads without colour too; how high each bar is."""
    axes.set_facecolor("none")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.set_yticks([])
    axes.tick_params(length=0)
    places = range(len(lower))
    axes.bar(places, lower, width=0.7, color=GREEN, label=names[0])
    axes.bar(places, upper, bottom=lower, width=0.7, color="white", edgecolor=GREEN, hatch="////", label=names[1])
    return [a + b for a, b in zip(lower, upper, strict=True)]


def labelled(axes: Axes, said: Sequence[str], heights: Sequence[int], size: int) -> None:
    """What each bar says above it, with room for it; nothing where there is no bar."""
    most = max([*heights, 1])
    axes.set_ylim(0, most * 1.3)
    for place, (text, high) in enumerate(zip(said, heights, strict=True)):
        if high:
            axes.text(place, high + most * 0.045, text, size=size, color=INK, ha="center")


def below(axes: Axes, labels: Sequence[str], every: int, size: int) -> None:
    """Every so many bars the label below."""
    places = list(range(len(labels)))
    axes.set_xticks(places[::every], list(labels)[::every], size=size, color=GREY)
