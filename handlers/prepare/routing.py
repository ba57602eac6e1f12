"""The one router of preparing, which its modules fill."""

from handlers.router import Router

router = Router("prepare")
