"""The one router that the parts of this step fill."""

from handlers.router import Router

router = Router("report")
