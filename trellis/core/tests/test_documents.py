"""Word and PDF say the same, can be read with a screen reader, and run nothing that a person typed."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
import pdfua
import pikepdf
import pytest
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.paper import lines_on_pages
from trellis.core.charts import Bar, Series, bar_svg, radar_svg
from trellis.core.documents import (
    AnswerBox,
    Bullets,
    Callout,
    Document,
    Figure,
    Heading,
    KeyValues,
    NumberedList,
    PageBreak,
    Paragraph,
    Run,
    TableBlock,
    TickRow,
    docx_bytes,
    docx_response,
    pdf_bytes,
    pdf_response,
)
from trellis.core.documents.description import BREAK_HERE, described, with_breaks
from trellis.core.documents.word_styles import STAYS_WITH_THE_NEXT
from trellis.core.exports import Column, Table, printable
from trellis.core.fonts import FOLDER, characters_by_family
from trellis.core.fonts.drawing import composed, drawable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from trellis.core.documents import Block

ON = date(2026, 11, 23)
AREAS = ["Leadership", "Working with children and parents", "Quality of SEND provision"]
CHART = radar_svg(AREAS, [Series("Autumn 2026", [1, 0.5, None])], title="Three areas", description="In words.")
ALT = "Radar chart: leadership is secure."
COLUMNS = [Column("What we will do", width=30), Column("Due", "date"), Column("Done", "percent", width=8)]
ACTIONS = [["Add a visual timetable", date(2027, 3, 5), 0.5], ["Ask Siân’s team\nand the parents", None, None]]
HOSTILE = [
    '#read("/etc/passwd")',
    "*bold* _italic_ `code` = heading",
    "$x$ <label> @label // comment /* */",
    '#eval("1+1") #image("x.png") \\ \\u{202E}',
    "]]) #panic()",
    "\u202egpj.exe",
    "</w:t><w:p/>&amp;<b>",
    "{{ 7 * 7 }} {% now %}",
    "\x00\x07\ud800\ufffe\ufeff",
]


def document(*blocks: Block, **options: Any) -> Document:
    return Document("Action plan", options.pop("scope", "Bramble Lane Nursery"), ON, blocks, **options)


def every_block() -> Document:
    return document(
        KeyValues([("Setting", "Bramble Lane Nursery"), ("Period", "Autumn 2026")]),
        Callout("A review is support.", heading="What this is"),
        Heading("Where we stand"),
        Paragraph([Run("Two areas are secure. "), Run("Leadership", bold=True), Run("\nis one.")]),
        Figure(CHART, ALT, "Three areas"),
        TableBlock("Actions", COLUMNS, ACTIONS, header_column=True),
        TableBlock("Closed actions", COLUMNS, []),
        Heading("Next", level=3),
        Bullets(["Ask families", [Run("Train", bold=True), Run(" two people")]]),
        NumberedList(["First", "Second"]),
        NumberedList(["First again"]),
        PageBreak(),
        Heading("To fill in"),
        AnswerBox("What works well?", lines=4),
        AnswerBox("What next?", text="More of it."),
        TickRow("We ask every family.", ["Secure", "Partly in place"], ticked="Secure"),
        subtitle="Autumn 2026",
    )


def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(made))


def elements(node: Any) -> Iterator[Any]:
    """Each element of a structure tree, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def tags(made: bytes, attribute: str = "/S") -> list[str]:
    """What each element is, or another attribute of those that have it."""
    with opened(made) as pdf:
        tree = pdf.Root["/StructTreeRoot"]
        return [str(element[attribute]) for element in elements(tree) if attribute in element]


def sheet_size(made: bytes) -> tuple[int, int]:
    """Width and height of the first page, in points."""
    with opened(made) as pdf:
        return round(float(pdf.pages[0].mediabox[2])), round(float(pdf.pages[0].mediabox[3]))


def page_count(made: bytes) -> int:
    with opened(made) as pdf:
        return len(pdf.pages)


def words_in(value: Any) -> list[str]:
    """Every text of a description, in order."""
    if isinstance(value, dict):
        return [word for name, part in value.items() if name not in {"svg", "kind"} for word in words_in(part)]
    if isinstance(value, list):
        return [word for part in value for word in words_in(part)]
    return [value] if isinstance(value, str) and value else []


def word_file(described_document: Document) -> Any:
    return docx.Document(BytesIO(docx_bytes(described_document)))


def text_of(word: Any) -> str:
    """All text of a Word file, with tables, line by line."""
    lines = []
    for paragraph in word.element.body.iter(qn("w:p")):
        pieces = []
        for node in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
            pieces.append({qn("w:br"): "\n", qn("w:tab"): "\t"}.get(node.tag, node.text or ""))
        lines.append("".join(pieces))
    return "\n".join(lines)


# PDF


def test_a_pdf_passes_the_checks_for_universal_accessibility(tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(pdf_bytes(every_block()))
    report = pdfua.validate(str(file))
    assert [finding for outcome in report.outcomes for finding in outcome.findings] == []
    assert report.exit_code == 0


def test_a_pdf_is_tagged_and_knows_its_title_and_language() -> None:
    with opened(pdf_bytes(every_block())) as pdf, pdf.open_metadata() as metadata:
        assert pdf.Root["/MarkInfo"]["/Marked"]
        assert str(pdf.Root["/Lang"]) == "en-GB"
        assert pdf.Root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert metadata["dc:title"] == "Action plan"
        assert metadata["pdfuaid:part"] == "1"
        assert str(pdf.docinfo["/Author"]) == "Bramble Lane Nursery"


def test_headings_lists_tables_and_pictures_are_what_they_are() -> None:
    found = tags(pdf_bytes(every_block()))
    assert [tag for tag in found if tag in {"/H1", "/H2", "/H3"}] == ["/H1", "/H2", "/H3", "/H2"]
    assert (found.count("/L"), found.count("/LI"), found.count("/Table")) == (3, 5, 1)
    assert (found.count("/TH"), found.count("/TD"), found.count("/Figure")) == (3, 6, 1)


def test_a_picture_in_a_pdf_has_its_alternative_text() -> None:
    assert tags(pdf_bytes(every_block()), "/Alt") == [ALT]


def test_a_pdf_is_a4_upright_or_across() -> None:
    assert sheet_size(pdf_bytes(document())) == (595, 842)
    assert sheet_size(pdf_bytes(document(landscape=True))) == (842, 595)


def test_200_rows_run_over_pages_with_their_headings() -> None:
    rows = [[f"{number}. Add a visual timetable", ON, number / 200] for number in range(200)]
    made = pdf_bytes(document(TableBlock("Actions", COLUMNS, rows)))
    assert page_count(made) > 4
    assert tags(made).count("/TR") == 201


def test_a_row_longer_than_a_page_goes_on_on_the_next() -> None:
    made = pdf_bytes(document(TableBlock("Notes", COLUMNS, [["long " * 3_000, ON, 1]])))
    assert page_count(made) > 3


@pytest.mark.parametrize("lines", range(39, 49, 3))
def test_the_last_page_never_holds_a_part_of_the_last_paragraph_alone(lines: int) -> None:
    end = [Heading("Who was asked"), Paragraph("Asked:\nparents\nat pick-up"), Paragraph("Not\nan\ninspection")]
    pages = lines_on_pages(pdf_bytes(document(Paragraph("\n".join("x" * lines)), *end)))
    assert len(pages) == 1 or pages[-1] >= 7, pages


@pytest.mark.parametrize("lines", range(27, 40, 3))
def test_a_short_table_before_the_end_stays_with_it_and_a_long_one_repeats_its_headings(lines: int) -> None:
    after = [Heading("Who was asked"), Paragraph("Asked: parents"), Paragraph("Not an inspection")]
    rows = [[f"Action {number}", None, None] for number in range(5)]
    before = Paragraph("\n".join("x" * lines))
    pages = lines_on_pages(
        pdf_bytes(document(before, Heading("The plan"), TableBlock("Actions", COLUMNS, rows), *after))
    )
    assert len(pages) == 1 or pages[-1] == 11, pages


def test_the_end_of_a_word_file_stays_together() -> None:
    rows = [["Ask parents", None, None]]
    blocks = [
        Paragraph("Before"),
        Heading("The plan"),
        TableBlock("Actions", COLUMNS, rows),
        Paragraph("Asked: parents"),
    ]
    body = word_file(document(*blocks, Paragraph("Not an inspection"))).element.body
    kept = {
        "".join(piece.text or "" for piece in each.iter(qn("w:t"))): each.pPr is not None
        and each.pPr.keepNext is not None
        for each in body.iter(qn("w:p"))
    }
    assert (kept["Before"], kept["Ask parents"], kept["Asked: parents"], kept["Actions"]) == (False, True, True, True)


def test_what_heads_a_table_in_word_stays_with_its_first_row() -> None:
    assert all(word_file(every_block()).styles[name].paragraph_format.keep_with_next for name in STAYS_WITH_THE_NEXT)
    assert {"Caption", "Table heading", "Heading 2", "Heading 3"} <= set(STAYS_WITH_THE_NEXT)


def test_the_same_document_gives_the_same_pdf() -> None:
    assert pdf_bytes(every_block()) == pdf_bytes(every_block())


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_typed_is_set_and_never_evaluated(text: str) -> None:
    everywhere = Document(
        f"Plan {text}",
        text,
        ON,
        [
            Heading(f"Next {text}"),
            Paragraph([Run(text), Run(text, bold=True)]),
            KeyValues([(text, text)]),
            Callout(text, heading=text),
            Bullets([text]),
            TableBlock(text, [Column(text)], [[text]], empty=text),
            Figure(CHART, f"Chart {text}", text),
            AnswerBox(text, text=text),
            TickRow(text, [text]),
        ],
        subtitle=text,
    )
    typed = drawable(text)
    assert words_in(described(everywhere)).count(with_breaks(typed)) >= 12 * bool(typed)
    assert tags(pdf_bytes(everywhere)).count("/H2") == 1
    assert text_of(word_file(everywhere)).count(typed) >= 12


def test_every_letter_of_our_fonts_can_be_set_in_both_weights() -> None:
    letters = "".join(map(chr, sorted(frozenset().union(*characters_by_family().values()))))
    assert pdf_bytes(document(Paragraph([Run(letters), Run(letters, bold=True)])))


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=40))
@example("ياسمين الحداد")
@example("王小明 and 👩‍👧👍🏽 and 🇬🇧")
@example("e\u0301 x\u0331 \U00012000\u0301 \u200d\u200d \ufe0f")
@example("\u2fff\u2d34\u03ca")
def test_any_text_makes_a_pdf(text: str) -> None:
    figure = Figure(radar_svg([text, "b", "c"], [Series(text, [1, 1, 1])], title=text, description=text), f"a{text}")
    made = document(Paragraph([Run(text), Run(text, bold=True)]), Heading(f"h{text}"), figure, scope=text)
    assert pdf_bytes(made).startswith(b"%PDF-1.7")


@settings(deadline=None, max_examples=10)
@given(st.lists(st.text(), max_size=20))
def test_any_text_makes_a_word_file(texts: list[str]) -> None:
    made = document(*map(Paragraph, texts), TableBlock("Texts", [Column("Text")], [[text] for text in texts]))
    written = text_of(word_file(made))
    assert all(printable(text) in written for text in texts)


def test_a_character_that_no_font_has_becomes_a_square_and_the_document_says_so() -> None:
    description = described(document(Paragraph("王小明 and Zoë")))
    assert description["blocks"][0]["text"][0]["text"] == "□□□ and Zoë"
    assert description["note"] == "□ stands for a character that could not be printed here."
    assert described(document(Paragraph("□ Zoë")))["note"] == ""


def test_right_to_left_names_and_emoji_are_set_as_they_are() -> None:
    for text in ("ياسمين الحداد", "שרה לוי", "👍🏽 👩‍👧", "Łukasz Żółć", "Đặng Thị Hà"):
        assert drawable(text) == text


def test_pieces_that_belong_together_stay_together() -> None:
    assert list(composed("🇬🇧🇫🇷👍🏽")) == ["🇬🇧", "🇫🇷", "👍🏽"]


@given(st.text(max_size=200))
def test_places_to_break_change_nothing_else(text: str) -> None:
    assert with_breaks(text).replace(BREAK_HERE, "") == text.replace(BREAK_HERE, "")


def test_the_fonts_come_with_their_licences() -> None:
    assert len(list(FOLDER.glob("LICENCE-*.txt"))) == 6


# Word


def test_word_has_real_headings_and_a_title() -> None:
    word = word_file(every_block())
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Action plan"),
        ("Heading 2", "Where we stand"),
        ("Heading 3", "Next"),
        ("Heading 2", "To fill in"),
    ]
    about = word.core_properties
    assert (about.title, about.author, about.language) == ("Action plan", "Bramble Lane Nursery", "en-GB")
    assert (about.comments, about.created.date()) == ("", ON)


def test_word_is_in_british_english() -> None:
    languages = {node.get(qn("w:val")) for node in word_file(every_block()).styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_a_table_in_word_marks_and_repeats_its_headings() -> None:
    (table,) = word_file(every_block()).tables
    assert [cell.text for cell in table.rows[0].cells] == ["What we will do", "Due", "Done"]
    assert [cell.text for cell in table.rows[1].cells] == ["Add a visual timetable", "5 March 2027", "50%"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Actions"


def test_a_picture_in_word_has_its_alternative_text() -> None:
    (picture,) = word_file(every_block()).inline_shapes
    assert picture._inline.docPr.get("descr") == ALT
    assert picture.width == pytest.approx(6_120_000 * 0.6, rel=0.001)


def test_each_numbered_list_in_word_begins_at_one() -> None:
    word = word_file(every_block())
    numbers = [
        paragraph._p.pPr.numPr.numId.val for paragraph in word.paragraphs if paragraph.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2]


def test_what_follows_a_page_break_begins_on_a_new_page() -> None:
    word = word_file(document(PageBreak(), Bullets([]), TableBlock("Actions", COLUMNS, ACTIONS), Paragraph("After")))
    broken = [paragraph.text for paragraph in word.paragraphs if paragraph.paragraph_format.page_break_before]
    assert broken == ["Actions"]


def test_the_footer_in_word_says_whose_and_when_and_counts_pages() -> None:
    section = word_file(every_block()).sections[0]
    (footer,) = section.footer.paragraphs
    assert footer.text.startswith("Bramble Lane Nursery · 23 November 2026\tPage ")
    assert [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert (section.page_width.mm, section.page_height.mm) == (pytest.approx(210, 0.01), pytest.approx(297, 0.01))


def test_word_holds_no_macros_and_opens_in_the_mode_of_today() -> None:
    made = docx_bytes(every_block())
    assert b"vbaProject" not in made
    settings_of_word = docx.Document(BytesIO(made)).settings.element
    names = [child.tag for child in settings_of_word]
    assert names.index(qn("w:compat")) < names.index(qn("w:rsids"))
    assert settings_of_word.find(f".//{qn('w:compatSetting')}").get(qn("w:val")) == "15"


def test_word_across_is_wider_than_high() -> None:
    section = word_file(document(landscape=True)).sections[0]
    assert section.page_width > section.page_height


# Both


def test_word_and_pdf_say_the_same() -> None:
    made = every_block()
    word = text_of(word_file(made))
    description = described(made)
    for text in words_in([description["title"], description["subtitle"], description["blocks"]]):
        if text not in {ALT, "Nothing recorded."}:
            assert text.replace(BREAK_HERE, "").replace(" ", "") in word.replace("\u00a0", "").replace(" ", "")
    assert "Nothing recorded." in word


def test_a_document_takes_the_rows_of_an_export() -> None:
    table = Table("Actions", "Bramble Lane Nursery", COLUMNS, iter(ACTIONS))
    assert TableBlock.of(table).shown_rows()[0] == ["Add a visual timetable", "5 March 2027", "50%"]


def test_a_row_that_does_not_fit_the_columns_is_refused() -> None:
    wrong = document(TableBlock("Actions", COLUMNS, [["only one"]]))
    for make in (pdf_bytes, docx_bytes):
        with pytest.raises(ValueError, match="zip"):
            make(wrong)


@pytest.mark.parametrize(
    ("title", "blocks", "reason"),
    [
        (" \x00", [], "needs a title"),
        ("Plan", [Heading("Deep", level=3)], "skips a level"),
        ("Plan", [Heading("Next"), Heading("Deep", level=4)], "skips a level"),
        ("Plan", [Heading("\u200b" * 0)], "needs words"),
        ("Plan", [Figure(CHART, " ")], "alternative text"),
    ],
)
def test_a_document_that_could_not_be_read_aloud_is_refused(title: str, blocks: Sequence[Block], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Document(title, "Bramble Lane Nursery", ON, blocks)


@pytest.mark.parametrize(
    ("respond", "ending", "kind"), [(pdf_response, "pdf", "application/pdf"), (docx_response, "docx", "wordprocessing")]
)
def test_a_document_is_a_download_that_says_what_whose_and_which_day(respond: Any, ending: str, kind: str) -> None:
    response = respond(every_block())
    name = f"action-plan-bramble-lane-nursery-2026-11-23.{ending}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert kind in response["Content-Type"]
    assert "no-store" in response["Cache-Control"]


def test_a_tall_picture_is_no_taller_than_its_page_and_stays_with_its_heading():
    bars = [Bar(f"What a statement says in a good many words, number {number}", [5, 4]) for number in range(6)]
    chart = bar_svg(bars, ["Yes", "No"], title="Six", description="In words.", key="six")
    blocks = [Paragraph("First"), Heading("Most often"), Figure(chart, "In words.", "The caption", width=0.6)]
    document = Document(title="Wide", scope="Bramble", on=ON, blocks=blocks, landscape=True)
    assert len(lines_on_pages(pdf_bytes(document))) <= 2, "the heading does not stand on a page of its own"
    section = docx.Document(BytesIO(docx_bytes(document))).sections[0]
    (picture,) = docx.Document(BytesIO(docx_bytes(document))).inline_shapes
    assert picture.height < section.page_height - section.top_margin - section.bottom_margin
