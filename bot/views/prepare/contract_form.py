"""The modal in which a pair's way of working is written, and the coordinators' sentence that stands in all of them."""

from collections.abc import Mapping

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    DividerBlock,
    StaticMultiSelectElement,
)

from bot.domain.prepare import CADENCES, EXCEPTIONS_MOST, LENGTHS, LIST_MOST, NOTICES, TEXT_MOST, ContractForm
from bot.views.common import mention, sentence
from bot.views.parts import Message, Modal, field_of, menu, note, options, section, text_field
from bot.views.prepare.contract import contract, every, exceptions, notice_of, usual_exceptions
from prompts import Words
from prompts.parts import Principle


def contract_form(words: Words, form: ContractForm) -> Modal:
    """Filled with the newest version, or with what somebody typed while the partner was quicker."""
    typed, say = form.typed, words.say
    partner = mention(words, form.people.other(form.me.id))
    blocks = [
        *_theirs(words, form, partner),
        section(say("prepare.contract_form.intro", partner=partner)),
        *_principles(words, form),
        text_field(
            "prepare.off_limits", say("prepare.contract_form.off_limits"), initial=typed.off_limits[:LIST_MOST],
            most=LIST_MOST, multiline=True, optional=True, hint=say("prepare.contract_form.off_limits_hint"),
        ),
        section(say("prepare.contract_form.exceptions", text=exceptions(words, form.exceptions))[:2900]),
        *_numbers(words, form),
        text_field(
            "prepare.place", say("prepare.contract_form.place"), initial=typed.place[:TEXT_MOST], most=TEXT_MOST,
            optional=True, hint=say("prepare.contract_form.place_hint"),
        ),
        text_field(
            "prepare.disagreeing", say("prepare.contract_form.disagreeing"), initial=typed.disagreeing[:TEXT_MOST],
            most=TEXT_MOST, optional=True, hint=say("prepare.contract_form.disagreeing_hint"),
        ),
        _review(words, form),
        note(say("prepare.contract.sees")),
    ]  # fmt: skip
    return Modal(
        "prepare.contract", say("prepare.contract_form.title"), blocks, say("common.buttons.cancel"),
        say("prepare.contract_form.submit"), {"pair": form.people.pair.id, "base": form.base},
    )  # fmt: skip


def exceptions_form(words: Words, own: str) -> Modal:
    """For coordinators: what stands in every pair's agreement."""
    say = words.say
    return Modal(
        "prepare.exceptions", say("prepare.exceptions.title"),
        [
            section(say("prepare.exceptions.intro", usual=usual_exceptions(words))),
            text_field(
                "prepare.exceptions", say("prepare.exceptions.label"), initial=own, most=EXCEPTIONS_MOST,
                multiline=True, optional=True, hint=say("prepare.exceptions.hint"),
            ),
            note(say("prepare.exceptions.sees")),
        ],
        say("common.buttons.cancel"), say("common.buttons.save"),
    )  # fmt: skip


def exceptions_saved(words: Words) -> Message:
    return sentence(words.say("prepare.exceptions.saved"))


def _theirs(words: Words, form: ContractForm, partner: str) -> list[Block]:
    if form.theirs is None:
        return []
    shown = [block for block in contract(words, form.theirs).blocks if block.type == "section"]
    return [section(words.say("prepare.contract_form.theirs", partner=partner)), *shown[:1], DividerBlock()]


def _principles(words: Words, form: ContractForm) -> list[Block]:
    """The sentences to read, the short forms to choose."""
    content = words.content
    offered = [*content.principles()]
    offered += [known for id in form.typed.principles if (known := _chosen(words, id)) not in offered]
    sentences = "\n".join(
        words.say("prepare.contract_form.principle", n=n, text=one.text) for n, one in enumerate(offered, 1)
    )
    fewest, most = min(content.contract.fewest, len(offered)), content.contract.most
    listed = options({one.id: one.label for one in offered[:100]})
    chosen = [option for option in listed if option.value in form.typed.principles]
    picker = StaticMultiSelectElement(options=listed, initial_options=chosen or None, max_selected_items=most)
    intro = words.say("prepare.contract_form.choose", fewest=fewest, most=most)
    return [
        section(f"{intro}\n{sentences}"[:2900]),
        field_of("prepare.principles", words.say("prepare.contract_form.principles"), picker),
    ]


def _chosen(words: Words, id: str) -> Principle:
    return words.content.principle(id)


def _numbers(words: Words, form: ContractForm) -> list[Block]:
    typed, say = form.typed, words.say
    cadences = {str(n): say("common.count.every", n=n // 7) for n in CADENCES}
    if typed.cadence_days not in CADENCES:
        cadences[str(typed.cadence_days)] = every(words, typed.cadence_days)
    lengths = {str(n): say("common.count.minutes", n=n) for n in sorted({*LENGTHS, typed.minutes})}
    notices = {str(n): notice_of(words, n) for n in sorted({*NOTICES, typed.notice_hours})}
    return [
        _menu("prepare.cadence", say("prepare.contract_form.cadence"), cadences, str(typed.cadence_days)),
        _menu("prepare.minutes", say("prepare.contract_form.minutes"), lengths, str(typed.minutes)),
        _menu("prepare.notice", say("prepare.contract_form.notice"), notices, str(typed.notice_hours)),
    ]


def _menu(name: str, label: str, choices: Mapping[str, str], chosen: str) -> Block:
    return field_of(name, label, menu(choices, chosen))


def _review(words: Words, form: ContractForm) -> Block:
    day = form.typed.review_on
    picker = DatePickerElement(initial_date=day.isoformat() if day else None)
    hint = words.say("prepare.contract_form.review_hint", day=words.date(form.review_on))
    return field_of("prepare.review_on", words.say("prepare.contract_form.review"), picker, hint=hint, optional=True)
