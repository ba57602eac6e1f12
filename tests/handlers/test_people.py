"""What Slack says about an account, made safe to keep and to draw."""

import pytest

from bot.delivery.accounts import profile_from


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Ana  Silva", "Ana Silva"),
        ("Ana\nSilva\r\n", "Ana Silva"),
        ("A\x00na\ud800 \u202eSilva", "Ana Silva"),
        ("\x00 \u202e", "U1"),
        ("x" * 300, "x" * 160),
        ("<!channel>", "<!channel>"),
    ],
)
def test_a_name_is_one_line_without_what_cannot_be_seen(name: str, kept: str) -> None:
    """Marks stay: they are escaped where the name is drawn."""
    assert profile_from({"id": "U1", "profile": {"display_name": name}}, "T1").name == kept


@pytest.mark.parametrize("zone", [None, "", "Europe/Berlim", "../etc/passwd", "x\x00y"])
def test_a_zone_that_is_none_becomes_utc(zone: str | None) -> None:
    assert profile_from({"id": "U1", "tz": zone}, "T1").zone == "UTC"
