"""Threads that nobody waits for: a name that is looked up or a chart that is drawn does not hold up the end."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Daemons(ThreadPoolExecutor):
    """For a loop's `set_default_executor`: a daemon thread for each call.

    The usual pool's threads are waited for at the end, without limit: a name server that does not answer, or an import
    on a busy machine, would keep a bot from ending in time.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Call it in a thread of its own."""
        future: Future[T] = Future()
        Thread(target=_work, args=(future, lambda: fn(*args, **kwargs)), daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing to wait for."""


def _work(future: "Future[T]", call: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = call()
    except BaseException as problem:
        future.set_exception(problem)
    else:
        future.set_result(result)
