"""What is stored together with the first thing that a request writes, whichever service writes it."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.store import Tx

Ride = Callable[["Tx"], Awaitable[None]]


class Rider:
    """Rides in the first of its task's transactions that commits; where one rolls back, in the next.

    `riding`: a transaction that takes it along is open. `stored`: it is in the database.
    """

    def __init__(self, ride: Ride) -> None:
        self.ride = ride
        self.riding = False
        self.stored = False

    @contextmanager
    def aboard(self) -> Iterator[None]:
        """Every transaction that is opened in here, and by tasks that are started in here, may take it along."""
        token = _waiting.set(self)
        try:
            yield
        finally:
            _waiting.reset(token)


_waiting: ContextVar[Rider | None] = ContextVar("rider", default=None)


@contextmanager
def boarding() -> Iterator[Ride | None]:
    """Around a transaction, from before it begins until after its commit; what to store in it, if anything waits."""
    rider = _waiting.get()
    if rider is None or rider.riding or rider.stored:
        yield None
        return
    rider.riding = True
    try:
        yield rider.ride
        rider.stored = True
    finally:
        rider.riding = False
