"""Rich text blocks: sections, lists, quotes and preformatted text."""

from playground.blocks.shape import (
    Checker,
    Shape,
    boolean,
    by_type,
    integer,
    list_of,
    one_of,
    string,
    url,
)

_STYLE = Shape(
    {},
    {
        key: boolean
        for key in (
            "bold",
            "italic",
            "strike",
            "code",
            "underline",
            "highlight",
            "client_highlight",
            "unlink",
        )
    },
)
_ID = string(255, shortest=1)
_INLINE: dict[str, Checker] = {
    "text": Shape({"text": string(12_000, shortest=1)}, {"style": _STYLE}),
    "link": Shape({"url": url()}, {"text": string(3000), "unsafe": boolean, "style": _STYLE}),
    "emoji": Shape(
        {"name": string(255, shortest=1)},
        {"unicode": string(100), "skin_tone": integer(1, 6), "style": _STYLE},
    ),
    "user": Shape({"user_id": _ID}, {"style": _STYLE}),
    "usergroup": Shape({"usergroup_id": _ID}, {"style": _STYLE}),
    "channel": Shape({"channel_id": _ID}, {"style": _STYLE}),
    "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, {"style": _STYLE}),
    "color": Shape({"value": string(20, shortest=1)}),
    "date": Shape(
        {"timestamp": integer(0, 9_999_999_999), "format": string(255, shortest=1)},
        {"url": url(), "fallback": string(255), "style": _STYLE},
    ),
}
_LINE = list_of(by_type(_INLINE, "rich text element"), 1000, 0)
_SECTION = Shape({"elements": _LINE})
_PARTS: dict[str, Checker] = {
    "rich_text_section": _SECTION,
    "rich_text_list": Shape(
        {
            "style": one_of("bullet", "ordered"),
            "elements": list_of(by_type({"rich_text_section": _SECTION}, "rich_text_section"), 1000),
        },
        {"indent": integer(0, 8), "offset": integer(0, 10_000), "border": integer(0, 1)},
    ),
    "rich_text_preformatted": Shape({"elements": _LINE}, {"border": integer(0, 1), "language": string(50)}),
    "rich_text_quote": Shape({"elements": _LINE}, {"border": integer(0, 1)}),
}
PARTS = list_of(by_type(_PARTS, "rich text part"), 1000)
RICH_TEXT = by_type({"rich_text": Shape({"elements": PARTS})}, "rich_text object")
