"""The rules of the programme's own texts: what a coordinator may write, what is warned of, and what may be off."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.refusals import Refusal, Refusals
from bot.domain.when import UNDO
from storage.records.content import ContentItem, ContentKind

PAGE = 8
OWN = "own_"
"""How the ids of own texts begin; no shipped one does."""

MOST_OWN = {
    ContentKind.ICEBREAKER: 200,
    ContentKind.AGENDA: 40,
    ContentKind.LESSON: 20,
    ContentKind.PRINCIPLE: 40,
    ContentKind.NUDGE: 40,
}
"""So many of their own, at most: what they are picked from holds a hundred."""

LESSON_WORDS = 200
"""Read in ninety seconds; the action counts."""

LONGEST = {
    "text": 200, "note": 75, "title": 75, "label": 75, "junior_prepares": 300, "senior_prepares": 300, "reading": 300,
    "action": 200,
}  # fmt: skip
"""Characters. A lesson's text is measured in words, a principle's has room for a sentence or two."""

_ROOM = 1200
_LONGER = {(ContentKind.LESSON, "text"): 2000, (ContentKind.PRINCIPLE, "text"): 300, (ContentKind.NUDGE, "text"): 400}
_LINE = re.compile(r"^(?P<minutes>\d{1,2})\s*(?:min(?:utes?)?\.?)?\s*[:·–-]?\s+(?P<text>\S.*)$", re.IGNORECASE)
_LINES = (3, 6)
_LINE_LENGTH = 150

FIELDS: dict[ContentKind, tuple[str, ...]] = {
    ContentKind.ICEBREAKER: ("text", "note"),
    ContentKind.AGENDA: ("title", "lines", "junior_prepares", "senior_prepares", "reading"),
    ContentKind.LESSON: ("title", "text", "action"),
    ContentKind.PRINCIPLE: ("label", "text"),
    ContentKind.NUDGE: ("text",),
}
"""What is typed for each kind, in the order in which it is asked."""

OPTIONAL = frozenset({"note", "reading"})
QUESTIONS = frozenset({(ContentKind.ICEBREAKER, "text")})
"""What is put to somebody about herself; the strictest rules are for these."""


def field_name(name: str) -> str:
    """The modal's field of a part of a text."""
    return f"content.{name}"


@dataclass(frozen=True, slots=True)
class ContentDraft:
    """What stands in the editor. `texts` are typed; the rest is picked, as far as the kind has it.

    `session` 0 is for none. `anyway` says that what was warned of (`warned`) was read.
    """

    kind: ContentKind
    texts: Mapping[str, str]
    set: str = ""
    track: str = ""
    session: int = 0
    purposes: tuple[str, ...] = ()
    anyway: bool = False
    warned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One text in the list. `group` is the id of its set, its track or its session ("0": at any time).

    `first` is what it is known by; `purposes` are those of an agenda that is not for all; `before` is the
    session that a lesson comes before.
    """

    kind: ContentKind
    id: str
    group: str
    first: str
    searched: str
    off: bool
    own: bool
    changed: bool
    purposes: tuple[str, ...] = ()
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a kind, everything or only some of it, a word, and from which row on."""

    kind: ContentKind = ContentKind.ICEBREAKER
    show: str = "all"
    word: str = ""
    start: int = 0


SHOWS = ("all", "on", "off", "own", "changed")


@dataclass(frozen=True, slots=True)
class ContentPage:
    """A page of the list; `total` is all that fits what is wanted."""

    wanted: Wanted
    rows: tuple[ContentRow, ...]
    total: int
    news: str = ""

    @property
    def older(self) -> int | None:
        after = self.wanted.start + PAGE
        return after if after < self.total else None

    @property
    def newer(self) -> int | None:
        return max(0, self.wanted.start - PAGE) if self.wanted.start else None


@dataclass(frozen=True, slots=True)
class ContentFacts:
    """One text: how it stands, and what can be done about it. `undo`: somebody may still take the last change back."""

    row: ContentRow
    undo: bool
    wanted: Wanted
    news: str = ""


@dataclass(frozen=True, slots=True)
class EditorFacts:
    """The editor: a draft of `id` (empty for a new one), and what to warn of, by part of the text.

    `sets` is set id → title, for icebreakers.
    """

    id: str
    draft: ContentDraft
    wanted: Wanted
    sets: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def longest(kind: ContentKind, name: str) -> int:
    """How many characters fit into a part of a text."""
    return _LONGER.get((kind, name), LONGEST.get(name, _ROOM))


def thought_about(draft: ContentDraft, warnings: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a text may be stored: nothing to warn of, or all of it was read and confirmed."""
    topics = {topic for found in warnings.values() for topic in found}
    return not topics or (draft.anyway and topics <= draft.warned)


def page(rows: Sequence[ContentRow], wanted: Wanted) -> ContentPage:
    """The page on which the wanted start lies."""
    fitting = [row for row in rows if _fits(row, wanted)]
    last = max(0, len(fitting) - 1)
    start = min(max(0, wanted.start), last) // PAGE * PAGE
    found = Wanted(wanted.kind, wanted.show, wanted.word, start)
    return ContentPage(found, tuple(fitting[start : start + PAGE]), len(fitting))


def body_of(draft: ContentDraft) -> dict[str, Any]:
    """What the pack would say. Raises Refusals, one under each field that is wrong."""
    problems: list[Refusal] = []
    texts = {name: _checked(draft, name, problems) for name in FIELDS[draft.kind]}
    body: dict[str, Any] = {name: text for name, text in texts.items() if text and name != "lines"}
    if draft.kind is ContentKind.AGENDA:
        body |= {"lines": _lines(texts["lines"], problems), "purposes": list(draft.purposes)}
        body |= {"session": draft.session or None, "locked": draft.session == 1}
        if not draft.purposes:
            problems.append(Refusal("common.errors.pick_one", field=field_name("purposes")))
    if draft.kind is ContentKind.LESSON:
        body |= {"track": draft.track, "before_session": draft.session or None}
        _short_enough(texts, problems)
    if draft.kind is ContentKind.ICEBREAKER:
        body |= {"set": draft.set}
    if problems:
        raise Refusals(problems)
    return body


def draft_of(kind: ContentKind, body: Mapping[str, Any]) -> ContentDraft:
    """The editor's view of what a pack says."""
    texts = {name: str(body.get(name) or "") for name in FIELDS[kind] if name != "lines"}
    if kind is ContentKind.AGENDA:
        texts["lines"] = "\n".join(f"{line['minutes']} {line['text']}" for line in body["lines"])
    session = body.get("session") if kind is ContentKind.AGENDA else body.get("before_session")
    return ContentDraft(
        kind, texts, str(body.get("set") or ""), str(body.get("track") or ""), int(session or 0),
        tuple(body.get("purposes") or ()) if kind is ContentKind.AGENDA else (),
    )  # fmt: skip


def may_undo(item: ContentItem | None, now: Any) -> bool:
    return item is not None and item.before is not None and now - item.changed_at <= UNDO


def _fits(row: ContentRow, wanted: Wanted) -> bool:
    shown = {"all": True, "on": not row.off, "off": row.off, "own": row.own, "changed": row.changed}
    return row.kind is wanted.kind and shown.get(wanted.show, True) and wanted.word.lower() in row.searched.lower()


def _checked(draft: ContentDraft, name: str, problems: list[Refusal]) -> str:
    """One part, on one line where it has to be."""
    text = draft.texts.get(name, "").strip()
    if name != "lines" and (draft.kind, name) != (ContentKind.LESSON, "text"):
        text = " ".join(text.split())
    most = longest(draft.kind, name)
    if not text and name not in OPTIONAL:
        problems.append(Refusal("common.errors.only_spaces", field=field_name(name)))
    elif len(text) > most:
        problems.append(
            Refusal("common.errors.too_long", field=field_name(name), length=len(text), limit=most)
        )  # fmt: skip
    elif "{" in text or "}" in text:
        problems.append(Refusal("content.refused.braces", field=field_name(name)))
    return text


def _lines(typed: str, problems: list[Refusal]) -> list[dict[str, Any]]:
    """Agenda lines as typed: minutes, then what is done in them, one on each line."""
    name = field_name("lines")
    rows = [row.strip() for row in typed.splitlines() if row.strip()]
    found = [(row, _LINE.match(row)) for row in rows]
    for row, match in found:
        if match is None or not 1 <= int(match["minutes"]) <= 60:
            problems.append(Refusal("content.refused.line", field=name, line=row[:60]))
            return []
        if len(match["text"]) > _LINE_LENGTH:
            problems.append(Refusal("content.refused.line_long", field=name, line=row[:60], limit=_LINE_LENGTH))
            return []
    if rows and not _LINES[0] <= len(rows) <= _LINES[1]:
        problems.append(Refusal("content.refused.lines", field=name, n=len(rows), least=_LINES[0], most=_LINES[1]))
    return [{"minutes": int(match["minutes"]), "text": match["text"]} for _, match in found if match]


def _short_enough(texts: Mapping[str, str], problems: list[Refusal]) -> None:
    count = len(f"{texts['text']} {texts['action']}".split())
    if count > LESSON_WORDS:
        problems.append(Refusal("content.refused.words", field=field_name("text"), n=count, limit=LESSON_WORDS))
