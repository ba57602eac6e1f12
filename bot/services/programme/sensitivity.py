"""What a coordinator is told about a text before it is stored: what has no place in a prompt, and what to think of."""

from bot.domain.programme.content import FIELDS, QUESTIONS, ContentDraft, field_name
from bot.domain.refusals import Refusal, Refusals
from prompts.sensitivity import BARRED, touched


def warnings_of(draft: ContentDraft) -> dict[str, tuple[str, ...]]:
    """Part of the text → topics to think of. Raises Refusals, under the fields, for what is barred."""
    found = {
        name: touched(draft.texts.get(name, ""), question=(draft.kind, name) in QUESTIONS)
        for name in FIELDS[draft.kind]
    }
    barred = [
        Refusal(f"content.barred.{topics[0]}", field=field_name(name))
        for name, topics in found.items()
        if topics and topics[0] in BARRED
    ]
    if barred:
        raise Refusals(barred)
    return {name: tuple(topic.value for topic in topics) for name, topics in found.items() if topics}
