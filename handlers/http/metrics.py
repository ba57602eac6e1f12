"""`/metrics`: what was counted, and how much waits, in Prometheus' format; workspaces by id, people not at all."""

import asyncio
from collections.abc import Iterable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import metrics
from bot.services.kit import Kit
from storage import backlog

_PATIENCE = 5.0

_COUNTS = (
    ("revmentor_messages_sent", "Messages that Slack has.", "target", metrics.sent),
    ("revmentor_messages_put_off", "Sends that did not work and are tried again.", "target", metrics.put_off),
    ("revmentor_messages_set_aside", "Messages that were given up.", "target", metrics.set_aside),
    ("revmentor_http_refused", "Requests that were turned away at the HTTP door.", "reason", metrics.refused),
    ("revmentor_requests_failed", "Requests that ended in an error of ours.", "where", metrics.failed),
)


class _Counted(Collector):
    """What `bot.metrics` holds at the moment."""

    def collect(self) -> Iterable[Metric]:
        for name, about, label, count in _COUNTS:
            family = CounterMetricFamily(name, about, labels=[label])
            for value, n in sorted(count.values.items()):
                family.add_metric([value], n)
            yield family
        yield _spent()


def _spent() -> Metric:
    about = "From a request's arrival to its acknowledgement."
    family = HistogramMetricFamily("revmentor_ack_seconds", about, labels=["kind"])
    for kind, counts in sorted(metrics.answered.counts.items()):
        running, buckets = 0, []
        for bound, n in zip([*map(str, metrics.BUCKETS), "+Inf"], counts, strict=True):
            running += n
            buckets.append((bound, running))
        family.add_metric([kind], buckets, sum_value=metrics.answered.sums[kind])
    return family


class _Waiting(Collector):
    """How much waits in each workspace."""

    def __init__(self, found: list[backlog.Backlog]) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        for name, about in (
            ("outbox_waiting", "Messages that are due and not yet sent."),
            ("outbox_oldest_seconds", "How long the message that waits longest has been due."),
            ("outbox_dead", "Messages that were set aside."),
            ("due_waiting", "Work that is due and not yet done."),
            ("due_dead", "Work that was set aside."),
        ):
            family = GaugeMetricFamily(f"revmentor_{name}", about, labels=["team"])
            for one in self._found:
                family.add_metric([one.team_id], getattr(one, name))
            yield family


class Metrics:
    """The page; `team` is shown also where nothing waits in it, for an alarm needs a zero."""

    def __init__(self, kit: Kit, team: str) -> None:
        self._kit = kit
        self._team = team
        self._counted = CollectorRegistry()
        self._counted.register(_Counted())
        ProcessCollector(registry=self._counted)

    async def page(self, _request: web.BaseRequest) -> web.Response:
        """Asks the database anew each time; 503 where it does not answer."""
        try:
            async with asyncio.timeout(_PATIENCE), self._kit.store.read("") as tx:
                found = await backlog.all_teams(tx, self._kit.clock(), {self._team})
        except Exception as problem:
            return web.Response(status=503, text=f"database: {type(problem).__name__}\n")
        waiting = CollectorRegistry()
        waiting.register(_Waiting(found))
        body = generate_latest(self._counted) + generate_latest(waiting)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})
