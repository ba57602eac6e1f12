"""The table of Web API methods: who may call them, with which scopes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground.errors import Json, SlackError
from playground.records import Conversation

if TYPE_CHECKING:
    from playground.server import Playground


@dataclass
class Call:
    """One call of a method: the playground it goes to, its arguments and the token's kind (bot, app)."""

    pg: "Playground"
    args: Json
    token_kind: str | None
    asked: list[str] = field(default_factory=list)  # the scopes that this call needs, as far as it has got

    def need(self, *scopes: str) -> None:
        """Raises SlackError missing_scope unless the manifest asks for all of these bot scopes."""
        self.asked.extend(scope for scope in scopes if scope not in self.asked)
        missing = [scope for scope in scopes if scope not in self.pg.manifest.scopes]
        if missing:
            raise SlackError("missing_scope", needed=",".join(missing), provided=self.pg.manifest.provided)

    def readable(self, conversation_id: str, right: str) -> Conversation:
        """A conversation that the bot may read with "<family>:<right>"; others don't exist for it."""
        conversation = self.pg.workspace.conversation(conversation_id)
        self.need(f"{conversation.family}:{right}")
        hidden = conversation.kind != "channel" and self.pg.bot_id not in conversation.members
        if hidden:
            raise SlackError("channel_not_found")
        return conversation


Handler = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """A method and its conditions; `token` is bot, app or "" for none."""

    handler: Handler
    scopes: tuple[str, ...]
    token: str


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, token: str = "bot") -> Callable[[Handler], Handler]:
    """Registers a Web API method."""

    def register(handler: Handler) -> Handler:
        METHODS[name] = Method(handler, scopes, token)
        return handler

    return register
