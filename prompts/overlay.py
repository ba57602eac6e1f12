"""Lays what an organisation switched off, changed or added over the content of a pack."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from prompts.content import Content, Icebreakers
from prompts.parts import Agenda, Icebreaker, Lesson, Nudge, Part, Principle, Theme

_KINDS = ("icebreaker", "agenda", "lesson", "principle", "nudge")
_HANDED_DOWN = ("depth", "unlock_session", "senior_first", "purposes")

_P = TypeVar("_P", bound=Agenda | Lesson | Principle | Icebreaker | Nudge)

_F = TypeVar("_F", bound=Part)


@dataclass(frozen=True, slots=True)
class Change:
    """One text that is not as shipped. `body` is what the pack would say of it, without id; None: as shipped.

    An icebreaker's body also names its `set`. `off` retires it: it is offered no more, and still found by its id.
    """

    kind: str
    id: str
    body: Mapping[str, Any] | None
    off: bool = False


def read(content: Content, change: Change) -> Part:
    """The text as a part of the pack. Raises ValidationError, and KeyError for a set that does not exist."""
    body = {"id": change.id, **(change.body or {}), "retired": change.off}
    match change.kind:
        case "icebreaker":
            return _icebreaker(content, body)
        case "agenda":
            return Agenda.model_validate(body)
        case "lesson":
            return Lesson.model_validate(body)
        case "principle":
            return Principle.model_validate(body)
        case "nudge":
            return Nudge.model_validate(body)
    raise KeyError(change.kind)


def overlay(content: Content, changes: Iterable[Change]) -> Content:
    """The content with the changes in it; own texts stand before shipped ones, for what comes first is taken first.

    A body that cannot be read any more is passed over: the shipped text stands, and nothing fails for it.
    """
    laid = {kind: _Laid(content, kind) for kind in _KINDS}
    for change in changes:
        if change.kind in laid:
            laid[change.kind].add(change)
    return content.model_copy(
        update={
            "icebreakers": _icebreakers(content, laid["icebreaker"]),
            "agendas": _with(content.agendas, "templates", laid["agenda"]),
            "lessons": _with(content.lessons, "lessons", laid["lesson"]),
            "contract": _with(content.contract, "principles", laid["principle"]),
            "nudges": _with(content.nudges, "nudges", laid["nudge"]),
        }
    )


def _with(file: _F, field: str, laid: "_Laid") -> _F:
    """A content file with the changes in the list that this field holds."""
    return file.model_copy(update={field: laid.over(getattr(file, field))})


def with_tags(content: Content, tags: Sequence[tuple[str, str, str]]) -> Content:
    """The content with an organisation's own themes in it: (id, label, what it is about), as people typed them.

    They stand in the last group. Which of them a cohort has is not said here.
    """
    own = tuple(Theme.model_construct(id=id, label=label, about=about, retired=False) for id, label, about in tags)
    *groups, last = content.themes.groups
    last = last.model_copy(update={"tags": (*last.tags, *own)})
    return content.model_copy(update={"themes": content.themes.model_copy(update={"groups": (*groups, last)})})


class _Laid:
    """The changes of one kind: texts instead of shipped ones, own ones, and ids that are off."""

    def __init__(self, content: Content, kind: str) -> None:
        self.content = content
        self.kind = kind
        self.texts: dict[str, Any] = {}
        self.sets: dict[str, str] = {}
        self.off: dict[str, bool] = {}

    def add(self, change: Change) -> None:
        self.off[change.id] = change.off
        if change.body is None:
            return
        try:
            self.texts[change.id] = read(self.content, change)
        except (ValidationError, KeyError):
            return
        self.sets[change.id] = str(change.body.get("set", ""))

    def over(self, shipped: Sequence[_P], *, only: str | None = None) -> tuple[_P, ...]:
        """The own texts (`only` those of one set), then the shipped ones as they are now."""
        known = {one.id for one in shipped}
        now = [self._now(one) for one in shipped]
        own = [one for id, one in self.texts.items() if id not in known and only in (None, self.sets[id])]
        return (*own, *now)

    def _now(self, one: _P) -> _P:
        text = self.texts.get(one.id, one)
        now: _P = text.model_copy(update={"retired": self.off.get(one.id, one.retired)})
        return now


def _icebreakers(content: Content, laid: _Laid) -> Icebreakers:
    shipped = {item.id for group in content.icebreakers.sets for item in group.questions}
    laid.sets |= {id: "" for id in shipped}  # a changed question stays in its own set
    sets = [
        group.model_copy(update={"questions": laid.over(group.questions, only=group.id)})
        for group in content.icebreakers.sets
    ]
    return content.icebreakers.model_copy(update={"sets": tuple(sets)})


def _icebreaker(content: Content, body: dict[str, Any]) -> Icebreaker:
    groups = {group.id: group for group in content.icebreakers.sets}
    group = groups[str(body.pop("set", ""))]
    return Icebreaker.model_validate({key: getattr(group, key) for key in _HANDED_DOWN} | body)
