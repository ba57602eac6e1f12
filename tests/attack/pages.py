"""Reads a report's page, its message and its picture: their figures are the digests', and all the rest is no figure."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from html.parser import HTMLParser

from bot.domain.report.figures import Share
from bot.domain.report.paper import Paper, PaperFacts
from bot.views.report import paper as message
from bot.views.report.paper_charts import alt_text, picture
from bot.views.report.paper_page import page
from prompts import Words
from storage.records.paper import PaperWhat
from tests.attack.reading import text

Row = tuple[str, ...]
"""Cohort, count, row, first and last day, n, low, high: as the CSV has them."""
Interval = tuple[int, int, int]
_SAID = re.compile(
    r"(?:between (?P<from>\d+) and )?\b(?P<one>\d+)(?P<open> or fewer| or more)? of (?P<n>\d+)\b"
    r"(?! planned| cancellations)"
)
_COMPARED = {
    "balance": ("end_junior.end_junior_benefit", "end_senior.end_senior_benefit"),
    "balance_now": ("benefit_junior.gives_more", "benefit_senior.gives_more"),
    "parity": ("later180_junior.later_new_role", "later180_senior.later_new_role"),
}
"""What the three sentences compare, juniors first."""
_SHOWN = ("aria-label", "alt", "title", "content")
_SIDES = ("juniors", "seniors")
_THIN, _LOW = 1.61, 4.01
"""In percent: a bar may be drawn so much wider than its figure, or a small one so much higher, so that it is seen."""


class _Pieces(HTMLParser):
    """What can be read or heard of a page, in its order; and its bars, in percent."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.bars: list[tuple[float, float]] = []
        self._drawing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.found += [told[name] for name in _SHOWN if told.get(name)]
        self._drawing = told.get("class", "") if tag == "svg" else self._drawing
        if tag == "rect" and told.get("class") in _SIDES and self._drawing != "key":
            upright = "y" in told
            start, length = (float(told[name].rstrip("%")) for name in (("y", "height") if upright else ("x", "width")))
            self.bars.append((100 - start - length, 100 - start) if upright else (start, start + length))

    def handle_data(self, data: str) -> None:
        self.found += [data.strip()] if data.strip() else []


def read(words: Words, paper: Paper, whom: str, told: Collection[Row], themes: Collection[str]) -> Iterator[str]:
    """What page, message and files' message say beside figures. `told` is what the digests make of these weeks.

    `whom` names the rows of the whole, `themes` are those past the gate.
    """
    so_far, over_time = words.say("paper.csv.so_far"), words.say("paper.csv.release")
    whole = {row[1]: _interval(row) for row in told if row[0] == whom and row[2] == so_far}
    steps = {_interval(row) for row in told if row[:3:2] == (whom, over_time) and row[1].startswith("reciprocity.")}
    known = {_interval(row) for row in told if row[2] == so_far} | steps
    pieces = _Pieces()
    pieces.feed(page(words, paper).decode())
    rest = _without_themes(words, pieces.found, themes)
    found = set(_said("\n".join(rest)))
    assert {*whole.values(), *steps} <= found <= known, "the page shows other figures than the digests"
    yield _struck(words, "\n".join(rest), whole)
    themes_line = r"(?:\\n)?" + re.escape(words.say("report.digest.themes", themes="")) + r'[^"]*'
    for one in (message.summary(words, paper), message.sent(words, PaperFacts(paper, PaperWhat.REPORT))):
        said = text(one.blocks)
        assert set(_said(said)) <= set(whole.values()), "the message shows other figures than the digests"
        yield re.sub(themes_line, "", _struck(words, said, whole))
    _bars(pieces.bars, known)
    _picture(words, paper, set(whole.values()))


def _bars(bars: Collection[tuple[float, float]], known: Collection[Interval]) -> None:
    """What the page paints: the same shares."""
    shares = [(100 * low / n, 100 * high / n) for low, high, n in known]
    for start, end in bars:
        assert any(abs(start - low) < _THIN and abs(end - high) < _LOW for low, high in shares), "a bar shows another"


def _picture(words: Words, paper: Paper, known: Collection[Interval]) -> None:
    """The picture, and the words for whoever cannot see it."""
    shares = {(low / n, high / n) for low, high, n in known} | {(0.0, 0.0)}
    spec, alt = picture(words, paper), alt_text(words, paper)
    assert {(one["low"], one["high"]) for one in _intervals(spec)} <= shares, "the picture shows other figures"
    assert set(_said(json.dumps(spec, ensure_ascii=False) + alt)) <= set(known), "the picture says other figures"


def _intervals(spec: object) -> Iterator[Mapping[str, float]]:
    if isinstance(spec, Mapping):
        yield from [spec] if "low" in spec else []
        spec = list(spec.values())
    if isinstance(spec, list):
        for one in spec:
            yield from _intervals(one)


def _interval(row: Row) -> Interval:
    n, low, high = map(int, row[5:8])
    return low, high, n


def _said(said: str) -> Iterator[Interval]:
    for one in _SAID.finditer(said):
        number, n = int(one["one"]), int(one["n"])
        low = int(one["from"]) if one["from"] else 0 if one["open"] == " or fewer" else number
        yield low, n if one["open"] == " or more" else number, n


def _without_themes(words: Words, pieces: list[str], themes: Collection[str]) -> list[str]:
    """All but what is said of themes: of those are named that are past the gate, and no other."""
    first, last = pieces.index(words.say("paper.page.themes")), pieces.index(words.say("paper.page.activity"))
    labels = {tag.label: tag.id for group in words.content.themes.groups for tag in group.tags}
    assert {labels[one] for one in pieces[first:last] if one in labels} == set(themes), "the page names other themes"
    return pieces[:first] + pieces[last:]


def _struck(words: Words, said: str, whole: Mapping[str, Interval]) -> str:
    """Without figures, the words for them, and the sentences that compare two of them; these have to be true."""
    for key, (junior, senior) in _COMPARED.items():
        for side in ("seniors", "juniors", "even", "unknown"):
            sentence = words.say(f"paper.{key}.{side}")
            if sentence in said:
                assert _true(side, whole.get(junior), whole.get(senior)), sentence
            said = said.replace(sentence, key)
    share = "|".join(re.escape(words.say(f"report.share.{one}")) for one in Share)
    return _SAID.sub("figure", re.sub(rf"(?:{share}) \((?=between \d|\d)", "(", said))


def _true(side: str, junior: Interval | None, senior: Interval | None) -> bool:
    if junior is None or senior is None:
        return side == "unknown"
    more, fewer = (senior, junior) if side == "seniors" else (junior, senior)
    return side == "even" or more[0] / more[2] > fewer[1] / fewer[2]
