"""The elements that Word files are made of, where the library has no words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from trellis.core.exports.text import printable

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement


def made(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """An element of Word’s own kind with its children; attributes are in Word’s name space."""
    element: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    element.extend(children)
    return element


def lines(text: str) -> list[BaseOxmlElement]:
    """The lines of a text, their spaces kept, with breaks between them."""
    pieces: list[BaseOxmlElement] = []
    for number, line in enumerate(printable(text).split("\n")):
        if number:
            pieces.append(made("w:br"))
        piece = made("w:t")
        piece.text = line
        piece.set(qn("xml:space"), "preserve")
        pieces.append(piece)
    return pieces
