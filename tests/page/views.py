"""The blocks that the app under the browser shows: one of each thing the page has to draw."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    """A section of mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str, action_id: str, **more: Any) -> Json:
    """A button."""
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    """A row of elements."""
    return {"type": "actions", "elements": list(elements)}


def options(*labels: str) -> list[Json]:
    """Options whose values are their labels in lower case."""
    return [{"text": plain(label), "value": label.lower()} for label in labels]


def field(block_id: str, label: str, element: Json, **more: Any) -> Json:
    """An input block; its element's action is called `value`."""
    block = {"type": "input", "block_id": block_id, "label": plain(label)}
    return {**block, "element": {"action_id": "value", **element}, **more}


def modal(title: str, *blocks: Json, submit: str = "Save") -> Json:
    """A modal."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain(submit),
        "close": plain("Cancel"),
        "blocks": list(blocks),
    }


FORM = modal(
    "After your session",
    section("*Answer for the whole pairing so far.*"),
    field(
        "learn",
        "Has anything changed?",
        {"type": "radio_buttons", "options": options("Yes", "Not yet", "No")},
    ),
    field("example", "An example", {"type": "plain_text_input", "max_length": 40}, optional=True),
    actions(button("Add a line", "add_line"), button("Say more", "say_more")),
    field(
        "themes",
        "What keeps coming up?",
        {"type": "multi_static_select", "options": options("Meeting times", "Tools", "Career paths")},
        optional=True,
    ),
    field("who", "Who else?", {"type": "multi_users_select"}, optional=True),
    field("when", "By when?", {"type": "datetimepicker", "initial_date_time": 1772525700}, optional=True),
)

DETAIL = modal("In detail", field("detail", "What happened?", {"type": "plain_text_input", "multiline": True}))

DIGEST = (
    {"type": "header", "text": plain("Week 7 of 26")},
    section("*Sessions*\n• 9 held\n• 2 moved", accessory=button("Open list", "open_list")),
    {
        "type": "image",
        "image_url": "http://127.0.0.1:9/week7.png",
        "alt_text": "About half changed something, most helped.",
    },
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "No answer can be traced to a person."}]},
    actions(
        button("Preview", "preview", style="primary"),
        button(
            "Pause digest",
            "pause",
            style="danger",
            confirm={
                "title": plain("Pause the digest?"),
                "text": plain("Nothing is sent until you start it again."),
                "confirm": plain("Pause it"),
                "deny": plain("Keep it"),
            },
        ),
    ),
)

HOME = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Hello")},
        section("*Next session*", accessory=button("Answer", "answer", style="primary")),
        actions(
            {
                "type": "static_select",
                "action_id": "language",
                "placeholder": plain("Language"),
                "options": options("English", "Deutsch"),
            }
        ),
    ],
}
