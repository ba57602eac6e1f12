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
from matplotlib.patches import FancyBboxPatch, Rectangle

from bot.views import chart_paper
from bot.views.chart_bars import BLUE, GREY, INK, TRACK, below, ends, labelled, stacked

IDLE = 60.0
"""Real seconds without a wish after which the process ends."""

_EDGE = "#D0D7DE"  # of a card of its own, in light and dark themes
_INCHES, _DPI = (8.0, 9.4), 100
_BIG, _TEXT, _SMALL, _BOLD = 25, 20, 18, 16
_WORD = 0.0185  # of the width, for a letter of that size
_BAR, _STEPS = 0.68, 0.74  # where the bars end and where the releases begin, when there is more than one
_STEPS_MOST = 8


def draw(spec: dict[str, Any]) -> bytes:
    """A PNG of 800 by 940 pixels: legible at the width of a phone, its corners see-through."""
    figure = Figure(figsize=_INCHES, dpi=_DPI, facecolor="none")
    FigureCanvasAgg(figure)
    card = FancyBboxPatch(
        (0.06, 0.06), _INCHES[0] - 0.12, _INCHES[1] - 0.12, boxstyle="round,pad=0,rounding_size=0.22",
        transform=figure.dpi_scale_trans, facecolor="white", edgecolor=_EDGE, linewidth=1.5, zorder=-1,
    )  # fmt: skip
    figure.add_artist(card)
    _heading(figure, spec)
    _intervals(figure.add_axes((0.06, 0.325, 0.88, 0.545)), spec)
    _strip(figure.add_axes((0.06, 0.075, 0.88, 0.155)), spec)
    out = io.BytesIO()
    figure.savefig(out, format="png", facecolor="none", pil_kwargs={"compress_level": 6})
    return out.getvalue()


def _heading(figure: Figure, spec: dict[str, Any]) -> None:
    figure.text(0.06, 0.938, spec["title"], size=_BIG, weight="bold", color=INK)
    figure.text(0.06, 0.897, spec["subtitle"], size=_SMALL, color=GREY)
    figure.text(0.06, 0.272, spec["strip"], size=_TEXT, weight="bold", color=INK)


def _intervals(axes: Axes, spec: dict[str, Any]) -> None:
    """One bar per question on a track of all answers, over where the truth lies; beside it release by release."""
    rows = spec["rows"]
    moves = any(len(row["steps"]) > 1 for row in rows)
    wide = _BAR if moves else 1.0
    axes.set(xlim=(0, 1), ylim=(len(rows), 0))
    axes.axis("off")
    axes.set_facecolor("none")
    if moves:
        axes.text(1, 0.2, spec["per_release"], size=_SMALL, color=GREY, va="center", ha="right")
    for place, row in enumerate(rows):
        axes.text(0, place + 0.2, row["label"], size=_TEXT, color=INK, va="center")
        axes.text(0, place + 0.79, row["bounds"], size=_SMALL, color=GREY, va="center")
        axes.text(1, place + 0.79, row["trend"], size=_SMALL, color=INK, va="center", ha="right")
        axes.barh(place + 0.49, wide, height=0.27, color=TRACK)
        if row["n"]:
            low, high = _ends(row)
            axes.barh(place + 0.49, (high - low) * wide, left=low * wide, height=0.27, color=BLUE)
            _beside(axes, place, low * wide, high * wide, wide, row["share"])
        if moves:
            _releases(axes, place, row["steps"])


def _ends(cell: dict[str, Any]) -> tuple[float, float]:
    return ends(cell["low"] / cell["n"], cell["high"] / cell["n"])


def _beside(axes: Axes, place: int, low: float, high: float, wide: float, share: str) -> None:
    """The word beside the bar where there is room, else in it."""
    left, right, needed = low, wide - high, _WORD * len(share)
    at, align, colour = (low - 0.015, "right", INK) if left > right else (high + 0.015, "left", INK)
    if max(left, right) < needed < high - low:
        at, align, colour = (low + high) / 2, "center", "white"
    axes.text(at, place + 0.495, share, size=_BOLD, color=colour, va="center", ha=align, weight="bold")


def _releases(axes: Axes, place: int, steps: list[dict[str, Any]]) -> None:
    """Each release by itself, oldest first: where its share lies between nobody, below, and everybody, above."""
    shown = steps[-_STEPS_MOST:]
    bottom, height, room = place + 0.655, 0.33, (1 - _STEPS) / max(len(shown), 4)
    axes.add_patch(Rectangle((_STEPS, bottom - height), 1 - _STEPS, height, facecolor=TRACK, edgecolor="none"))
    for number, step in enumerate(shown):
        low, high = _ends(step)
        axes.add_patch(
            Rectangle(
                (_STEPS + room * (number + 0.16), bottom - height * high), room * 0.68,
                max(height * (high - low), 0.03), facecolor=BLUE if step is shown[-1] else "#7FB8DA", edgecolor="none",
            )
        )  # fmt: skip


def _strip(axes: Axes, spec: dict[str, Any]) -> None:
    """Sessions per week: held ones full, planned ones hatched."""
    weeks = spec["weeks"]
    heights = stacked(
        axes, [w["held"] for w in weeks], [w["planned"] for w in weeks], (spec["held"], spec["planned"])
    )  # fmt: skip
    axes.set_xlim(-0.6, max(len(weeks), 8) - 0.4)
    labelled(axes, [str(high) for high in heights], heights, _SMALL)
    below(axes, [w["label"] for w in weeks], max(2, -(-len(weeks) // 6)), _SMALL)  # room for a label
    axes.legend(
        loc="lower right", bbox_to_anchor=(1.02, 1.02), ncols=2, frameon=False, fontsize=_SMALL, labelcolor=GREY,
        handlelength=1.1, columnspacing=0.9, handletextpad=0.5, borderpad=0,
    )  # fmt: skip


def serve() -> None:
    """Answer one wish after another."""
    wishes, answers = sys.stdin.buffer, sys.stdout.buffer
    while select.select([wishes], [], [], IDLE)[0]:
        line = wishes.readline()
        if not line:
            return
        wish = json.loads(line)
        picture = chart_paper.draw(wish) if "paper" in wish else draw(wish)
        answers.write(len(picture).to_bytes(4, "big") + picture)
        answers.flush()


if __name__ == "__main__":
    serve()
