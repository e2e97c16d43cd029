"""How a Word file looks: every kind of text has a style, so that changing the style changes them all."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle

INK, ACCENT, FAINT = "1F2A2C", "0B5C63", "4A5759"
PALE, RULE = "EEF4F4", "AAB7B8"
FONT = "Arial"  # on every computer; each fills in other scripts from its own fonts


class Look(NamedTuple):
    """Size in points, weight, colour, and the space before and after in points."""

    size: float
    bold: bool
    colour: str
    before: float
    after: float


LOOKS = {
    "Normal": Look(10.5, False, INK, 0, 7),
    "Heading 1": Look(21, True, ACCENT, 0, 6),
    "Heading 2": Look(14.5, True, ACCENT, 18, 6),
    "Heading 3": Look(12, True, ACCENT, 14, 4),
    "Heading 4": Look(10.5, True, ACCENT, 12, 4),
    "Subtitle": Look(13, False, INK, 0, 4),
    "Caption": Look(9.5, True, INK, 12, 4),
    "List Bullet": Look(10.5, False, INK, 0, 4),
    "List Number": Look(10.5, False, INK, 0, 4),
    "Footer": Look(8.5, False, FAINT, 0, 0),
    "Scope and date": Look(10.5, False, FAINT, 0, 14),
    "Key and value": Look(10.5, False, INK, 0, 4),
    "Callout": Look(10.5, False, INK, 6, 14),
    "Picture": Look(10.5, False, INK, 8, 4),
    "Picture caption": Look(9.5, False, INK, 0, 10),
    "Table heading": Look(9.5, True, INK, 2, 2),
    "Table text": Look(9.5, False, INK, 2, 2),
    "After a table": Look(4, False, INK, 0, 4),
    "Answer label": Look(10.5, True, INK, 10, 4),
    "Answer": Look(10.5, False, INK, 0, 10),
    "Tick label": Look(10.5, False, INK, 10, 2),
    "Tick options": Look(10.5, False, INK, 0, 8),
}
SYMBOL_BULLET = "\uf0b7"
STAYS_WITH_THE_NEXT = (
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "Heading 4",
    "Caption",
    "Table heading",
    "Answer label",
    "Tick label",
)


def set_up_styles(word: WordDocument, language: str) -> None:
    """Give the file its styles and its language."""
    for name, look in LOOKS.items():
        style = _style(word, name)
        style.base_style = None if name == "Normal" else _style(word, "Normal")
        _set_look(style, look)
        _dress_linked(word, style)
    for name in STAYS_WITH_THE_NEXT:
        _style(word, name).paragraph_format.keep_with_next = True
    _set_frames(word)
    _set_bullets(word)
    _set_language(word, language)


def _style(word: WordDocument, name: str) -> ParagraphStyle:
    """A paragraph style of the file, made when it is not there yet."""
    if name not in word.styles:
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style: Any = word.styles[name]
    return style  # type: ignore[no-any-return]


def _set_look(style: ParagraphStyle, look: Look) -> None:
    """Font, colour and spacing of one style."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for script in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), FONT)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(look.before), Pt(look.after)
    spacing.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _dress_linked(word: WordDocument, style: ParagraphStyle) -> None:
    """Give the letters’ twin of a style the same look: some programs show the twin’s."""
    link = style.element.find(qn("w:link"))
    twins = [other.element for other in word.styles if link is not None and other.style_id == link.get(qn("w:val"))]
    for twin in twins:
        for old in twin.findall(qn("w:rPr")):
            twin.remove(old)
        twin.append(deepcopy(style.element.rPr))


def _set_bullets(word: WordDocument) -> None:
    """A plain bullet of the usual font instead of one that only the font Symbol has."""
    for text in word.part.numbering_part.element.iter(qn("w:lvlText")):
        if text.get(qn("w:val")) == SYMBOL_BULLET:
            text.set(qn("w:val"), "•")
            for fonts in text.getparent().iter(qn("w:rFonts")):
                for script in ("w:ascii", "w:hAnsi"):
                    fonts.set(qn(script), FONT)


def _set_frames(word: WordDocument) -> None:
    """Lines and shading around what stands out, and the indent of values."""
    _frame(_style(word, "Scope and date"), {"bottom": (12, ACCENT)})
    _frame(_style(word, "Callout"), {"left": (24, ACCENT)}, shade=PALE)
    _frame(_style(word, "Answer"), dict.fromkeys(("top", "left", "bottom", "right"), (6, INK)))
    _style(word, "Footer").paragraph_format.tab_stops.clear_all()  # the page sets its own
    values = _style(word, "Key and value").paragraph_format
    values.left_indent, values.first_line_indent = Cm(4.5), Cm(-4.5)
    values.tab_stops.add_tab_stop(Cm(4.5))
    for name in ("Callout", "Answer"):
        framed = _style(word, name).paragraph_format
        framed.left_indent = framed.right_indent = Cm(0.3)


def _frame(style: ParagraphStyle, sides: dict[str, tuple[int, str]], shade: str = "") -> None:
    """Border lines (in eighths of a point) and a shade behind a paragraph style."""
    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    for side, (width, colour) in sides.items():
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", width), ("space", 6), ("color", colour)):
            line.set(qn(f"w:{name}"), str(value))
        borders.append(line)
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    if shade:
        shading = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", shade)):
            shading.set(qn(f"w:{name}"), value)
        properties.insert_element_before(shading, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _set_language(word: WordDocument, language: str) -> None:
    """The language of all text, for spelling and for screen readers."""
    for part in (word.styles.element.iter(qn("w:lang")), word.settings.element.iter(qn("w:themeFontLang"))):
        for found in part:
            found.set(qn("w:val"), language)
