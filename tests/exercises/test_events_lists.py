"""Events lists: drawn lists as the slow reading has them; times as planners write them; files both ways, hostile ones too."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from comity.main_events import (
    EventsList,
    Frame,
    Inject,
    check_events,
    draw_time_line,
    events_file,
    events_in,
    frame_between,
    read_frame,
    read_zone,
    time_line,
)
from comity.main_events.times import read_when
from comity.sheets import read_table, workbooks
from comity.terms import BadInput
from tests.exercises.events_drawn import agrees, said

STAMP = datetime(2026, 11, 26, 12, tzinfo=UTC)
TALLINN = frame_between("2028-06-03T08:00+03:00", "2028-06-09", read_zone("Europe/Tallinn"))


@pytest.mark.parametrize("part", range(5))
def test_the_checker_says_what_the_slow_reading_says(part: int) -> None:
    for case in said()[part::15]:
        assert agrees(case)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2028-06-03 14:00", "2028-06-03 11:00", "2028-06-03 11:00"),
        ("2028-06-03T14:00:00", "2028-06-03 11:00", "2028-06-03 11:00"),
        ("2028-06-03", "2028-06-02 21:00", "2028-06-03 20:59"),
        ("2028-06-03T14:00-04:00", "2028-06-03 18:00", "2028-06-03 18:00"),
        ("D+2 14:00", "2028-06-05 11:00", "2028-06-05 11:00"),
        ("d - 1 00:00", "2028-06-01 21:00", "2028-06-01 21:00"),
        ("D", "2028-06-02 21:00", "2028-06-03 20:59"),
        ("H+5:30", "2028-06-03 10:30", "2028-06-03 10:30"),
        ("STARTEX-2", "2028-06-03 03:00", "2028-06-03 03:00"),
        ("031400ZJUN28", "2028-06-03 14:00", "2028-06-03 14:00"),
        ("03 1400C JUN 2028", "2028-06-03 11:00", "2028-06-03 11:00"),
        ("031400JJUN28", "2028-06-03 11:00", "2028-06-03 11:00"),
        ("031400Y JUN 28", "2028-06-04 02:00", "2028-06-04 02:00"),
        ("031400MJUN28", "2028-06-03 02:00", "2028-06-03 02:00"),
    ],
)
def test_times_are_read_as_planners_write_them(text: str, first: str, last: str) -> None:
    span = read_when(text, TALLINN)
    assert (f"{span.first:%Y-%m-%d %H:%M}", f"{span.last:%Y-%m-%d %H:%M}") == (first, last)


@pytest.mark.parametrize("text", ["soon", "D+2 25:00", "2028-02-30", "331400ZJUN28", "031400ZJUM28", "2028-06", "2028-06-03 14:60", "14:00"])
def test_what_is_no_time_is_a_finding_and_no_error(text: str) -> None:
    with pytest.raises(BadInput):
        read_when(text, TALLINN)
    found = events_in(f"Number,Title,When\n1,x,{text}\n".encode(), "list.csv", TALLINN)
    assert "timed" in {one.rule for one in check_events(found, TALLINN)}


def test_hours_from_an_unknown_startex_are_told() -> None:
    found = events_in(b"Number,Title,When\n1,x,D+1 09:00\n", "list.csv", Frame())
    assert "'D+1 09:00' counts from STARTEX, which is not given" in [one.says for one in check_events(found, Frame())]


def test_formulas_come_out_as_text_and_go_in_as_what_they_were() -> None:
    text = "=1+1"
    events = EventsList((Inject(2, "1", text, sender="@boss", other=("-5",)),), ("Remark",))
    for name in ("list.csv", "list.xlsx"):
        content = events_file(events, name, STAMP)
        back = events_in(content, name, Frame())
        assert (back.rows[0].title, back.rows[0].sender, back.rows[0].other, back.others) == (text, "@boss", ("-5",), ("Remark",))
        assert events_file(back, name, STAMP)[:40] == content[:40]
    assert b"'=1+1" in events_file(events, "list.csv", STAMP)
    sheet = openpyxl.load_workbook(io.BytesIO(events_file(events, "list.xlsx", STAMP))).worksheets[0]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None] == ["s"] * sum(
        cell.value is not None for row in sheet.iter_rows() for cell in row
    )


def test_cells_of_a_workbook_that_are_times_and_numbers_are_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Serial", "Title", "Date/Time", "Depends on", "Live"])
    sheet.append([7.0, "x", datetime(2028, 6, 3, 14, tzinfo=UTC).replace(tzinfo=None), "5, 6", True])
    out = io.BytesIO()
    book.save(out)
    row = events_in(out.getvalue(), "list.xlsx", TALLINN).rows[0]
    assert (row.number, row.when, row.after, row.other) == ("7", "2028-06-03T14:00", ("5", "6"), ("yes",))
    assert row.span is not None
    assert row.span.first == datetime(2028, 6, 3, 11, tzinfo=UTC)


def test_files_that_are_none_are_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 1024**2)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (2 * 1024 * 1024))
    for content, name, says in (
        (b"", "a.csv", "a.csv is empty"),
        (b"\xff\xfe", "a.csv", "is not text in UTF-8"),
        (b'Number,Title\n1,"x\n', "a.csv", "a.csv:2: the row cannot be read"),
        (b"PK", "a.xlsx", "this workbook cannot be unpacked"),
        (bomb.getvalue(), "a.xlsx", "the workbook unpacks to more than"),
        (b"BEGIN:VEVENT", "a.ics", "is not a calendar that can be read"),
    ):
        with pytest.raises(BadInput, match=says):
            events_in(content, name, Frame())


def test_heads_of_other_makers_are_known_and_the_rest_is_kept() -> None:
    table = read_table(b"MEL Serial\tSubject\tTraining Audience\tWeather\n1\tx\tA; B\train\n", "a.csv")
    assert table.heads == ("MEL Serial", "Subject", "Training Audience", "Weather")
    events = events_in(b"MEL Serial\tSubject\tTraining Audience\tWeather\n1\tx\tA; B\train\n", "a.csv", Frame())
    assert (events.rows[0].audiences, events.rows[0].other, events.others) == (("A", "B"), ("rain",), ("Weather",))


def test_a_calendar_of_others_is_read_and_one_that_was_moved_keeps_its_new_time() -> None:
    lines = "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:7@x", "SUMMARY:Flood", "DTSTART:20280603T110000Z", "X-COMITY-WHEN:D+0 09:00", "END:VEVENT"
    text = "\r\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""))
    row = events_in(text.encode(), "a.ics", TALLINN).rows[0]
    assert (row.number, row.title, row.when) == ("7@x", "Flood", "2028-06-03 14:00")


def test_the_drawing_counts_what_reaches_each_audience() -> None:
    start = datetime(2028, 6, 3, 5, tzinfo=UTC)
    rows = tuple(
        replace(Inject(n, str(n), "x", when=w, audiences=a), span=read_when(w, TALLINN))
        for n, w, a in ((1, "D 08:00", ("A", "B")), (2, "D 08:59", ("a",)), (3, "D 10:00", ("B",)))
    )
    frame = Frame(start, start + timedelta(hours=3), read_zone("Europe/Tallinn"), ("A",))
    line = time_line(EventsList(rows), frame, 4)
    assert line is not None
    assert (line.step, line.lines) == (timedelta(hours=1), (("A", (2, 0, 0, 0)), ("B", (1, 0, 1, 0))))
    assert draw_time_line(line)[1:] == ["A     2···  2", "B     1·1·  2"]
    assert time_line(EventsList(()), frame) is None


def test_a_design_gives_the_frame() -> None:
    text = 'from = 2028-06-01\nstartex = 2028-06-03\nendex = "2028-06-09"\nzone = "Asia/Seoul"\n[[objective]]\nid = "A"\n[[audience]]\nid = "B"\n'
    frame = read_frame(text, "x.toml")
    assert (frame.objectives, frame.audiences, frame.cells) == (("A",), ("B",), ())
    assert (frame.startex, frame.endex) == (datetime(2028, 6, 2, 15, tzinfo=UTC), datetime(2028, 6, 9, 14, 59, tzinfo=UTC))
    for wrong, says in (
        ("[[objective]]\n", "has no id"),
        ("objective = 3\n", "is no list of tables"),
        ("startex = 3\n", "x.toml: '3' is not a moment"),
    ):
        with pytest.raises(BadInput, match=says):
            read_frame(wrong, "x.toml")
