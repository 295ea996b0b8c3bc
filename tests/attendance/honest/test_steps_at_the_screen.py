"""What the screens of sign-in say while the clock steps and under a weather signal."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.attendance import service
from kiosk.attendance.honest.screens_prove import ProveTap
from kiosk.attendance.screens import AttendanceScreen
from kiosk.attendance.weather.models import WeatherSignal
from kiosk.desk.settings_attendance import Attendance

ZHANG, LI_NA = "04A1B2C3D4E501", "04A1B2C3D4E504"


async def test_clause_22_a_clock_set_back_makes_no_pin_question_last_an_hour(app, desk, desk_clock):
    desk.settings = replace(desk.settings, attendance=Attendance(proof="pin"))
    async with app.run_test() as pilot:
        await app.tap(ZHANG)
        await app.tap(LI_NA)
        await pilot.pause()
        question = app.screen
        assert isinstance(question, ProveTap)
        desk_clock.advance(hours=-1)
        question.action_leave()
        assert question._left(question._waiting[0]) <= desk.rules.proof_wait_s
        question.action_leave()
        await pilot.pause()
    assert [one.headline for one in app.said[-2:]] == ["No PIN: the tap is kept as unproven"] * 2


@pytest.mark.parametrize("signal", [True, False])
async def test_clause_95_who_is_late_under_a_signal_is_asked_for_no_remark(
    app, desk, people, desk_clock, signal
):
    desk_clock.now = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    if signal:
        with desk.write() as tx:
            tx.put(WeatherSignal(
                number="TQ1", signal="黑色暴雨", source="气象台", on_at=tx.now, on_by="2001",
            ))  # fmt: skip
            tx.record("test.weather")
    desk_clock.advance(hours=1)  # 09:00
    service.tap(desk, people["1001"], "door")
    async with app.run_test() as pilot:
        screen = AttendanceScreen()
        await app.push_screen(screen)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        counts = screen._counts().plain
    assert ("to remark" in counts) is not signal
