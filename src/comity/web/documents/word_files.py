"""A paper as DOCX, for whoever goes on writing it: headings, tables with heads, the blanks marked, title and language set."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from comity.reports import printable
from comity.web.documents.papers import Block, Grid, Heading, Line, Listed, Look, Paper, Paragraph

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Written

_CENTRED: tuple[Look, ...] = ("letterhead", "form", "subject")


def to_docx(paper: Paper) -> bytes:
    """The bytes of the file."""
    return _Writer(paper).written()


class _Writer:
    def __init__(self, paper: Paper) -> None:
        import docx

        self.paper = paper
        self.file: Document = docx.Document()

    def written(self) -> bytes:
        """The file, from its metadata to the small print."""
        self._about()
        for block in self.paper.blocks:
            self._block(block, small=False)
        for block in self.paper.annex:
            self._block(block, small=True)
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _about(self) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt

        known = self.file.core_properties
        known.title, known.language, known.author, known.comments = printable(self.paper.title)[:255], self.paper.lang, "Comity", ""
        style: Any = self.file.styles["Normal"]
        style.font.name, style.font.size = "Liberation Serif", Pt(11.5)
        style.paragraph_format.space_after = Pt(8)
        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:val"), self.paper.lang)
        tongue.set(qn("w:bidi"), self.paper.lang)
        style.element.get_or_add_rPr().append(tongue)
        section = self.file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        for place, text in ((section.header, self.paper.marking), (section.footer, f"{self.paper.foot}\n{self.paper.marking}".strip())):
            place.paragraphs[0].text = printable(text)
            for run in place.paragraphs[0].runs:
                run.font.size = Pt(8)
            self._turned(place.paragraphs[0])

    def _block(self, block: Block, *, small: bool) -> None:
        if isinstance(block, Heading):
            self._line(self.file.add_heading("", block.level), block.line, small=False)
        elif isinstance(block, Paragraph):
            self._line(
                self._placed(block.look), block.line, small=small or block.look == "note", strong=block.look in ("letterhead", "form", "subject")
            )
        elif isinstance(block, Listed):
            for line in block.lines:
                self._line(self.file.add_paragraph(style="List Bullet"), line, small=small)
        else:
            self._grid(block)

    def _placed(self, look: Look) -> Written:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm, Pt

        found = self.file.add_paragraph()
        if look in _CENTRED:
            found.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if look in ("place", "signature"):
            found.paragraph_format.space_before = Pt(14)
        if look == "quote":
            found.paragraph_format.left_indent = found.paragraph_format.right_indent = Cm(1)
        return found

    def _line(self, written: Written, line: Line, *, small: bool, strong: bool = False) -> None:
        from docx.enum.text import WD_COLOR_INDEX
        from docx.shared import Pt

        for piece in line:
            run = written.add_run(printable(piece.shown))
            run.bold = True if piece.strong or strong else None
            if piece.blank:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            if small:
                run.font.size = Pt(8.5)
            if self.paper.direction == "rtl" and not piece.lang:
                run.font.rtl = True
        self._turned(written)

    def _turned(self, written: Written) -> None:
        """From right to left, where the language is written so."""
        from docx.oxml import OxmlElement

        if self.paper.direction == "rtl":
            properties: Any = written._p.get_or_add_pPr()
            properties.append(OxmlElement("w:bidi"))

    def _grid(self, grid: Grid) -> None:
        from docx.oxml import OxmlElement

        if not grid.titled:
            self.file.add_paragraph(printable(grid.caption), style="Caption")
        table = self.file.add_table(rows=1, cols=len(grid.heads), style="Table Grid")
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, head in zip(table.rows[0].cells, grid.heads, strict=True):
            cell.paragraphs[0].add_run(printable(head)).bold = True
        for row in grid.rows:
            for index, (cell, line) in enumerate(zip(table.add_row().cells, row, strict=True)):
                self._line(cell.paragraphs[0], line, small=True, strong=index == 0)
        self.file.add_paragraph()
