"""What a reader's tap answers: whose card it is and what it did, or why it did nothing."""

from kiosk.attendance.models import TAPS_BETWEEN
from kiosk.desk import badges
from kiosk.desk.people import BADGE
from kiosk.ui.palette import Tone

ZHANG, LI_NA, UNKNOWN = "04A1B2C3D4E501", "04A1B2C3D4E504", "04AABBCCDDEE01"


async def test_every_answer_names_the_card_and_the_act_or_the_reason(app, desk, people):
    with desk.write() as tx:
        badges.block(tx, tx.one(BADGE, uid=LI_NA), people["3001"], "lost")
    async with app.run_test() as pilot:
        for uid in (ZHANG, ZHANG, LI_NA):
            await app.tap(uid)
        await app.tap(UNKNOWN)  # asks whose it is
        await pilot.press("escape")
        await app.tap("04A1B2C3D4E505")
        await pilot.pause()
    assert [(one.name, one.headline) for one in app.said] == [
        ("张伟", "Signed in"),
        ("张伟", "Already signed in"),
        ("李娜", "This badge is blocked. Please come to the desk."),
        ("陈静", "Signed in"),
    ]
    with desk.read() as book:
        assert len(book.all(TAPS_BETWEEN, first=desk.today(), last=desk.today())) == 2


async def test_clause_22_two_badges_within_two_seconds_are_told_to_the_guard(app):
    async with app.run_test() as pilot:
        await app.tap(ZHANG)
        app._seconds -= 1.5  # the next card lies on the reader a second and a half after this one
        await app.tap(LI_NA)
        await pilot.pause()
    assert app.said[0].lines == ()
    assert app.said[1].tone is Tone.AMBER
    assert app.said[1].lines[0].startswith("Guard: 张伟 and 李娜 tapped just after each other.")
