"""Tests that leak, each in its own way; `test_leaks` runs them and sees every one of them caught."""

import base64
import json
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.log import log
from bot.services.kit import Kit
from bot.services.post import plan, post
from playground.server import BOT_TOKEN, Playground
from storage import enrol, inbox, programme, tables
from storage.records.enrol import Confided
from storage.records.match import Fit
from storage.store import Store
from tests.world import ANA, BO, CHI, NOOR, TEAM, World

WRITTEN = 'private otter "4402" für Bo'
SHAPES = {
    "plain": WRITTEN,
    "json": json.dumps(WRITTEN),
    "percent": quote(WRITTEN),
    **{f"base64 {n}": base64.b64encode(b"x" * n + WRITTEN.encode() + b"yy").decode() for n in range(3)},
}


@pytest.fixture(autouse=True)
async def written(kit: Kit, world: World) -> None:
    """Ana has written something that only she may read."""
    async with kit.store.write(TEAM) as tx:
        await tx.seal(world.ana.id, tables.answer.c.content, "row", json.dumps({"example": WRITTEN}), kit.clock())


async def test_nothing(store: Store, slack: Playground) -> None:
    place = slack.workspace.direct(ANA)
    slack.workspace.post(place.id, slack.bot_id, f"You wrote: {WRITTEN}", slack.clock.now(), is_bot=True)
    log.info("fine", state="nothing")


@pytest.mark.parametrize("shape", SHAPES)
async def test_line(shape: str) -> None:
    log.debug("careless", reason=SHAPES[shape])


async def test_error() -> None:
    try:
        try:
            raise ValueError(WRITTEN)
        except ValueError as problem:
            raise RuntimeError("of something else") from problem
    except RuntimeError:
        log.exception("broken")


async def test_token() -> None:
    log.info("connected", host=BOT_TOKEN)


async def test_key(kit: Kit, world: World) -> None:
    async with kit.store.read(TEAM) as tx:
        key = await tx._key(world.ana.id)
    assert key is not None
    log.info("opened", user=key.secret.hex())


async def test_stderr() -> None:
    sys.stderr.write(WRITTEN)


async def test_metrics() -> None:
    prometheus = pytest.importorskip("prometheus_client")
    prometheus.Counter("sent", "So many", ["about"], registry=prometheus.CollectorRegistry()).labels(WRITTEN).inc()


@pytest.mark.parametrize("table", ["outbox", "due", "inbox", "audit", "digest"])
async def test_row(kit: Kit, world: World, table: str) -> None:
    async with kit.store.write(TEAM) as tx:
        match table:
            case "outbox":
                await post(tx, Kind.CHECKIN, ANA, "key", kit.clock(), example=WRITTEN)
            case "due":
                await plan(tx, Job.DIGEST, SHAPES["percent"], kit.clock())
            case "inbox":
                await inbox.add(tx, SHAPES["base64 2"], "user_change", kit.clock())
            case "audit":
                await programme.note(tx, CHI, "wrote", "it", kit.clock(), detail=WRITTEN)
            case "digest":
                values = {"id": "d", "cohort_id": world.cohort.id, "week": "2026-W01", "figures": SHAPES["json"]}
                await tx.conn.execute(tables.digest.insert().values(team_id=TEAM, created_at=kit.clock(), **values))


@pytest.mark.parametrize("way", ["line", "due", "fit"])
async def test_couple(kit: Kit, world: World, way: str) -> None:
    """Ana avoids Noor, and has said how her pair fits."""
    async with kit.store.write(TEAM) as tx:
        await enrol.confide(tx, world.ana.id, Confided(avoid=(NOOR,)), kit.clock())
        await tx.seal(world.ana.id, tables.fit.c.answer, "row", json.dumps([Fit.NOT_GOOD, ""]), kit.clock())
        match way:
            case "line":
                log.info("careless", user=ANA, reason=NOOR)
            case "due":
                await plan(tx, Job.DIGEST, NOOR, kit.clock(), recipient=world.ana.id)
            case "fit":
                await post(tx, Kind.CHECKIN, ANA, "key", kit.clock(), said="not")


async def test_file(store: Store) -> None:
    Path(f"{store.url.database}-old").write_text(SHAPES["base64 1"], encoding="utf-8")


@pytest.mark.parametrize("place", ["message", "metadata", "ephemeral", "home", "modal"])
async def test_screen(slack: Playground, place: str) -> None:
    board, now = slack.workspace, slack.clock.now()
    view = {"type": "modal", "callback_id": "x", "title": {"type": "plain_text", "text": WRITTEN}, "blocks": []}
    channel = board.direct(BO).id
    match place:
        case "message":
            board.post(channel, slack.bot_id, WRITTEN, now, is_bot=True)
        case "metadata":
            board.post(board.direct(ANA).id, slack.bot_id, "x", now, is_bot=True, metadata={"event_payload": WRITTEN})
        case "ephemeral":
            board.post_ephemeral(channel, slack.bot_id, WRITTEN, now, is_bot=True, ephemeral_to=BO)
        case "home":
            slack.views.publish(BO, view | {"type": "home"})
        case "modal":
            slack.views.open(BO, view)
