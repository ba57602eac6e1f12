"""A town in which a private thing of each kind was written; everybody tries everything, and who saw what by it."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from bot.domain.privacy import Datum
from handlers import routes
from playground.person import Person
from storage import programme
from storage.doctor import look
from tests.end_to_end.conftest import Town
from tests.end_to_end.strangers import Square, square
from tests.end_to_end.test_roles import CHOICES, OWN, PRESSED, SENT, barred
from tests.world import CHI, TEAM

CAST = {
    "stranger": "ruth", "former coordinator": "dee", "other junior": "juno", "other senior": "max",
    "safe contact": "noor", "coordinator": "chi",
    "senior": "bo", "junior": "ana",
}  # fmt: skip
"""Who tries everything; the two whose things they are come last, for they may change them."""

ALSO = ("digest", "operator")
"""What stands in the coordinators' channel, and what the operator's commands read."""
CHANNEL = "C07TEAM001"

PLANTED: dict[Datum, dict[str, str]] = {
    Datum.PROFILE: {"department-puffin-2215": "junior"},
    Datum.PRIVATE: {"share-gecko-7012": "junior"},
    Datum.SHARED: {
        "agenda-otter-4402": "pair",
        "parked-lynx-9015": "pair",
        "place-tapir-3301": "pair",
        "left-out-ferret-7713": "pair",
        "opened-stoat-2284": "pair",
    },
    Datum.AHEAD: {"ahead-vole-5521": "junior"},
    Datum.EXAMPLES: {"example-zebra-7731": "junior"},
    Datum.REFLECTION: {"learned-raven-8816": "senior"},
    Datum.COMMITMENTS: {"promise-heron-1188": "pair", "suggested-mole-3321": "pair"},
    Datum.INTRODUCTIONS: {
        "meet-lemur-4410": "pair",
        "why-okapi-2093": "pair",
        "line-tarsier-7781": "pair",
        "made-gibbon-6120": "pair",
    },
    Datum.HELP_REQUEST: {"request-ibis-6604": "junior"},
    Datum.RIPPLES: {"ripple-finch-3307": "pair"},
    Datum.STATEMENT: {"statement-newt-6120": "junior"},
    Datum.QUOTE: {"quote-lark-9031": "junior"},
    Datum.CONCERN: {"concern-quoll-9127": "junior"},
}
"""What was written, and whose it is."""

LOOK = {"stranger", "other senior", "former coordinator"}
"""Who only types commands and opens Home here; `test_roles` has them press and send everything too."""

ENDS = {
    "modal privacy.erase": set(CAST), "modal leave.ask": set(CAST), "modal programme.cohort_close": {"coordinator"},
    "action programme.coordinator_remove": {"coordinator"}, "modal programme.coordinator_add": {"coordinator"},
}  # fmt: skip
"""What would end the walk for those whom it is for, or make a coordinator of the junior."""

PROFILE = {"about": {"department": "department-puffin-2215"}, "bring": {"share": "share-gecko-7012"}}
DATA = {word: datum for datum, words in PLANTED.items() for word in words}
Seen = dict[str, dict[str, set[Datum]]]
"""By way: who saw which kinds of things."""


@dataclass
class Walk:
    """Everybody's tries, and what was before whose eyes by which of them."""

    square: Square
    seen: Seen = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    way: str = ""
    _carried: dict[tuple[str, str], set[Datum]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pg = self.square.town.pg
        names = {user.name: user.id for user in pg.workspace.users.values()}
        self._roles = {names[name]: role for role, name in CAST.items()}
        pg.live.listen(self._shown)

    async def everybody_tries_everything(self) -> None:
        for who in CAST:
            await self._home(who)
            for name in dict.fromkeys(command.name for command in routes().commands.values()):
                if who in barred(name):
                    continue
                self._note(f"command {name}", who, await self._types(who, name))
            await self._press_and_send(who)
            await self._home(who)
        await self.square.town.forward(minutes=5)

    async def _press_and_send(self, who: str) -> None:
        """What `test_roles` sees refused, with nothing told and nothing kept, need not be tried here once more."""
        for name, subjects in PRESSED.items() if who not in LOOK else ():
            for subject, allowed in subjects.items() if who not in ENDS.get(f"action {name}", ()) else ():
                if _is_for(who, name, allowed):
                    self._note(f"action {name}", who, await self._presses(who, name, subject))
        for name in routes().submissions if who not in LOOK else ():
            if who not in ENDS.get(f"modal {name}", ()) and _is_for(who, name, SENT[name]):
                self._note(f"modal {name}", who, await self._submits(who, name))

    async def the_digest_goes_out(self) -> None:
        """With everything in it that a week can hold."""
        await self._types("coordinator", "admin digest now")
        await self.square.town.settle()
        posted = json.dumps(self._person("coordinator").messages(CHANNEL), ensure_ascii=False, default=str)
        assert "Sessions" in posted
        self._note("message report.digest", "digest", posted)

    async def the_operator_looks(self) -> None:
        """All that `app.py doctor` has to tell from; logs and metrics are looked through after every test."""
        kit = self.square.town.house.kit
        self._note("app.py doctor", "operator", repr(await look(kit.store, True, kit.clock())))

    def look_into_exports(self) -> None:
        """Files that were made for somebody, by whose direct messages they were put into."""
        board = self.square.town.pg.workspace
        for file in board.files.values():
            for channel in file.shares:
                for user in board.conversation(channel).members:
                    role = self._roles.get(user, user)
                    self._note("export", role, file.content.decode("utf-8", "replace"))

    def name_messages(self) -> None:
        """What the courier brought, by its kind."""
        kinds = _kinds(self.square.town)
        for (ts, user), data in self._carried.items():
            self.seen[f"message {kinds[ts]}"][self._roles.get(user, user)] |= data

    async def _home(self, who: str) -> None:
        self.way = "home"
        await self._person(who).open_home()
        await self.square.town.settle()
        self._note("home", who, json.dumps(self._person(who).home, ensure_ascii=False))

    async def _types(self, who: str, name: str) -> str:
        self.way = f"command {name}"
        person = self._person(who)
        self.square.town.pg.views.clear(person.id)
        await person.command(f"/revmentor {name}".strip())
        return json.dumps(person.modal, ensure_ascii=False)

    async def _presses(self, who: str, name: str, subject: str) -> str:
        self.way = f"action {name}"
        known = self.square.ids | {"chi": "U07CHI0000", "shown": f"{self.square.ids['pair']}|x|y"}
        choice = CHOICES.get(name, "")
        pressed = f"{name}:{known.get(choice, choice)}" if choice else name
        return await self.square.presses(CAST[who], pressed, known.get(subject, ""))

    async def _submits(self, who: str, name: str) -> str:
        self.way = f"modal {name}"
        return await self.square.submits(CAST[who], name)

    def _person(self, who: str) -> Person:
        return self.square.town.person(CAST[who])

    def _note(self, way: str, who: str, shown: str) -> None:
        self.seen[way][who] |= {datum for word, datum in DATA.items() if word in shown}

    def _shown(self, kind: str, audience: Any, data: Any) -> None:
        if kind not in ("message", "message_changed", "ephemeral", "home", "view_open", "view_push", "view_update"):
            return
        shown = json.dumps(data, ensure_ascii=False, default=str)
        found = {datum for word, datum in DATA.items() if word in shown}
        for user in audience or () if found else ():
            if kind == "message":
                self._carried.setdefault((data["message"]["ts"], user), set()).update(found)
            elif user in self._roles:
                self.seen["home" if kind == "home" else self.way][self._roles[user]] |= found


def _is_for(who: str, name: str, allowed: Collection[str]) -> bool:
    """A safe contact, whom `test_roles` does not have, is a stranger who may be told something in confidence."""
    if who == "safe contact":
        return "stranger" in allowed or name.startswith("support.")
    return who in allowed or name in OWN


def _kinds(town: Town) -> dict[str, str]:
    from tests.leaks.watch import Asking

    asking = Asking(town.house.kit.store.url)
    try:
        query = text("SELECT ts, kind FROM outbox WHERE ts IS NOT NULL")
        known = {str(row.ts): str(row.kind) for row in asking.execute(query)}
    finally:
        asking.close()
    return defaultdict(lambda: "sent at once", known)


async def planted(town: Town) -> Walk:
    """Ana and Bo write one thing of each kind."""
    from tests.end_to_end.strangers import PEOPLE

    walk = Walk(await square(town))
    kit, dee = town.house.kit, town.person("dee").id
    async with kit.store.write(TEAM) as tx:  # she was one for a while
        await programme.add_coordinator(tx, dee, CHI, kit.clock())
        await programme.remove_coordinator(tx, dee)
    walk.square.cast = PEOPLE | {name: name for name in CAST.values()}
    ana, bo = town.person("ana"), town.person("bo")
    walk.way = "writing"
    await ana.command("/revmentor profile")
    for part, told in PROFILE.items():
        await ana.press(f"enrol.edit:{part}")
        assert (await ana.submit(told)).ok
    await bo.command("/revmentor schedule")
    assert (await bo.submit({"When?": "2026-03-17 14:00", "meet.place": "place-tapir-3301"})).ok
    await ana.command("/revmentor support")
    await ana.press("support.ask")
    assert (await ana.submit({"support.words": "request-ibis-6604"})).ok
    await ana.command("/revmentor support")
    await ana.press("support.concern")
    concern = {"support.contact": town.person("noor").id, "support.words": "concern-quoll-9127"}
    assert (await ana.submit(concern)).ok
    await town.settle()
    return walk
