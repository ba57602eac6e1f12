"""The HTTP server: Slack's door where there is one, and the pages for whoever watches over the bot."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from handlers.http import CannotListen
from handlers.http.checks import Refused
from handlers.http.door import turned_away

Page = Callable[[web.BaseRequest], Awaitable[web.Response]]

_LONGEST_HEADER = 64 * 1024  # beyond what the door accepts, so that the door gets to answer


class _Connection(web.RequestHandler):
    """aiohttp answers 400 to what it cannot parse, and logs it; here that is one more request to turn away."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = HTTPStatus.INTERNAL_SERVER_ERROR,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        return turned_away(Refused("not_http"))


class _Server(web.Server):
    def __call__(self) -> web.RequestHandler:
        return _Connection(
            self, loop=asyncio.get_running_loop(), auto_decompress=False,
            max_field_size=_LONGEST_HEADER, max_line_size=_LONGEST_HEADER,
        )  # fmt: skip


class HttpServer:
    """Serves pages by path until it is drained; `pages` answers everything that it does not know with 404."""

    def __init__(self, pages: dict[str, Page], seconds: float) -> None:
        """`seconds`: how long requests that are under way may take when it is drained."""
        self._pages = pages
        self._runner = web.ServerRunner(_Server(self._serve), shutdown_timeout=seconds)
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        """Listen; port 0 takes a free one. Raises CannotListen."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as problem:
            await self._runner.cleanup()
            raise CannotListen(problem.strerror or type(problem).__name__) from problem
        self.port = self._runner.addresses[0][1]

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        page = self._pages.get(request.path)
        return web.Response(status=404) if page is None else await page(request)

    async def drain(self) -> None:
        """Accept nothing more, let what is under way be answered, close every connection."""
        await self._runner.cleanup()
