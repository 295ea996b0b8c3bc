"""What makes no sense is status 2, what is refused status 1: a sentence, and nothing is written."""

import argparse

import pytest

from kiosk import usage


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["dance"],
        ["people"],
        ["people", "import"],
        ["people", "set-pin"],
        ["things"],
        ["things", "import"],
        ["badges"],
        ["badges", "enrol"],
        ["badges", "block", "1001"],
        ["badges", "unblock", "04A1B2C3D4E501"],
        ["badges", "list"],
        ["journal", "--since", "yesterday"],
        ["report"],
        ["verify", "--jsn"],
        ["demo", "--language", "tlh"],
        ["subject"],
        ["subject", "show"],
        ["subject", "erase", "20261123-001"],
        ["purge", "everything"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2(run, words):
    status, out, err = run(*words, config=False)
    assert (status, out) == (2, "")
    assert "usage" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["people", "import", "absent.csv"], "absent.csv"),
        (["badges", "enrol", "7777", "--uid", "04AABBCCDDEE11"], "7777"),
        (["badges", "enrol", "1001", "--uid", "hello"], ""),
        (["badges", "enrol", "1001", "--uid", "04A1B2C3D4E502"], "2001"),
        (["badges", "enrol", "1001", "--uid", "04A1B2C3D4E509"], "1002"),
        (["badges", "block", "1001", "--reason", " "], "why"),
        (["badges", "block", "7777", "--reason", "lost"], "7777"),
        (["badges", "block", "04A1B2C3D4E509", "--reason", "lost"], "already"),
        (["badges", "unblock", "04A1B2C3D4E501", "--reason", "found"], "not blocked"),
        (["badges", "unblock", "04A1B2C3D4E509", "--reason", ""], "why"),
        (["badges", "list", "7777"], "7777"),
        (["report", "gossip"], "visits"),
        (["report", "visits", "--date", "yesterday"], "yesterday"),
        (["report", "visits", "--month", "2026-13"], "2026-13"),
        (["report", "visits", "--date", "2026-11-01", "--month", "2026-11"], ""),
        (["things", "import", "absent.csv"], "absent.csv"),
        (["report", "keys"], "overdue"),
        (["report", "holder", "--who", "7777"], "7777"),
        (["report", "hourly", "--who", "1001"], "--who"),
        (["subject", "show", "17"], "20261123-017"),
        (["subject", "show", "20261123-017"], "20261123-017"),
        (["subject", "erase", "20261123-017", "--reason", "x"], "20261123-017"),
        (["report", "visits", "--who", "7777"], "7777"),
        (["report", "times", "--unit", "供水"], "--unit"),
        (["report", "visits", "--out", "visits.pdf"], ".xlsx"),
        (["report", "roll-call", "--date", "2026-11-01"], "now"),
        (["report", "open-things", "--date", "2026-11-01"], "now"),
        (["report", "overdue", "--month", "2026-10"], "now"),
        (["report", "stock", "--date", "2026-11-01"], "now"),
        (["report", "holder", "--date", "2026-11-01"], "now"),
        (["journal", "--reveal", " "], "reason"),
        (["demo", "--headless"], "--play"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "",
)
def test_a_refusal_is_status_1_with_a_sentence(run, site, words, told):
    before = site.database.read_bytes()
    status, out, err = run(*words, config=words[0] != "demo")
    assert (status, out) == (1, "")
    assert told in err
    assert "Traceback" not in err
    assert len(err.strip()) > len("Refused.")
    assert site.database.read_bytes() == before


def test_a_demo_never_plays_with_a_real_site(site, run):
    status, _, err = run("demo", "--play", "--headless", "--dir", str(site.folder), config=False)
    assert status == 1
    assert str(site.folder) in err


def options(parser):
    """Yield every option and argument of every command, with the command's name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action.choices.values():
                yield from options(choice)
        else:
            yield parser.prog, action


def test_every_option_of_every_command_is_explained():
    mute = [f"{prog}: {action.dest}" for prog, action in options(usage.parser()) if not action.help]
    assert mute == []


@pytest.mark.parametrize(
    "words",
    [
        ["badges", "enrol", "1001", "--seconds", "-1"],
        ["journal", "--since", "-3"],
        ["report", "visits", "--print", "--out", "visits.csv"],
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_wrong_usage(run, words):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert words[-2] in err or words[-1] in err
