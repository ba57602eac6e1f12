"""response_url: five answers within thirty minutes to the place where somebody clicked or typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from playground.blocks import check_blocks, fill_ids
from playground.errors import Json, SlackError
from playground.records import Message

if TYPE_CHECKING:
    from playground.server import Playground

USES = 5
KEPT = 5000
LIFETIME = timedelta(minutes=30)


@dataclass
class Answer:
    """Where an answer goes, until when, and how often it was used."""

    user_id: str
    channel: str
    message: Message | None
    expires: datetime
    used: int = 0


class ResponseUrls:
    """Issues response_urls and takes what is posted to them."""

    def __init__(self, pg: "Playground") -> None:
        self._pg = pg
        self._issued: dict[str, Answer] = {}

    def issue(self, user_id: str, channel: str, message: Message | None = None) -> str:
        """A fresh address for a gesture of a person in a conversation."""
        key = f"{self._pg.workspace.ids.number('response'):07d}"
        expires = self._pg.clock.now() + LIFETIME
        self._issued[key] = Answer(user_id, channel, message, expires)
        if len(self._issued) > KEPT:
            del self._issued[next(iter(self._issued))]
        return f"{self._pg.base_url}/response/{key}"

    def take(self, key: str, body: Json) -> None:
        """Does what was posted; raises SlackError used_url, expired_url or what is wrong with the message."""
        answer = self._issued.get(key)
        if answer is None or self._pg.clock.now() > answer.expires:
            raise SlackError("expired_url")
        if answer.used >= USES:
            raise SlackError("used_url")
        self.post(answer, body)
        answer.used += 1

    def reply(self, user_id: str, channel: str, body: Json) -> None:
        """A message in the acknowledgement itself, which needs no address."""
        self.post(Answer(user_id, channel, None, self._pg.clock.now()), body)

    def post(self, answer: Answer, body: Json) -> None:
        """Posts, replaces or deletes, as the body says."""
        if body.get("delete_original"):
            self._delete(answer)
        else:
            self._put(answer, body)

    def _delete(self, answer: Answer) -> None:
        if answer.message is None or answer.message.deleted:
            raise SlackError("message_not_found")
        self._pg.workspace.remove(answer.message)

    def _put(self, answer: Answer, body: Json) -> None:
        text, blocks = self._content(body)
        original = answer.message
        if body.get("replace_original") and original is not None and not original.deleted:
            original.text, original.blocks = text, blocks
            original.states = {}
            self._pg.workspace.changed(original)
            return
        fields: dict[str, Any] = {"blocks": blocks, "is_bot": True, "thread_ts": body.get("thread_ts")}
        where = (answer.channel, self._pg.bot_id, text, self._pg.clock.now())
        if body.get("response_type") == "in_channel":
            self._pg.workspace.post(*where, **fields)
        else:
            self._pg.workspace.post_ephemeral(*where, ephemeral_to=answer.user_id, **fields)

    def _content(self, body: Json) -> tuple[str, list[Json]]:
        text, blocks = str(body.get("text") or ""), body.get("blocks") or []
        problems = check_blocks(blocks, self._pg.file_trouble) if blocks else []
        if problems:
            raise SlackError("invalid_blocks", response_metadata={"messages": problems})
        if not text and not blocks:
            raise SlackError("no_text")
        if blocks and not text:
            self._pg.problem("an answer to a response_url has blocks and no text")
        return text, fill_ids(blocks, self._pg.workspace.ids)
