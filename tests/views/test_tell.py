"""Nudges and announcements: the coordinators' windows, and what people get."""

from bot.domain.tell import AnnounceDesk, AnnouncePreview, NudgeDesk, NudgeFacts, Nudging, Told
from bot.views import tell as views
from bot.views.parts import Message, Modal
from playground.blocks import check_blocks, check_view
from prompts import Words
from storage.records.tell import Announcement, Audience, Delivery, Readers
from tests.golden import same_as_golden
from tests.views.test_enrol import NOW, PEOPLE, SPRING

TEXTS = {"keep_the_hour": "Look at your calendar for the next *four* weeks. " + "x" * 60, "offer_help": "Short."}
SAID = "Hello <!channel>, hello @here!\nSee https://example.org and *bold*."
MADE = Announcement("a1", "T1", SPRING.id, Readers.EVERYBODY, "p1", SAID, NOW)


def check(name: str, drawn: Modal | Message) -> None:
    payload = drawn.payload()
    assert (check_view(payload, ("modal",)) if isinstance(drawn, Modal) else check_blocks(payload["blocks"])) == []
    same_as_golden(f"tell/{name}", payload)


def test_the_window_for_a_nudge(words: Words) -> None:
    check("nudge", views.nudge_desk(words, NudgeDesk(Audience.SENIORS, TEXTS, "keep_the_hour", 42, 3)))
    check("nudge_pair", views.nudge_desk(words, NudgeDesk(Audience.PAIR, TEXTS, "offer_help", 2, 0, PEOPLE)))
    check("nudge_nobody", views.nudge_desk(words, NudgeDesk(Audience.UNBOOKED, TEXTS, "offer_help", 0, 1)))
    check("nudging", views.nudging(words, Nudging("n1", 42)))
    check("nudge_undone", views.nudging(words, Nudging("n1", 0, undone=True)))


def test_the_nudge_itself(words: Words) -> None:
    check("nudged", views.nudge(words, NudgeFacts("keep_the_hour")))


def test_the_window_for_an_announcement(words: Words) -> None:
    done = Told(MADE, "UCHI", SPRING, Delivery(1, 40, 2, 3), "Europe/Berlin")
    planned = Told(MADE, "", SPRING, zone="Europe/Berlin")
    check("announce", views.announce_form(words, AnnounceDesk((SPRING,), (done, planned))))
    typed = AnnounceDesk((SPRING, SPRING), (), SPRING.id, Readers.SENIORS, SAID)
    preview = AnnouncePreview(SPRING, Readers.SENIORS, SAID, "UCHI", 12)
    check("announce_preview", views.announce_form(words, typed, preview, "seen"))
    check("announcing", views.announcing(words, done))


def test_an_announcement_mentions_nobody(words: Words) -> None:
    drawn = views.announcement(words, Told(MADE, "UCHI", SPRING))
    check("announced", drawn)
    said = str(drawn.payload()["blocks"][0])
    assert "<!" not in said
    assert "@here" not in said
    assert "*bold*" in said
    assert "https://example.org" in said
    assert "Hello" not in drawn.text, "a lock screen shows none of it"
