"""What people type is shown as they typed it, and can neither format, link, notify nor break a message."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts import clean, escape

TYPED = st.text(alphabet=st.characters(), max_size=80) | st.lists(
    st.sampled_from(
        ["*", "_", "~", "`", "```", "<", ">", "&", "\n", "\r\n", " ", "a", "9", "é", "@here", "<!channel>", "<@U1>"]
    ),
    max_size=30,
).map("".join)
BACK = str.maketrans({"\u2217": "*", "\u02cd": "_", "\u223c": "~", "\u02cb": "`", "\u203a": ">", "\u2060": None})


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<!channel> look", "&lt;!channel&gt; look"),
        ("<@U123>", "&lt;@U123&gt;"),
        ("<https://example.org|Click>", "&lt;https://example.org|Click&gt;"),
        ("salt & pepper", "salt &amp; pepper"),
        ("&lt;", "&amp;lt;"),
        ("*bold* _slanted_ ~gone~", "\u2217bold\u2217 \u02cdslanted\u02cd \u223cgone\u223c"),
        ("`code`", "\u02cbcode\u02cb"),
        ("__init__", "\u02cd\u02cdinit\u02cd\u02cd"),
        ("file_name and 3*4", "file_name and 3*4"),
        ("> quoted", "\u203a quoted"),
        ("a > b", "a &gt; b"),
        ("one\n  > two", "one\n  \u203a two"),
        ("@here now, @Everyone", "@\u2060here now, @\u2060Everyone"),
        ("ana@heron.example", "ana@heron.example"),
        ("a\x00b\ud800c\u202ed", "abcd"),
        ("a\r\nb\n\n \n\nc", "a\nb\n\nc"),
    ],
)
def test_the_usual_suspects(typed: str, shown: str) -> None:
    assert escape(typed) == shown


@settings(deadline=None)
@given(TYPED)
def test_no_markup_of_slack_survives(typed: str) -> None:
    shown = escape(typed)
    assert "<" not in shown
    assert ">" not in shown
    assert "`" not in shown
    assert re.sub("&(?:amp|lt|gt);", "", shown).count("&") == 0


@settings(deadline=None)
@given(TYPED)
def test_a_mark_that_is_left_stands_inside_a_word(typed: str) -> None:
    shown = html.unescape(escape(typed))
    for mark in re.finditer(r"[*_~]", shown):
        around = shown[max(mark.start() - 1, 0) : mark.start()], shown[mark.end() : mark.end() + 1]
        assert all(side.isalnum() for side in around), shown


@settings(deadline=None)
@given(TYPED)
def test_the_reader_sees_the_text_that_was_typed(typed: str) -> None:
    plain = typed.translate(BACK)
    assert html.unescape(escape(plain)).translate(BACK) == clean(plain)


@settings(deadline=None)
@given(TYPED)
def test_nothing_unsendable_and_no_wide_gap_is_left(typed: str) -> None:
    for shown in (clean(typed), escape(typed)):
        shown.encode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f]", shown)
        assert "\n\n\n" not in shown


@settings(deadline=None)
@given(TYPED)
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)
