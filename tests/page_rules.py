"""What every page is held to, whoever fetches it in whatever test: each rule says in words what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FIELDS = ("input", "select", "textarea")
NEED_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}
BLOCKS = {
    *HEADINGS, "p", "div", "ul", "ol", "dl", "table", "form", "fieldset", "section", "article", "nav", "main", "header",
    "footer", "aside", "details", "pre", "hr", "figure",
}  # fmt: skip
ONLY_WORDS = {
    *HEADINGS,
    "p",
    "span",
    "label",
    "legend",
    "button",
    "strong",
    "em",
    "b",
    "i",
    "small",
    "abbr",
    "time",
    "summary",
}
ITEMS = {"ul": {"li", "template"}, "ol": {"li", "template"}, "dl": {"dt", "dd", "div"}}
CLICKABLE = {"a", "button"}
# Text that nobody reads, or that stands exactly as someone typed it.
NOT_PROSE = {"script", "style", "code", "pre", "kbd", "samp", "textarea", "template", "option", "title"}
AS_TYPED = "data-as-typed"
STRAIGHT = re.compile(r"""[^\s]*['"][^\s]*""")
HYPHEN_AS_DASH = re.compile(r"\S+ - \S+")


class Page:
    """A page as a browser reads it."""

    def __init__(self, html: str) -> None:
        self.parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        self.root: Element = self.parser.parse(html)
        self.elements = [element for element in self.root.iter() if isinstance(element.tag, str)]

    def all(self, *tags: str) -> list[Element]:
        """Every element with one of the tags, in the order of the page."""
        return [element for tag in tags for element in self.by_tag.get(tag, [])]

    @cached_property
    def by_tag(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in self.elements:
            found.setdefault("svg" if element.tag.endswith("}svg") else element.tag, []).append(element)
        return found

    @cached_property
    def parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.elements for child in parent}

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(element.get("id", "") for element in self.elements if "id" in element.attrib)

    def around(self, element: Element) -> Iterator[Element]:
        """What an element stands in, from the inside out."""
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent


def text(element: Element) -> str:
    """The words of an element, with one space between them."""
    return " ".join("".join(element.itertext()).split())


def problems(html: str) -> list[str]:
    """Everything that is wrong with a page; nothing when it is as it should be."""
    page = Page(html)
    return [problem for rule in RULES for problem in rule(page)]


def parses(page: Page) -> Iterator[str]:
    for (line, _column), code, values in page.parser.errors:
        yield f"line {line} is not valid HTML: {html5lib.constants.E.get(code, code) % values}"


def nests_as_html_allows(page: Page) -> Iterator[str]:
    for element in page.elements:
        parent = page.parents.get(element)
        if parent is None:
            continue
        if (
            element.tag in BLOCKS
            and parent.tag in ONLY_WORDS
            and not (parent.tag == "legend" and element.tag in HEADINGS)
        ):
            yield f"<{element.tag}> cannot stand in <{parent.tag}>"
        if parent.tag in ITEMS and element.tag not in ITEMS[parent.tag]:
            yield f"<{element.tag}> cannot stand in <{parent.tag}>"
        if element.tag in CLICKABLE and any(outer.tag in CLICKABLE for outer in page.around(element)):
            yield f"<{element.tag}> “{text(element)}” stands in another link or button"


def has_a_language(page: Page) -> Iterator[str]:
    if not page.root.get("lang"):
        yield "<html> does not say its language"


def has_one_heading_that_its_title_starts_with(page: Page) -> Iterator[str]:
    heads, titles = page.all("h1"), page.all("title")
    if len(heads) != 1:
        yield f"there are {len(heads)} h1, not one"
        return
    title = text(titles[0]) if titles else ""
    if not title.removeprefix("Error: ").startswith(text(heads[0])):
        yield f"the title “{title}” does not start with the h1 “{text(heads[0])}”"


def says_in_the_title_that_something_is_wrong(page: Page) -> Iterator[str]:
    wrong = any("govuk-error-summary" in element.get("class", "").split() for element in page.all("div"))
    titles = page.all("title")
    if wrong and titles and not text(titles[0]).startswith("Error: "):
        yield "the page has an error summary, but its title does not start with “Error: ”"


def has_each_id_once(page: Page) -> Iterator[str]:
    for name, number in page.ids.items():
        if number > 1 or not name:
            yield f"the id “{name}” stands {number} times"


def refers_to_ids_that_are_there(page: Page) -> Iterator[str]:
    for element in page.elements:
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "headers"):
            for name in element.get(attribute, "").split():
                if name not in page.ids:
                    yield f"<{element.tag}> {attribute} names “{name}”, which is not on the page"
        fragment = element.get("href", "")
        if element.tag == "a" and fragment.startswith("#") and fragment[1:] not in page.ids:
            yield f"the link “{text(element)}” leads to {fragment}, which is not on the page"


def labels_its_fields(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label") if text(label)}
    for field in page.all(*FIELDS):
        if field.get("type") in NEED_NO_LABEL or field.get("aria-label") or field.get("aria-labelledby"):
            continue
        inside = any(parent.tag == "label" and text(parent) for parent in page.around(field))
        if not inside and field.get("id") not in labelled:
            yield f"<{field.tag} name={field.get('name')}> has no label"


def has_nothing_inline(page: Page) -> Iterator[str]:
    for script in page.all("script"):
        if not script.get("src") and script.get("type") != "application/json":
            yield "there is an inline script"
    if page.all("style"):
        yield "there is an inline style sheet"
    for element in page.elements:
        for name, value in element.items():
            if name == "style" or name.startswith("on"):
                yield f"<{element.tag}> has {name}="
            if name in ("href", "src", "action") and value.strip().lower().startswith("javascript:"):
                yield f"<{element.tag}> has a script in {name}="


def protects_its_forms(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        if "data-without-cookies" in form.attrib:
            continue  # Django refuses such a form unless its view says that there is nobody to protect
        posts = form.get("method", "get").lower() == "post"
        tokens = [field for field in form.iter("input") if field.get("name") == "csrfmiddlewaretoken"]
        if posts and len(tokens) != 1:
            yield f"a form that posts has {len(tokens)} tokens against forgery, not one"
        if tokens and not posts:
            yield "a form that only asks carries its token into the address"


def names_its_buttons_and_links(page: Page) -> Iterator[str]:
    for element in page.all("a", "button"):
        pictures = [picture.get("alt") for picture in element.iter("img") if picture.get("alt")]
        if not text(element) and not pictures and not element.get("aria-label"):
            yield f"<{element.tag} href={element.get('href')}> has no words"
        if element.tag == "a" and element.get("href") in (None, "", "#"):
            yield f"the link “{text(element)}” leads nowhere"


def describes_its_pictures(page: Page) -> Iterator[str]:
    for picture in page.all("img"):
        if picture.get("alt") is None:
            yield f"the picture {picture.get('src')} has no alt"
    for drawing in page.all("svg"):
        if drawing.get("aria-hidden") != "true" and not (drawing.get("aria-label") or drawing.get("aria-labelledby")):
            yield "a drawing has neither a name nor aria-hidden"


def heads_its_tables(page: Page) -> Iterator[str]:
    for table in page.all("table"):
        if not any(True for _ in table.iter("th")):
            yield "a table has no headings"
    for head in page.all("th"):
        if not head.get("scope"):
            yield f"the table heading “{text(head)}” does not say whether it is of a row or a column"


def skips_no_heading(page: Page) -> Iterator[str]:
    before = 0
    for element in page.elements:
        if element.tag in HEADINGS:
            level = int(element.tag[1])
            # The summary of mistakes stands before the h1.
            if before and level > before + 1:
                yield f"“{text(element)}” is an h{level} after an h{before}"
            before = level


def uses_curly_quotes_and_dashes(page: Page) -> Iterator[str]:
    for words in prose(page.root):
        for found in STRAIGHT.findall(words):
            yield f"“{found}” has a straight quotation mark"
        for found in HYPHEN_AS_DASH.findall(words):
            yield f"“{found}” has a hyphen for a dash"


def prose(element: Element) -> Iterator[str]:
    """The texts of an element that are written for people to read."""
    if not isinstance(element.tag, str) or element.tag in NOT_PROSE or AS_TYPED in element.attrib:
        return
    if element.text:
        yield element.text
    for child in element:
        yield from prose(child)
        if child.tail:
            yield child.tail


RULES = (
    parses,
    nests_as_html_allows,
    has_a_language,
    has_one_heading_that_its_title_starts_with,
    says_in_the_title_that_something_is_wrong,
    has_each_id_once,
    refers_to_ids_that_are_there,
    labels_its_fields,
    has_nothing_inline,
    protects_its_forms,
    names_its_buttons_and_links,
    describes_its_pictures,
    heads_its_tables,
    skips_no_heading,
    uses_curly_quotes_and_dashes,
)


def policy_problems(policy: str | None) -> Iterable[str]:
    """What is wrong with a page’s content security policy."""
    if not policy:
        return ["there is no content security policy"]
    return [f"the content security policy allows {word}" for word in ("unsafe-inline", "unsafe-eval") if word in policy]
