"""What the help looks like."""

import pytest

from bot.domain.help import HelpFacts, HelpLine, Reader, Topic
from bot.views import help as view
from handlers.help import lines
from playground.blocks.check import check_blocks
from prompts import Library, Words
from storage.records.enrol import Side
from tests.golden import same_as_golden

EVERYTHING = Reader(enrolled=True, sides=frozenset(Side), coordinator=True, k=7, contacts=("U1", "U2"))
SOME = (
    HelpLine("", "", (), "home", "all", "help.help.help"),
    HelpLine("admin", "", (), "programme", "coordinator", "programme.help.admin"),
    HelpLine("help", "[topic]", ("how",), "help", "all", "help.help.help"),
)


@pytest.mark.parametrize("topic", list(Topic))
def test_each_screen(words: Words, topic: Topic) -> None:
    message = view.screen(words, HelpFacts(topic, EVERYTHING, SOME))
    assert check_blocks(message.payload()["blocks"]) == []
    same_as_golden(f"help/{topic}", message.payload())


def test_a_stranger_is_told_that_there_is_more(words: Words) -> None:
    same_as_golden("help/stranger", view.screen(words, HelpFacts(Topic.ALL, Reader(), SOME)).payload())
    same_as_golden("help/waiting", view.screen(words, HelpFacts(Topic.ALL, Reader(enrolled=True), SOME)).payload())


@pytest.mark.parametrize("topic", list(Topic))
def test_the_real_commands_fit_into_slacks_limits_in_every_language(library: Library, topic: Topic) -> None:
    for lang in library.languages:
        message = view.screen(library.words(lang), HelpFacts(topic, EVERYTHING, lines()))
        assert check_blocks(message.payload()["blocks"]) == []


def test_one_command_on_its_own(words: Words) -> None:
    same_as_golden("help/one", view.one(words, SOME[2]).payload())


def test_what_may_follow_a_command_is_said_in_the_readers_language(library: Library) -> None:
    """And what has to be typed as it stands is left as it is."""
    english, french = (
        {line.name: view._args(library.words(lang), line.args) for line in lines()} for lang in ("en", "fr")
    )
    assert english == {line.name: line.args for line in lines()}
    assert french["schedule"] == "[date heure]"
    assert french["admin digest"] == "[now | preview | schedule | channel] [cohorte]"
    assert not [name for name, args in french.items() if "@person " in args or "topic" in args or " or " in args]
