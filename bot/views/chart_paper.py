"""Draws the report's picture in the drawing process: one PNG for Slack and for slides."""

import io
import textwrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.views.chart_bars import BLUE, GREY, INK, ORANGE, TRACK, Spec, below, ends, labelled, stacked

_LEFT = 0.36
_TITLE, _HEAD, _TEXT, _SMALL, _FINE = 19, 15, 13, 12, 10
_LINE, _FOOT = 68, 90
"""So many signs fit into the picture's width, in its text and in its foot."""
_INCH_ROW, _INCH_FOUR, _INCH_MONTHS = 0.8, 4.2, 2.6


def draw(spec: Spec) -> bytes:
    """Everything in one, legible on a phone: both sides, the four questions, the months."""
    rows = max(len(spec["benefit"]["rows"]), 1)
    height = 1.9 + _INCH_ROW * rows + _INCH_FOUR + (_INCH_MONTHS if spec["months"]["rows"] else 0.4)
    figure = Figure(figsize=(8.0, height), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    top = 1 - 0.45 / height
    figure.text(0.04, top, spec["title"], size=_TITLE, weight="bold", color=INK)
    figure.text(0.04, top - 0.38 / height, spec["subtitle"], size=_TEXT, color=GREY)
    bottom = 1 - (1.25 + _INCH_ROW * rows) / height
    if spec["benefit"]["rows"]:
        _sides(figure.add_axes((0.04, bottom, 0.92, _INCH_ROW * rows / height)), spec["benefit"], _TEXT, _SMALL)
    else:
        none = textwrap.fill(spec["none"], _LINE)
        figure.text(0.04, bottom + 0.3 / height, none, size=_TEXT, color=GREY, va="bottom")
    _below(figure, spec, bottom - 0.35 / height, height)
    out = io.BytesIO()
    figure.savefig(out, format="png", pil_kwargs={"compress_level": 6})
    return out.getvalue()


def _below(figure: Figure, spec: Spec, top: float, height: float) -> None:
    """What stands below the two sides, from `top` on."""
    figure.text(0.04, top, spec["four"]["title"], size=_HEAD, weight="bold", color=INK)
    _four(figure.add_axes((0.04, top - 3.45 / height, 0.92, 3.3 / height)), spec["four"]["rows"])
    top -= 3.85 / height
    if spec["months"]["rows"]:
        figure.text(0.04, top, spec["months"]["title"], size=_HEAD, weight="bold", color=INK)
        _months(figure.add_axes((0.04, top - 2.05 / height, 0.92, 1.7 / height)), spec["months"])
    foot = "\n".join(textwrap.fill(spec[one], _FOOT) for one in ("how", "foot"))
    figure.text(0.04, 0.1 / height, foot, size=_FINE, color=GREY, va="bottom")


def _sides(axes: Axes, spec: Spec, text: int, small: int) -> None:
    """A pair of bars a question; seniors hatched, so that it reads without colour too."""
    rows = spec["rows"]
    axes.set(xlim=(0, 1), ylim=(len(rows), -0.45))
    axes.axis("off")
    for place, side in enumerate(("junior", "senior")):
        at = _LEFT + place * 0.3
        axes.barh(-0.22, 0.035, left=at, height=0.16, **_paint(side))
        axes.text(at + 0.05, -0.21, spec[side], size=small, color=INK, va="center")
    for n, row in enumerate(rows):
        axes.text(0, n + 0.45, row["label"], size=text, color=INK, va="center")
        for place, side in enumerate(("junior", "senior")):
            _interval(axes, n + 0.27 + place * 0.36, row[side], small, _paint(side))


def _paint(side: str) -> dict[str, Any]:
    if side == "senior":
        return {"color": "white", "edgecolor": ORANGE, "hatch": "//////", "linewidth": 1.4}
    return {"color": BLUE, "edgecolor": BLUE, "linewidth": 1.4}


def _interval(axes: Axes, at: float, side: Spec, small: int, paint: dict[str, Any]) -> None:
    left, width = _LEFT, 0.34
    axes.barh(at, width, left=left, height=0.24, color=TRACK)
    if side["known"]:
        low, high = ends(side["low"], side["high"])
        axes.barh(at, (high - low) * width, left=left + low * width, height=0.24, **paint)
    axes.text(left + width + 0.02, at, side["said"], size=small, color=GREY, va="center")


def _months(axes: Axes, spec: Spec) -> None:
    """Held ones full, others hatched on top."""
    rows = spec["rows"]
    held, rest = [row["held"] for row in rows], [row["not_held"] for row in rows]
    heights = stacked(axes, held, rest, (spec["held"], spec["not_held"]))
    axes.set_xlim(-0.6, max(len(rows), 6) - 0.4)
    said = [f"{a}/{a + b}" if b else str(a) for a, b in zip(held, rest, strict=True)]
    labelled(axes, said, heights, _SMALL)
    below(axes, [row["label"] for row in rows], max(1, -(-len(rows) // 8)), _SMALL)
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 0.98), ncols=2, frameon=False, fontsize=_SMALL,
                labelcolor=GREY)  # fmt: skip


def _four(axes: Axes, rows: list[Spec]) -> None:
    axes.set(xlim=(0, 1), ylim=(len(rows), 0))
    axes.axis("off")
    for n, row in enumerate(rows):
        side = row["figure"]
        axes.text(0, n + 0.3, row["label"], size=_TEXT, color=INK, va="center")
        axes.text(1, n + 0.3, side["said"], size=_SMALL, color=GREY, va="center", ha="right")
        axes.barh(n + 0.68, 1, height=0.28, color=TRACK)
        if side["known"]:
            low, high = ends(side["low"], side["high"])
            axes.barh(n + 0.68, high - low, left=low, height=0.28, color=BLUE)
