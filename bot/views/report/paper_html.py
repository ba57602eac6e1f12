"""Small pieces of the report's page: elements, sections, tables, charts in the reader's colours."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}"
_COLOURS = {
    "#1f2328": "var(--ink)", "#5c636b": "var(--grey)", "#e7eaed": "var(--track)", "#ffffff": "var(--paper)",
    "#0072b2": "var(--junior)", "#d55e00": "var(--senior)", "#009e73": "var(--held)",
}  # fmt: skip
"""What the drawing process paints with, and what the page calls it: the page has other values for it in the dark."""
_FONT = re.compile(r"font(?:-family)?: [^;]*?(?P<size>[\d.]+px)[^;]*")

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
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[Child]], *, cls: str = "", known: bool = False
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


def figure(svg: bytes | None, name: str, alt: str) -> ET.Element:
    """A chart in the page itself; nothing where it could not be drawn."""
    if svg is None:
        return E("span")
    drawn = _inline(ET.fromstring(svg))
    drawn.attrib |= {"role": "img", "aria-label": f"{name}. {alt}"}
    return E("figure", drawn)


def _inline(svg: ET.Element) -> ET.Element:
    """As HTML wants it: no namespaces, no metadata, colours by name, the page's own font."""
    svg.attrib.pop("width", None)
    svg.attrib.pop("height", None)
    for parent in list(svg.iter()):
        for child in list(parent):
            if child.tag.removeprefix(_SVG) == "metadata" or child.tag.startswith("{http://purl"):
                parent.remove(child)
    for element in svg.iter():
        element.tag = element.tag.removeprefix(_SVG)
        element.attrib = {name.removeprefix(_LINK): _coloured(value) for name, value in element.attrib.items()}
        if element.tag == "style":
            element.text = ""
        if element.tag == "text":
            element.attrib["style"] = _FONT.sub(r"font-size: \g<size>", element.attrib.get("style", ""))
    return svg


def _coloured(value: str) -> str:
    for colour, name in _COLOURS.items():
        value = value.replace(colour, name)
    return value
