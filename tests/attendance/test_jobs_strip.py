"""F7 names its ten jobs with their digits, in both languages, whatever the width."""

import pytest

from kiosk.attendance.jobs import JOBS
from kiosk.attendance.screens import AttendanceScreen
from kiosk.attendance.screens_jobs import JobsStrip
from kiosk.desk.words import _, use


async def strip(app, size: tuple[int, int], language: str) -> list[str]:
    """Return the lines of the strip as they stand on the screen, without the space around."""
    async with app.run_test(size=size) as pilot:
        use(language)
        app.push_screen(AttendanceScreen())
        await pilot.pause()
        region = app.screen.query_one(JobsStrip).region
        rows = app.screen._compositor.render_strips()[region.y : region.bottom]
        shown = ["".join(segment.text for segment in line).strip() for line in rows]
    return [line for line in shown if line]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(("size", "most"), [((80, 24), 2), ((120, 36), 1)])
async def test_every_job_is_named_after_its_digit_and_a_space(app, size, most, language):
    try:
        shown = await strip(app, size, language)
        named = [f"{job.digit} {_(job.name)}" for job in JOBS]
    finally:
        use("en")
    assert len(shown) <= most
    assert [job for job in named if not any(job in line for line in shown)] == []


async def test_at_80_columns_the_second_line_stands_under_the_first(app):
    upper, lower = await strip(app, (80, 24), "en")
    assert [upper.index(digit) for digit in "12345"] == [lower.index(digit) for digit in "67890"]
