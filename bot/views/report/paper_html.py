"""Small pieces of the report's page: elements, sections, tables."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

Child = ET.Element | str


def E(tag: str, *children: Child, cls: str = "", **attributes: str) -> ET.Element:
    """An element with text and elements in it; everything that is text is escaped when it is written."""
    element = ET.Element(tag, attributes | ({"class": cls} if cls else {}))
    last: ET.Element | None = None
    for child in children:
        if isinstance(child, str):
            if last is None:
                element.text = (element.text or "") + child
            else:
                last.tail = (last.tail or "") + child
        else:
            element.append(child)
            last = child
    return element


def section(title: str, *children: Child, cls: str = "") -> ET.Element:
    return E("section", E("h2", title), *children, cls=cls)


def table(
    caption: str, heads: Sequence[Child], rows: Sequence[Sequence[Child]], *, cls: str = "", known: bool = False
) -> ET.Element:
    """The first column names its row; `known`: a heading says the same, so the caption is for screen readers."""
    head = E("thead", E("tr", *[E("th", one, scope="col") for one in heads]))
    body = E(
        "tbody",
        *[E("tr", E("th", row[0], scope="row"), *[E("td", one) for one in row[1:]]) for row in rows],
    )
    whole = E("table", E("caption", caption), head, body)
    classes = " ".join(filter(None, ("wide", cls, "known" if known else "")))
    return E("div", whole, cls=classes, tabindex="0", role="region", **{"aria-label": caption})
