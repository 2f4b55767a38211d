"""A page read back: a small tree of its elements, so that a test can ask for what a reader would find.

Reading refuses a page whose elements are not closed in the order in which they were opened.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Element:
    """An element with its attributes; its children are elements and texts, in their order."""

    tag: str
    attributes: dict
    children: list = field(default_factory=list)

    def each(self, tag=None, **attributes):
        """Every element below this one with that tag and these attributes (`class_`: one of its classes)."""
        found = (child for child in self._below() if tag is None or child.tag == tag)
        return [child for child in found if child.has(**attributes)]

    def one(self, tag=None, **attributes):
        """The only such element."""
        (found,) = self.each(tag, **attributes)
        return found

    def has(self, class_=None, **attributes):
        """Whether the element has all these attributes; a value of `True` accepts any value."""
        if class_ and class_ not in (self.attributes.get("class") or "").split():
            return False
        named = {name.replace("_", "-"): value for name, value in attributes.items()}
        return all(
            name in self.attributes if value is True else self.attributes.get(name) == value
            for name, value in named.items()
        )

    @property
    def text(self):
        """The text of this element and all below it, in one line."""
        return re.sub(r"\s+", " ", self.raw_text).strip()

    @property
    def raw_text(self):
        """The text of this element and all below it, as it stands."""
        return "".join(child if isinstance(child, str) else child.raw_text for child in self.children)

    def _below(self):
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._below()  # noqa: SLF001 (an element as well)


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        closed = self.open.pop()
        assert closed.tag == tag, f"</{tag}> closes <{closed.tag} {closed.attributes}>"

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read_page(html):
    """The page's tree, from a root without a tag."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    (root,) = builder.open
    return root
