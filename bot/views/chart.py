"""Draws the digest's chart, in a process of its own: `python -m bot.views.chart`, the only place with matplotlib.

One JSON line in, four bytes of length and a PNG out, as often as it is asked; it ends when its input does or after a
while with nothing to do. It is given texts and numbers that are published already, and no secrets.
"""

import io
import json
import select
import sys
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

IDLE = 60.0
"""Real seconds without a wish after which the process ends."""

# Okabe and Ito's palette: told apart with every kind of colour vision. On its own white, in light and dark themes.
_BLUE, _GREEN, _INK, _GREY, _TRACK = "#0072B2", "#009E73", "#1F2328", "#5C636B", "#E7EAED"
_INCHES, _DPI = (8.0, 8.6), 100
_THIN = 0.012  # an exact count is a line that can be seen
_BIG, _TEXT, _SMALL = 23, 18, 16


def draw(spec: dict[str, Any]) -> bytes:
    """A PNG of 800 by 860 pixels: legible at the width of a phone."""
    figure = Figure(figsize=_INCHES, dpi=_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    _heading(figure, spec)
    _intervals(figure.add_axes((0.05, 0.345, 0.9, 0.505)), spec["rows"])
    _strip(figure.add_axes((0.05, 0.085, 0.9, 0.165)), spec)
    out = io.BytesIO()
    figure.savefig(out, format="png", pil_kwargs={"compress_level": 6})
    return out.getvalue()


def _heading(figure: Figure, spec: dict[str, Any]) -> None:
    figure.text(0.05, 0.945, spec["title"], size=_BIG, weight="bold", color=_INK)
    figure.text(0.05, 0.9, spec["subtitle"], size=_SMALL, color=_GREY)
    figure.text(0.05, 0.28, spec["strip"], size=_TEXT, weight="bold", color=_INK)


def _intervals(axes: Axes, rows: list[dict[str, Any]]) -> None:
    """One bar per question on a track of all answers; the bar covers where the truth lies."""
    axes.set(xlim=(0, 1), ylim=(len(rows), 0))
    axes.axis("off")
    for place, row in enumerate(rows):
        axes.text(0, place + 0.3, row["label"], size=_TEXT, color=_INK, va="center")
        axes.text(1, place + 0.3, row["bounds"], size=_SMALL, color=_GREY, va="center", ha="right")
        axes.barh(place + 0.66, 1, height=0.26, color=_TRACK)
        if row["n"]:
            low = min(row["low"] / row["n"], 1 - _THIN)
            high = max(row["high"] / row["n"], low + _THIN)
            axes.barh(place + 0.66, high - low, left=low, height=0.26, color=_BLUE)
            _inside(axes, place, low, high, row["share"])


def _inside(axes: Axes, place: int, low: float, high: float, share: str) -> None:
    """The word beside the bar, where there is more room."""
    left = (low + high) / 2 > 0.5
    at, align = (low - 0.015, "right") if left else (high + 0.015, "left")
    axes.text(at, place + 0.665, share, size=_SMALL, color=_INK, va="center", ha=align, weight="bold")


def _strip(axes: Axes, spec: dict[str, Any]) -> None:
    """Sessions per week: held ones full, planned ones hatched, so that it reads without colour too."""
    weeks = spec["weeks"]
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(_GREY)
    axes.set_yticks([])
    places = range(len(weeks))
    held, planned = [w["held"] for w in weeks], [w["planned"] for w in weeks]
    axes.bar(places, held, width=0.72, color=_GREEN, label=spec["held"])
    axes.bar(places, planned, bottom=held, width=0.72, color="white", edgecolor=_GREEN, hatch="////",
             label=spec["planned"])  # fmt: skip
    most = max([h + p for h, p in zip(held, planned, strict=True)], default=0)
    axes.set(ylim=(0, max(most, 1) * 1.3), xlim=(-0.6, max(len(weeks), 8) - 0.4))
    for place, (h, p) in enumerate(zip(held, planned, strict=True)):
        if h + p:
            axes.text(place, h + p + most * 0.05, str(h + p), size=_SMALL, color=_INK, ha="center")
    every = max(1, -(-len(weeks) // 6))
    axes.set_xticks(list(places)[::every], [w["label"] for w in weeks][::every], size=_SMALL, color=_GREY)
    axes.tick_params(length=0)
    axes.legend(
        loc="lower right", bbox_to_anchor=(1.0, 1.02), ncols=2, frameon=False, fontsize=_SMALL, labelcolor=_GREY
    )


def serve() -> None:
    """Answer one wish after another."""
    wishes, answers = sys.stdin.buffer, sys.stdout.buffer
    while select.select([wishes], [], [], IDLE)[0]:
        line = wishes.readline()
        if not line:
            return
        picture = draw(json.loads(line))
        answers.write(len(picture).to_bytes(4, "big") + picture)
        answers.flush()


if __name__ == "__main__":
    serve()
