"""Sends hostile requests and holds what comes of each against what may come of it."""

import html
import io
import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import StaticPool, create_engine, text

from tests.end_to_end.strangers import JUNIORS, PAIRS, SENIORS, Square
from tests.hostile.requests import Request

PAIRED = PAIRS | JUNIORS | SENIORS
HIDDEN = {"junior": SENIORS, "senior": JUNIORS}
BROKEN = ("handler_failed", "event_failed", "envelope_failed", "answer_lost")
PASSED_ON = {"support.concern", "leave.ask"}
"""Modals whose text goes to somebody at once and is stored nowhere, or was sent before and changes nothing."""
FACTS = {
    "junior": {
        "answer": "checkin_id IN (SELECT id FROM checkin WHERE person_id = :ana)",
        "checkin": "person_id = :ana", "noticing": "person_id = :ana", "participant": "person_id = :ana",
        "urn": "person_id = :ana", "lesson_read": "user_id = :ana_user", "review": "person_id = :ana",
        "pulse": "person_id = :ana", "learner": "person_id = :ana", "ask_offer": "person_id = :ana",
        "intro_outcome": "person_id = :ana", "staying": "person_id = :ana", "statement": "person_id = :ana",
        "quote": "person_id = :ana",
    },
    "senior": {
        "reflection": "person_id = :bo", "commitment": "owner_id = :bo", "checkin": "person_id = :bo",
        "participant": "person_id = :bo", "review": "person_id = :bo",
        "pulse": "person_id = :bo", "learner": "person_id = :bo", "credit": "person_id = :bo",
        "intro_answer": "person_id = :bo", "staying": "person_id = :bo", "quote": "person_id = :bo",
    },
    "pair": {
        "agenda_line": "pair_id = :pair", "session": "pair_id = :pair", "pair": "id = :pair",
        "contract": "pair_id = :pair", "contract_line": "pair_id = :pair", "contract_agreement": "pair_id = :pair",
        "icebreaker_answer": "pair_id = :pair", "early_topics": "pair_id = :pair",
        "introduction": "pair_id = :pair", "ripple": "pair_id = :pair", "wrap_up": "pair_id = :pair",
        "session_report": "session_id IN (SELECT id FROM session WHERE pair_id = :pair)",
    },
    "team": {
        "programme": "true", "coordinator": "true", "cohort": "true", "conflict": "true", "contract_setting": "true",
        "content_item": "true",
    },
    "junior's manager": {"line": "user_id = :ana_user"},
    "senior's manager": {"line": "user_id = :bo_user"},
}  # fmt: skip
"""What is whose: nobody else's request changes a row of it."""

MAY = {
    "junior": {"junior", "pair", "junior's manager"},
    "senior": {"senior", "pair", "senior's manager"},
    "coordinator": {"team", "junior's manager", "senior's manager"},
}


@dataclass
class Court:
    """What was found, over all requests."""

    square: Square
    lines: io.StringIO
    found: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        url = self.square.town.house.kit.store.url
        plain = url.set(drivername="sqlite") if url.get_backend_name() == "sqlite" else url
        self._engine = create_engine(plain, isolation_level="AUTOCOMMIT", poolclass=StaticPool)
        self._watch = self._engine.connect()
        self._before = self._facts()
        self._version = self.square.writes()
        self._screens: list[tuple[frozenset[str], str]] = []
        self._stop = self.square.town.pg.live.listen(self._seen)

    def close(self) -> None:
        self._stop()
        self._watch.close()
        self._engine.dispose()

    async def hear(self, requests: Iterable[Request]) -> None:
        for request in requests:
            await self._one(request)

    def tally(self) -> dict[str, Any]:
        """The counts, to be printed."""
        counts = {name: self.found[name] for name in ("wrong_access", "unhandled", "late", "lost")}
        return {"requests": self.asked.total(), **counts, "by_kind": dict(self.asked)}

    async def _one(self, request: Request) -> None:
        self._screens.clear()
        start, started = self.lines.tell(), time.perf_counter()
        pg = self.square.town.pg
        try:
            ack = await pg.channel.send(request.kind, request.body, 5.0)
        except UnicodeEncodeError:
            return  # half a character cannot be sent in a form at all, only as JSON over a socket
        self.asked[request.kind] += 1
        spent = time.perf_counter() - started
        if request.who == "elsewhere" and not ack.ok and pg.channel is not pg.socket:
            return  # over HTTP, another workspace is turned away at the door
        if not ack.ok or spent > 3:
            self._note("late", request, f"{ack.error} after {spent:.1f} s")
        said = json.dumps(ack.payload, default=str, ensure_ascii=False)
        self._look_at_lines(request, start)
        self._look_at_screens(request, said)
        changed = self._look_at_facts(request)
        if request.typed and not changed and request.name not in PASSED_ON:
            self._look_for_loss(request, ack.payload)

    def _look_at_lines(self, request: Request, start: int) -> None:
        self.lines.seek(start)
        for line in self.lines.read().splitlines():
            told = json.loads(line)
            if told["event"] in BROKEN or (told["event"] == "library" and told["level"] in ("error", "critical")):
                ours = [frame for frame in told.get("trace", []) if "site-packages" not in frame]
                self._note("unhandled", request, f"{told['event']} {told.get('error')} {ours[-4:]}")

    def _look_at_screens(self, request: Request, said: str) -> None:
        own = HIDDEN.get(request.who, PAIRED)
        shown = [(frozenset({request.user}), said), *self._screens]
        if "went wrong on our side" in str(shown):
            self._note("unhandled", request, "a reference number was shown")
        for audience, words in shown:
            for secret in own if audience == {request.user} else ():
                if secret in words:
                    self._note("wrong_access", request, "was shown a text of somebody else's")

    def _look_at_facts(self, request: Request) -> bool:
        """Whether anything was stored; what is somebody else's must be as it was."""
        version = self.square.writes()
        if version == self._version:
            return False
        now = self._facts()
        for owner in FACTS:
            if now[owner] != self._before[owner] and owner not in MAY.get(request.who, set()):
                self._note("wrong_access", request, f"changed what is the {owner}'s")
        self._version, self._before = version, now
        return True

    def _look_for_loss(self, request: Request, answer: dict[str, Any]) -> None:
        """Nothing was stored: then what was typed is still there, in this modal or the next, or is quoted in it."""
        if answer.get("response_action") == "errors":
            return
        blocks = (answer.get("view") or {}).get("blocks", [])
        if not any(block["type"] == "input" for block in blocks):
            shown = _letters(json.dumps(blocks, ensure_ascii=False))
            if not all(_letters(text) in shown for text in request.typed):
                self._note("lost", request, json.dumps(blocks)[:300])

    def _note(self, what: str, request: Request, why: str) -> None:
        self.found[what] += 1
        self.problems.append(f"{what}: {request}: {why}")

    def _seen(self, kind: str, audience: Any, data: Any) -> None:
        if kind in ("message", "ephemeral", "view_open", "view_push", "view_update", "home"):
            self._screens.append((frozenset(audience or ()), json.dumps(data, default=str, ensure_ascii=False)))

    def _facts(self) -> dict[str, int]:
        ids = self.square.ids
        return {owner: self._hash(tables, ids) for owner, tables in FACTS.items()}

    def _hash(self, tables: dict[str, str], ids: dict[str, str]) -> int:
        rows = [
            (table, self._watch.execute(text(f"SELECT * FROM {table} WHERE {where} ORDER BY 1, 2"), ids).fetchall())
            for table, where in tables.items()
        ]
        return hash(str(rows))


def _letters(text: str) -> str:
    """Without the signs that are written otherwise where a text is shown."""
    return "".join(filter(str.isalnum, html.unescape(text)))
