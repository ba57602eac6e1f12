"""Draws the report's charts in the drawing process: SVG for its page, one PNG for Slack and for slides."""

import io
import textwrap
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

# Okabe and Ito's palette, told apart with every kind of colour vision; the page swaps them for its own in the dark.
_JUNIOR, _SENIOR, _GREEN = "#0072b2", "#d55e00", "#009e73"
_INK, _GREY, _TRACK = "#1f2328", "#5c636b", "#e7eaed"
_THIN = 0.012
_WIDE = 7.4
_LEFT = 0.36
_TEXT, _SMALL = 11, 10
_LINE, _FOOT = 68, 90
"""So many signs fit into the picture's width, in its text and in its foot."""

Spec = dict[str, Any]


def draw(spec: Spec) -> bytes:
    """What `spec["paper"]` names: benefit, over_time and months as SVG, picture as PNG."""
    return {"benefit": _benefit, "over_time": _over_time, "months": _months, "picture": _picture}[spec["paper"]](spec)


def _benefit(spec: Spec) -> bytes:
    rows = spec["rows"]
    figure = Figure(figsize=(_WIDE, 0.35 + 0.62 * len(rows)))
    _sides(figure.add_axes((0.0, 0.0, 1.0, 1.0)), spec, _TEXT, _SMALL)
    return _svg(figure, "benefit")


def _sides(axes: Axes, spec: Spec, text: int, small: int) -> None:
    """A pair of bars a question; seniors hatched, so that it reads without colour too."""
    rows = spec["rows"]
    axes.set(xlim=(0, 1), ylim=(len(rows), -0.45))
    axes.axis("off")
    for place, side in enumerate(("junior", "senior")):
        at = _LEFT + place * 0.3
        axes.barh(-0.22, 0.035, left=at, height=0.16, **_paint(side))
        axes.text(at + 0.05, -0.21, spec[side], size=small, color=_INK, va="center")
    for n, row in enumerate(rows):
        axes.text(0, n + 0.45, row["label"], size=text, color=_INK, va="center")
        for place, side in enumerate(("junior", "senior")):
            _interval(axes, n + 0.27 + place * 0.36, row[side], small, _paint(side))


def _paint(side: str) -> dict[str, Any]:
    if side == "senior":
        return {"color": "white", "edgecolor": _SENIOR, "hatch": "//////", "linewidth": 1.4}
    return {"color": _JUNIOR, "edgecolor": _JUNIOR, "linewidth": 1.4}


def _interval(axes: Axes, at: float, side: Spec, small: int, paint: dict[str, Any]) -> None:
    left, width = _LEFT, 0.34
    axes.barh(at, width, left=left, height=0.24, color=_TRACK)
    if side["known"]:
        low = min(side["low"], 1 - _THIN)
        high = max(side["high"], low + _THIN)
        axes.barh(at, (high - low) * width, left=left + low * width, height=0.24, **paint)
    axes.text(left + width + 0.02, at, side["said"], size=small, color=_GREY, va="center")


def _over_time(spec: Spec) -> bytes:
    """Four strips, one bar a release."""
    rows = spec["rows"]
    figure = Figure(figsize=(_WIDE, 1.35 * len(rows) + 0.2))
    for n, row in enumerate(rows):
        axes = figure.add_axes((0.07, 1 - (n + 0.80) / len(rows), 0.91, 0.56 / len(rows)))
        _strip(axes, row, spec["days"], last=n == len(rows) - 1)
    return _svg(figure, "over_time")


def _strip(axes: Axes, row: Spec, days: list[str], *, last: bool) -> None:
    axes.set(xlim=(-0.6, max(len(days), 8) - 0.4), ylim=(0, 1))
    axes.set_title(row["label"], size=_TEXT, color=_INK, loc="left", pad=4)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(_GREY)
    axes.set_yticks([0, 0.5, 1], ["0", "½", "1"], size=_SMALL, color=_GREY)
    axes.tick_params(length=0)
    axes.axhline(0.5, color=_TRACK, linewidth=1, zorder=0)
    for place, step in enumerate(row["steps"]):
        high = max(step["high"], step["low"] + 0.03)
        axes.bar(place, high - step["low"], bottom=step["low"], width=0.5, color=_JUNIOR)
    every = max(1, -(-len(days) // 7))
    shown = days[::every] if last else [""] * len(days[::every])
    axes.set_xticks(list(range(len(days)))[::every], shown, size=_SMALL, color=_GREY)


def _months(spec: Spec) -> bytes:
    figure = Figure(figsize=(_WIDE, 2.5))
    _month_bars(figure.add_axes((0.01, 0.12, 0.98, 0.74)), spec, _SMALL)
    return _svg(figure, "months")


def _month_bars(axes: Axes, spec: Spec, small: int) -> None:
    """Held ones full, others hatched on top."""
    rows = spec["rows"]
    places = list(range(len(rows)))
    held, rest = [row["held"] for row in rows], [row["not_held"] for row in rows]
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(_GREY)
    axes.set_yticks([])
    axes.bar(places, held, width=0.66, color=_GREEN, label=spec["held"])
    axes.bar(places, rest, bottom=held, width=0.66, color="white", edgecolor=_GREEN, hatch="////",
             label=spec["not_held"])  # fmt: skip
    most = max([a + b for a, b in zip(held, rest, strict=True)], default=0)
    axes.set(ylim=(0, max(most, 1) * 1.25), xlim=(-0.6, max(len(rows), 6) - 0.4))
    for place, (a, b) in enumerate(zip(held, rest, strict=True)):
        if a + b:
            axes.text(place, a + b + most * 0.04, f"{a}/{a + b}" if b else str(a), size=small, color=_INK, ha="center")
    every = max(1, -(-len(rows) // 8))
    axes.set_xticks(places[::every], [row["label"] for row in rows][::every], size=small, color=_GREY)
    axes.tick_params(length=0)
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 0.98), ncols=2, frameon=False, fontsize=small,
                labelcolor=_GREY)  # fmt: skip


def _picture(spec: Spec) -> bytes:
    """Everything in one, legible on a phone."""
    rows = max(len(spec["benefit"]["rows"]), 1)
    height = 1.5 + 0.8 * rows + 4.2 + (2.6 if spec["months"]["rows"] else 0.4)
    figure = Figure(figsize=(8.0, height), dpi=110, facecolor="white")
    FigureCanvasAgg(figure)
    top = 1 - 0.45 / height
    figure.text(0.04, top, spec["title"], size=19, weight="bold", color=_INK)
    figure.text(0.04, top - 0.38 / height, spec["subtitle"], size=13, color=_GREY)
    benefit_bottom = 1 - (1.25 + 0.8 * rows) / height
    if spec["benefit"]["rows"]:
        _sides(figure.add_axes((0.04, benefit_bottom, 0.92, 0.8 * rows / height)), spec["benefit"], 13, 12)
    else:
        none = textwrap.fill(spec["none"], _LINE)
        figure.text(0.04, benefit_bottom + 0.3 / height, none, size=13, color=_GREY, va="bottom")
    four_top = benefit_bottom - 0.35 / height
    figure.text(0.04, four_top, spec["four"]["title"], size=15, weight="bold", color=_INK)
    _four(figure.add_axes((0.04, four_top - 3.45 / height, 0.92, 3.3 / height)), spec["four"]["rows"])
    months_top = four_top - 3.85 / height
    if spec["months"]["rows"]:
        figure.text(0.04, months_top, spec["months"]["title"], size=15, weight="bold", color=_INK)
        _month_bars(figure.add_axes((0.04, months_top - 2.05 / height, 0.92, 1.7 / height)), spec["months"], 12)
    foot = textwrap.fill(spec["foot"], _FOOT)
    figure.text(0.04, 0.1 / height, foot, size=10, color=_GREY, va="bottom")
    out = io.BytesIO()
    figure.savefig(out, format="png", pil_kwargs={"compress_level": 6})
    return out.getvalue()


def _four(axes: Axes, rows: list[Spec]) -> None:
    axes.set(xlim=(0, 1), ylim=(len(rows), 0))
    axes.axis("off")
    for n, row in enumerate(rows):
        side = row["figure"]
        axes.text(0, n + 0.3, row["label"], size=13, color=_INK, va="center")
        axes.text(1, n + 0.3, side["said"], size=12, color=_GREY, va="center", ha="right")
        axes.barh(n + 0.68, 1, height=0.28, color=_TRACK)
        if side["known"]:
            low = min(side["low"], 1 - _THIN)
            axes.barh(n + 0.68, max(side["high"], low + _THIN) - low, left=low, height=0.28, color=_JUNIOR)


def _svg(figure: Figure, name: str) -> bytes:
    """Text stays text, so that it can be read out, found and enlarged; ids differ from chart to chart."""
    FigureCanvasSVG(figure)
    out = io.BytesIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": f"revmentor-{name}"}):
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None, "Format": None,
                                                                     "Type": None})  # fmt: skip
    return out.getvalue()
