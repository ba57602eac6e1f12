"""What whoever watches over the bot is told: whether it lives, whether it can work, how much waits; never who."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from bot import metrics
from bot.domain.messages import Kind
from bot.services.kit import Kit
from bot.services.post import post
from handlers.bolt import build
from handlers.http import CannotListen
from handlers.http.health import Health, SlackToken
from handlers.http.metrics import Metrics
from handlers.http.server import HttpServer
from handlers.router import Routes
from handlers.socket import HeldSocket
from playground.faults import Fault
from playground.server import Playground
from storage.migrate import revisions
from storage.store import Store
from storage.vault import MasterKey
from tests.clockwork import MovableClock

TEAM = "T07PG00001"
ROOT = Path(__file__).parents[2]


class Watch:
    """The pages, and the seconds that the token's check counts."""

    def __init__(self, kit: Kit, slack: Playground) -> None:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        bolt, _ = build(kit, client, Routes([]))
        self.seconds = 0.0
        self.socket = HeldSocket(bolt, slack.app_token, slack.api_url)
        self.token = SlackToken(client.auth_test, lambda: self.seconds)
        self.health = Health(kit, self.token, self.socket)
        pages = {"/healthz": self.health.alive, "/readyz": self.health.ready, "/metrics": Metrics(kit, TEAM).page}
        self.server = HttpServer(pages, 1.0)

    async def get(self, path: str) -> tuple[int, str]:
        address = f"http://127.0.0.1:{self.server.port}{path}"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            return answer.status, await answer.text()

    async def wrong(self) -> dict[str, str]:
        """The checks that are not ok."""
        return {name: state for name, state in (await self.health.checks()).items() if state != "ok"}


@pytest.fixture
async def watch(kit: Kit, slack: Playground) -> AsyncIterator[Watch]:
    made = Watch(kit, slack)
    async with kit.store.write("") as tx:
        await tx.conn.exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))")
        await tx.conn.exec_driver_sql("DELETE FROM alembic_version")
        await tx.conn.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revisions()[-1]}')")
    await made.socket.connect()
    await made.server.start("127.0.0.1", 0)
    yield made
    await made.server.drain()
    await made.socket.drain(1)


async def test_each_check_has_its_name_and_all_of_them_make_it_ready(watch: Watch) -> None:
    status, said = await watch.get("/readyz")
    names = ("running", "database", "migrations", "slack", "socket")
    assert status == 200 and said.startswith('{"ready": true') and all(f'"{name}": "ok"' in said for name in names)
    assert await watch.get("/healthz") == (200, "alive\n") and (await watch.get("/slack/events"))[0] == 404


async def test_a_lost_socket_another_schema_and_a_stop_are_each_named(watch: Watch, kit: Kit) -> None:
    await watch.socket.drain(1)
    async with kit.store.write("") as tx:
        await tx.conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    watch.health.stopping = True
    assert set(await watch.wrong()) == {"running", "migrations", "socket"}
    assert (await watch.get("/readyz"))[0] == 503 and (await watch.get("/healthz"))[0] == 200


async def test_a_database_that_is_gone_is_named_without_its_address(watch: Watch, kit: Kit) -> None:
    lost = Store("sqlite+aiosqlite:////nowhere/at/all.db", [MasterKey.new("x")], exclusive=False)
    without = replace(kit, store=lost)
    checks = await Health(without, watch.token, None).checks()
    page = await Metrics(without, TEAM).page(None)  # type: ignore[arg-type]
    await lost.close()
    assert {name for name, state in checks.items() if state != "ok"} == {"database", "migrations"}
    assert page.status == 503 and "nowhere" not in f"{checks}{page.text}"


async def test_a_token_that_slack_refuses_is_named_within_a_minute_and_heals(watch: Watch, slack: Playground) -> None:
    slack.set_token_state(slack.bot_token, "account_inactive")
    assert await watch.wrong() == {}, "it was asked a moment ago"
    watch.seconds = 61
    assert await watch.wrong() == {"slack": "token refused: account_inactive"}
    slack.set_token_state(slack.bot_token, None)
    watch.seconds = 122
    assert await watch.wrong() == {}


async def test_a_slack_that_is_away_is_waited_for_ten_minutes(watch: Watch, slack: Playground) -> None:
    slack.faults.rules = [Fault("auth.test", "500_before")]
    watch.seconds = 590
    assert await watch.wrong() == {}
    watch.seconds = 660
    assert await watch.wrong() == {"slack": "not reached for ten minutes"}


async def test_a_port_that_is_taken_is_said(watch: Watch) -> None:
    with pytest.raises(CannotListen):
        await HttpServer({}, 1.0).start("127.0.0.1", watch.server.port)


async def test_metrics_tell_what_waits_since_when_and_in_which_workspace_and_nobody(
    watch: Watch, kit: Kit, clock: MovableClock
) -> None:
    async with kit.store.write(TEAM) as tx:
        await post(tx, Kind.JOINED, "U07SECRET", "once", kit.clock())
    clock.move(seconds=90)
    metrics.answered.add("command", 0.02)
    metrics.refused.add("signature")
    status, page = await watch.get("/metrics")
    found = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }
    assert status == 200 and "U07SECRET" not in page
    assert found["revmentor_outbox_waiting", TEAM] == 1 and found["revmentor_outbox_oldest_seconds", TEAM] == 90
    assert found["revmentor_outbox_dead", TEAM] == found["revmentor_due_waiting", TEAM] == 0
    assert found["revmentor_ack_seconds_bucket", "0.025", "command"] >= 1
    assert found["revmentor_http_refused_total", "signature"] >= 1
    assert found["process_resident_memory_bytes",] > 0


async def test_every_metric_and_every_reason_is_explained_to_whoever_watches(watch: Watch) -> None:
    guide = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
    _, page = await watch.get("/metrics")
    families = re.findall(r"^# TYPE (revmentor_\w+)", page, re.MULTILINE)
    assert len(families) == 11 and [name for name in families if name not in guide] == []
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "handlers" / "http").glob("*.py"))
    reasons = set(re.findall(r'Refused\("(\w+)"', code)) | {"method", "encoding"}
    listed = set(re.findall(r"\w+", guide[guide.index("| reason") : guide.index("Slack sends an event again")]))
    assert reasons <= listed
