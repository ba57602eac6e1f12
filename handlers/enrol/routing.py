"""The one router of the step."""

from handlers.router import Router

router: Router = Router("enrol")
