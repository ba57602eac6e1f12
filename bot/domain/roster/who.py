"""Whom a cell means: a Slack id, a handle, a name as colleagues see it, or a mail address."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.roster.facts import Account, Trouble
from bot.domain.roster.reading import fold

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(\|[^>]*)?>\Z")
_MAIL = re.compile(r"(?:mailto:)?([^@\s<>]+@[^@\s<>|]+\.[^@\s<>|]+)\Z", re.IGNORECASE)
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The account, or why there is none; `more` names those who may be meant."""

    account: Account | None = None
    trouble: Trouble | None = None
    more: str = ""


class Directory:
    """A workspace's accounts, to be asked for by what people write into lists."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.by_id: dict[str, Account] = {}
        self._by_handle: dict[str, Account] = {}
        self._by_mail: dict[str, Account] = {}
        self._by_name: dict[str, list[Account]] = defaultdict(list)
        for account in accounts:
            self._add(account)

    def _add(self, account: Account) -> None:
        self.by_id[account.user_id] = account
        self._by_handle[account.handle.casefold()] = account
        if account.mail:
            self._by_mail[account.mail.casefold()] = account
        for name in {fold(name) for name in account.names if name}:
            self._by_name[name].append(account)

    def find(self, cell: str) -> Found:
        """Whoever is meant, if it can only be one; somebody who has left only where nobody else is called so."""
        mention = _MENTION.match(cell)
        known = self.by_id.get(mention[1] if mention else cell)
        mail = _MAIL.match(cell)
        if known is None and mail:
            return self._by_address(mail[1].casefold())
        return _one([known] if known else self._called(cell))

    def _by_address(self, address: str) -> Found:
        account = self._by_mail.get(address)
        if account is None:
            return Found(trouble=Trouble.UNKNOWN_MAIL if self._by_mail else Trouble.MAIL_UNREAD)
        return _one([account])

    def _called(self, cell: str) -> list[Account]:
        handle = self._by_handle.get(cell.removeprefix("@").casefold())
        if handle is not None and cell.startswith("@") and handle.usable:
            return [handle]
        found = {account.user_id: account for account in self._named(cell.removeprefix("@"))}
        if handle is not None:
            found[handle.user_id] = handle
        return list(found.values())

    def _named(self, name: str) -> list[Account]:
        """By name, also with the family name first and a comma behind it."""
        last, comma, first = name.partition(",")
        straight = self._by_name.get(fold(name), [])
        return straight or (self._by_name.get(fold(f"{first} {last}"), []) if comma else [])


def _one(accounts: Sequence[Account]) -> Found:
    usable = [one for one in accounts if one.usable]
    if len(usable) == 1:
        return Found(usable[0])
    if len(usable) > 1:
        shown = sorted(f"@{one.handle}" for one in usable)
        more = ", ".join(shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")
        return Found(trouble=Trouble.AMBIGUOUS, more=more)
    if not accounts:
        return Found(trouble=Trouble.UNKNOWN_USER)
    return Found(trouble=Trouble.BOT if accounts[0].bot else Trouble.DEACTIVATED)
