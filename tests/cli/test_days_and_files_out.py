"""Days of no book, and places where no file can be: refused in words, whatever is asked for."""

import pytest


@pytest.mark.parametrize("report", ["handovers", "safety", "away", "duty-log", "incidents"])
@pytest.mark.parametrize(
    "days",
    [("--date", "9999-12-31"), ("--date", "0001-01-01"), ("--month", "9999-12")],
    ids=["last", "first", "month"],
)
def test_a_day_of_no_book_is_refused_by_every_report(run, report, days):
    status, _out, err = run("report", report, *days)
    assert status == 1
    assert days[1] in err
    assert "Traceback" not in err


@pytest.mark.parametrize("days", [("--since", "0001-01-01"), ("--until", "9999-12-31")])
def test_a_day_of_no_book_is_refused_by_the_export(run, tmp_path, days):
    status, _out, err = run("journal", "export", str(tmp_path / "book.jsonl"), *days)
    assert status == 1
    assert days[1] in err
    assert "Traceback" not in err
    assert not list(tmp_path.glob("*book*"))


@pytest.mark.parametrize(
    "words", [("journal", "export"), ("report", "safety", "--out"), ("report", "away", "--out")]
)
def test_a_file_inside_a_file_is_refused_with_its_place(run, tmp_path, words):
    there = tmp_path / "a file"
    there.write_text("")
    status, _out, err = run(*words, str(there / "in it.csv"))
    assert status == 1
    assert "in it.csv" in err
    assert "Traceback" not in err
