"""The parts of a pack, of whatever kind, as `admin content` lists, edits and checks them."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from bot.domain.prepare import SHOWN
from bot.domain.programme.content import FIELDS, OWN, ContentRow, field_name
from bot.domain.refusals import Refusal, Refusals
from prompts import Change, Content
from prompts.overlay import read
from prompts.parts import PURPOSES, Agenda, Icebreaker, Lesson, Nudge, Principle
from storage.records.content import ContentItem, ContentKind

Part = Icebreaker | Agenda | Lesson | Principle | Nudge


def parts(content: Content, kind: ContentKind) -> tuple[Part, ...]:
    """Every text of a kind, those that are off among them, in the order of the pack."""
    match kind:
        case ContentKind.ICEBREAKER:
            return tuple(question for group in content.icebreakers.sets for question in group.questions)
        case ContentKind.AGENDA:
            return tuple(sorted(content.agendas.templates, key=lambda one: one.session or 99))
        case ContentKind.LESSON:
            return content.lessons.lessons
        case ContentKind.PRINCIPLE:
            return content.contract.principles
        case ContentKind.NUDGE:
            return content.nudges.nudges


def part_of(content: Content, kind: ContentKind, item_id: str) -> Part:
    """One text. Raises Refusal for an id that there is not."""
    found = next((part for part in parts(content, kind) if part.id == item_id), None)
    if found is None:
        raise Refusal("common.errors.gone")
    return found


def kept(content: Content, part: Part) -> dict[str, Any]:
    """What the pack says of a text, as it is stored: without its id and whether it is off."""
    body = part.model_dump(mode="json", exclude={"id", "retired"})
    if isinstance(part, Icebreaker):
        body["set"] = set_of(content, part.id)
    return body


def set_of(content: Content, item_id: str) -> str:
    groups = content.icebreakers.sets
    return next((group.id for group in groups if any(one.id == item_id for one in group.questions)), "")


def rows_of(content: Content, items: Iterable[ContentItem]) -> list[ContentRow]:
    """Every text of every kind, as the list shows it."""
    known: Mapping[tuple[ContentKind, str], ContentItem] = {(one.kind, one.item_id): one for one in items}
    return [
        _row(content, kind, part, known.get((kind, part.id)))
        for kind in ContentKind
        for part in parts(content, kind)
    ]  # fmt: skip


def readable(content: Content, change: Change) -> None:
    """Raises Refusals for a body that the pack's own models would not take."""
    try:
        read(content, change)
    except KeyError:
        raise Refusal("common.errors.pick_one", field=field_name("set")) from None
    except ValidationError as error:
        places = dict.fromkeys(str(detail["loc"][0]) for detail in error.errors() if detail["loc"])
        known = [name for name in places if name in FIELDS[ContentKind(change.kind)]]
        raise Refusals(
            [Refusal("content.refused.unreadable", field=field_name(name)) for name in known]
            or [Refusal("content.refused.unreadable")]
        ) from None


def enough_left(content: Content, kind: ContentKind, part: Part) -> None:
    """Raises Refusal where switching a text off would leave a round, a session or a contract without one."""
    others = [one for one in parts(content, kind) if one.id != part.id and not one.retired]
    if isinstance(part, Icebreaker):
        group = set_of(content, part.id)
        if sum(set_of(content, one.id) == group for one in others) < SHOWN:
            raise Refusal("content.refused.few_questions", n=SHOWN)
    if isinstance(part, Principle) and len(others) < content.contract.fewest:
        raise Refusal("content.refused.few_principles", n=content.contract.fewest)
    if isinstance(part, Agenda) and part.session is not None:
        same = [one for one in others if isinstance(one, Agenda) and one.session == part.session]
        if any(all(purpose not in one.purposes for one in same) for purpose in part.purposes):
            raise Refusal("content.refused.no_agenda", n=part.session)


def _row(content: Content, kind: ContentKind, part: Part, item: ContentItem | None) -> ContentRow:
    own = part.id.startswith(OWN)
    changed = not own and item is not None and item.body is not None
    return ContentRow(
        kind, part.id, _group(content, part), _first(part), _searched(part), part.retired, own, changed,
        part.purposes if isinstance(part, Agenda) and part.purposes != PURPOSES else (),
        part.before_session if isinstance(part, Lesson) else None,
    )  # fmt: skip


def _group(content: Content, part: Part) -> str:
    match part:
        case Icebreaker():
            return set_of(content, part.id)
        case Agenda():
            return str(part.session or 0)
        case Lesson():
            return part.track
        case Principle() | Nudge():
            return ""


def _first(part: Part) -> str:
    match part:
        case Icebreaker() | Nudge():
            return part.text
        case Principle():
            return part.label
        case _:
            return part.title


def _searched(part: Part) -> str:
    return " ".join(str(value) for value in part.model_dump(exclude={"id", "purposes", "tags"}).values())
