"""The Web API methods, one module per family; importing this package registers them all."""

from playground.api import auth, chat, conversations, files, usergroups, users, views
from playground.api.registry import METHODS, Call, Method

__all__ = ["METHODS", "Call", "Method", "auth", "chat", "conversations", "files", "usergroups", "users", "views"]
