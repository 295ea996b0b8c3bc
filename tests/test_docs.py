"""What the pages name exists: tests, files of tests, pages, pictures."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SOURCES = sorted((ROOT / "tests").rglob("*.py"))
FILES = {source.name for source in SOURCES}
TESTS = set(
    re.findall(
        r"^(?:async )?def (test_\w+)",
        "\n".join(s.read_text("utf-8") for s in SOURCES),
        re.MULTILINE,
    )
)
_NAMED = re.compile(r"`(?:[\w/]+/)?(test_\w+)(\.py)?`")
_LINKED = re.compile(r"\]\(([^)#\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_a_page_names_exists(page):
    missing = [
        name + ending
        for name, ending in _NAMED.findall(page.read_text("utf-8"))
        if (name + ending not in FILES) and (ending or name not in TESTS)
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page):
    links = _LINKED.findall(page.read_text("utf-8"))
    here = [link for link in links if not link.startswith(("http:", "https:", "mailto:"))]
    assert [link for link in here if not (page.parent / link).exists()] == []
