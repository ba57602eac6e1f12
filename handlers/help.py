"""`/revmentor help`: drawn from the same registry that finds the commands."""

import handlers
from bot.domain.help import HelpFacts, HelpLine, Topic
from bot.domain.refusals import Refusal
from bot.services.help import reader_of
from bot.views import help as view
from handlers.replies import Replace, Reply, Say
from handlers.router import Command, Router, Who
from handlers.turn import Turn

router: Router = Router("help")


@router.command("help", Who.ALL, args="[topic]")
async def ask(turn: Turn) -> Reply:
    wanted = next((topic for topic in Topic if _bare(topic) == _bare(turn.text or Topic.MOST)), None)
    if wanted is None:
        return _about_command(turn)
    return Say(view.screen(turn.words, await _facts(turn, wanted)))


@router.action("help.show")
async def show(turn: Turn) -> Reply:
    """From a message or a Home, which stays as it is."""
    return Say(view.screen(turn.words, await _facts(turn, _topic(turn))))


@router.action("help.turn")
async def turn_page(turn: Turn) -> Reply:
    """From one screen of the help to another."""
    message = view.screen(turn.words, await _facts(turn, _topic(turn)))
    return Replace(message)


def lines() -> tuple[HelpLine, ...]:
    """Every command once, in the order of the steps."""
    return tuple(_line(command) for command in dict.fromkeys(handlers.routes().commands.values()))


def _bare(name: str) -> str:
    """One spelling for "Check-ins", "checkin" and the like."""
    return name.lower().replace("-", "").rstrip("s")


def _topic(turn: Turn) -> Topic:
    """What a button names; an old one may name what is no longer there."""
    return next((topic for topic in Topic if topic == turn.choice), Topic.MOST)


def _line(command: Command) -> HelpLine:
    return HelpLine(command.name, command.args, command.aliases, command.step, command.who, command.help_key)


async def _facts(turn: Turn, topic: Topic) -> HelpFacts:
    return HelpFacts(topic, await reader_of(turn.kit, turn.actor), lines())


def _about_command(turn: Turn) -> Reply:
    command, rest = handlers.routes().find_command(turn.text)
    if command is None or rest:
        raise Refusal("help.refused.topic")
    return Say(view.one(turn.words, _line(command)))
