"""Text objects, confirmation dialogs, options and option groups."""

from typing import Any

from playground.blocks.shape import (
    Checker,
    Found,
    Path,
    Shape,
    boolean,
    by_type,
    list_of,
    one_of,
    string,
    url,
)


def plain(longest: int) -> Checker:
    """A plain_text object."""
    return by_type({"plain_text": _plain(longest)}, "plain_text object")


def either(longest: int) -> Checker:
    """A plain_text or mrkdwn object."""
    shape = Shape({"text": string(longest, shortest=1)}, {"verbatim": boolean})
    return by_type({"plain_text": _plain(longest), "mrkdwn": shape}, "text object")


def _plain(longest: int) -> Shape:
    return Shape({"text": string(longest, shortest=1)}, {"emoji": boolean})


CONFIRM = Shape(
    {"title": plain(100), "text": either(300)},
    {"confirm": plain(30), "deny": plain(30), "style": one_of("primary", "danger")},
)

OPTION = Shape({"text": plain(75), "value": string(150, shortest=1)}, {"description": plain(75)})
RICH_OPTION = Shape({"text": either(75), "value": string(150, shortest=1)}, {"description": either(75)})
LINK_OPTION = Shape({"text": plain(75), "value": string(150, shortest=1)}, {"description": plain(75), "url": url()})
GROUP = Shape({"label": plain(75), "options": list_of(OPTION, 100)})


def all_options(element: dict[str, Any]) -> list[dict[str, Any]]:
    """The options of an element, those in groups included."""
    found = list(element.get("options", []))
    for group in element.get("option_groups", []):
        found.extend(group["options"])
    return found


def options_or_groups(element: dict[str, Any], path: Path, found: Found) -> None:
    """A select has either options or option_groups."""
    if ("options" in element) == ("option_groups" in element):
        found.add(path, "must have either options or option_groups")


def initial_among_options(element: dict[str, Any], path: Path, found: Found) -> None:
    """What is chosen at first must be one of the options, letter by letter."""
    offered = all_options(element)
    if "initial_option" in element and element["initial_option"] not in offered:
        found.add((path, "initial_option"), "initial_option must exactly match one of the options")
    for index, option in enumerate(element.get("initial_options", [])):
        if option not in offered:
            where = ((path, "initial_options"), index)
            found.add(where, "initial_options must exactly match the options")


def not_more_than_allowed(element: dict[str, Any], path: Path, found: Found) -> None:
    """What is chosen at first may not be more than a person may choose."""
    most = element.get("max_selected_items")
    for key, chosen in element.items():
        if most is not None and key.startswith("initial_") and len(chosen) > most:
            found.add((path, key), f"no more than {most} items allowed")


def unique_values(element: dict[str, Any], path: Path, found: Found) -> None:
    """Two options with one value could not be told apart."""
    values = [option["value"] for option in all_options(element)]
    if len(set(values)) != len(values):
        found.add((path, "options"), "option values must be unique")
