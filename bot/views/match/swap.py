"""Another junior or senior for a suggestion: two pickers, what the checks say, and who changes places."""

from slack_sdk.models.blocks import Block

from bot.domain.match.review import SuggestionCard, Swap
from bot.views.match.desk import checks, picker, waiting_lines
from bot.views.match.review import people_line
from bot.views.parts import Modal, actions, button, note, section
from prompts import Words


def swap(words: Words, facts: Swap) -> Modal:
    """The checks answer as soon as somebody else is picked."""
    say = words.say
    blocks: list[Block] = [
        section(say("matches.swap.intro", couple=people_line(words, facts.card))),
        picker("match.swap_junior", say("match.desk.junior"), facts.junior),
        picker("match.swap_senior", say("match.desk.senior"), facts.senior),
    ]
    if facts.verdict is not None:
        blocks += checks(words, facts.verdict, facts.line_end)
    if facts.other is not None and facts.verdict is not None and not facts.verdict.hard:
        blocks.append(section(_others(words, facts, facts.other)))
    lines = waiting_lines(words, facts.juniors, facts.seniors)
    blocks += [note(*lines)] if lines else []
    place = facts.place
    where = f"{place.cohort_id}|{place.shelf}|{place.page}"
    blocks += [actions(button(say("common.buttons.back"), "match.page:back", where)), note(say("matches.swap.sees"))]
    metadata = {
        "suggestion": facts.card.suggestion.id, "cohort": place.cohort_id, "shelf": place.shelf.value,
        "page": str(place.page),
    }  # fmt: skip
    return Modal(
        "match.swap", say("matches.swap.title"), blocks, say("common.buttons.close"), say("matches.swap.submit"),
        metadata,
    )  # fmt: skip


def _others(words: Words, facts: Swap, other: SuggestionCard) -> str:
    """What becomes of those who are left over."""
    couple = {"junior": f"<@{other.junior.user_id}>", "senior": f"<@{other.senior.user_id}>"}
    junior_new = facts.junior != facts.card.junior.user_id
    left = (facts.card.junior, other.senior) if junior_new else (other.junior, facts.card.senior)
    names = {"one": f"<@{left[0].user_id}>", "two": f"<@{left[1].user_id}>"}
    key = "exchange" if facts.exchange else "freed"
    return words.say(f"matches.swap.{key}", **couple, **names)
