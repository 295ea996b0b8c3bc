"""The way through the screens of staff attendance for the pictures: F5, and F7 with every digit.

What a picture shows stands in the demo's book, or was written at these very screens before.
"""

from kiosk.ui.row_list import RowList

OFFICE, LEADER = "4001", "1006"


async def attendance_screens(walk):
    """Walk through F5 and F7; yield the name of each screen when it is in front."""
    walk.rest()
    for part in (
        remark_screens, leave_screens, outing_screens, stand_in_screens, overtime_screens,
        weather_screens, whereabouts_screens, case_screens, book_screens, sheet_screens,
        own_month_screens, tap_screens, spare_screens,
    ):  # fmt: skip
        async for name in part(walk):
            yield name
        await walk.home()
        walk.rest()
        walk.forget_question()


async def job(walk, digit, screen):
    """Go to the job of a digit."""
    await walk.press("f7")
    await walk.front("AttendanceScreen")
    await walk.press(digit)
    await walk.front(screen)


async def shows(walk, step, screen, name):
    """Take a step, wait for the screen it leads to, and return the name of its picture."""
    await step
    await walk.front(screen)
    return name


async def point(walk, words):
    """Set the cursor on the first line with some words."""
    rows = walk.app.screen.query(RowList).first()

    def line():
        found = (at for at, row in enumerate(rows.rows) if words in " ".join(row.cells))
        return next(found, None)

    await walk.until(lambda: line() is not None, words)
    await walk.press("home", *["down"] * line())


async def person(walk, staff_no):
    """Answer who is meant."""
    await walk.front("AskPerson")
    await walk.line(staff_no)


async def remark_screens(walk):
    await job(walk, "1", "RemarksHome")
    yield await shows(walk, walk.press("n"), "AskPerson", "remark-whose")
    await person(walk, "1001")
    await walk.front("Choose")
    yield "remark-about"
    await walk.press("1")
    await walk.front("RemarkForm")
    await walk.line("")
    await walk.press(*"门前堵车")
    yield "remark-form"
    yield await shows(walk, walk.press(*["enter"] * 5), "SignedAct", "remark-who-writes")
    await walk.sign("1001")
    await walk.front("RemarksHome")
    walk.rest()
    yield "remarks"
    yield await shows(walk, walk.press("home", "enter"), "AskProof", "remark-who-opens")
    yield await shows(walk, walk.sign(LEADER), "WhatToDo", "remark-opened")


async def leave_screens(walk):
    yield await shows(walk, job(walk, "2", "LeaveHome"), "LeaveHome", "leave-none")
    yield await shows(walk, walk.press("n"), "AskProof", "leave-who")
    yield await shows(walk, walk.sign("1001"), "Choose", "leave-kind")
    await walk.press("1")
    await walk.front("AskLeave")
    for line in ("+1", "+2", "老家修房", "13900000001"):
        await walk.line(line)
    await walk.press(*"水表统计下一步上报")
    yield "leave-form"
    yield await shows(walk, walk.press("enter"), "AskPerson", "leave-stand-in")
    yield await shows(walk, walk.line("1004"), "SendLeave", "leave-send")
    await walk.press("1")
    await walk.front("LeaveHome")
    walk.rest()
    yield "leave"
    yield await shows(walk, walk.press("enter"), "AskProof", "leave-who-opens")
    await walk.sign("1001")
    await walk.front("LeaveOpened")
    walk.rest()
    yield "leave-opened"
    await walk.press("escape")
    await walk.front("LeaveHome")
    yield await shows(walk, walk.press("r"), "ReportBack", "leave-back")


async def outing_screens(walk):
    await job(walk, "3", "OutingHome")
    yield await shows(walk, walk.press("n"), "AskPerson", "outing-who")
    await walk.line("1003")
    await walk.front("OutingForm")
    for line in ("县财政局", "17:00", "送报表", "", "13900000003", ""):
        await walk.line(line)
    yield "outing-form"
    yield await shows(walk, walk.press("enter"), "Choose", "outing-word")
    yield await shows(walk, walk.press("2"), "AskPerson", "outing-phone")
    await walk.line(LEADER)
    await walk.until(lambda: "outing.started" in walk.codes(), "the outing")
    await walk.front("Choose")
    walk.rest()
    yield "outing-stand-in"
    await walk.press("escape")
    await walk.front("OutingHome")
    walk.rest()
    yield "outing"
    await point(walk, "17:00")
    yield await shows(walk, walk.press("w"), "SignedAct", "outing-owed")
    yield await shows(walk, walk.press("escape", "r"), "AskProof", "outing-who-reads")
    yield await shows(walk, walk.sign(LEADER), "WhyDialog", "outing-why")


async def stand_in_screens(walk):
    await job(walk, "4", "StandInHome")
    yield await shows(walk, walk.press("n"), "AskPerson", "stand-in-for")
    yield await shows(walk, walk.line("1002"), "AskUntil", "stand-in-until")
    yield await shows(walk, walk.press("enter"), "Choose", "stand-in-who")
    await walk.press("1")
    await walk.front("SignedAct")
    walk.rest()
    yield "stand-in-asked"
    await walk.press("escape")
    await walk.front("StandInHome")
    walk.rest()
    yield "stand-ins"
    await point(walk, "李娜")
    yield await shows(walk, walk.press("d"), "SignedAct", "stand-in-no")


async def overtime_screens(walk):
    await job(walk, "5", "OvertimeHome")
    yield await shows(walk, walk.press("n"), "AskPerson", "overtime-who")
    await walk.line("1002")
    await walk.front("NewOvertime")
    for line in ("18:00", "21:00", "1001", "二〇一室", "档案柜钥匙"):
        await walk.line(line)
    await walk.press(*"赶月报")
    yield "overtime-form"
    await walk.press("enter")
    await walk.front("OvertimeHome")
    await walk.until(lambda: walk.app.screen.query_one("#overtime-list").rows, "the request")
    walk.rest()
    yield "overtime"
    await point(walk, "二〇一室")
    yield await shows(walk, walk.press("enter"), "Choose", "overtime-decide")
    await walk.press("escape", "u")
    await person(walk, "1001")
    await walk.front("AskPerson")
    yield "overtime-leader"
    yield await shows(walk, walk.line(LEADER), "NoteWord", "overtime-word")


async def weather_screens(walk):
    yield await shows(walk, job(walk, "6", "WeatherHome"), "WeatherHome", "weather-none")
    yield await shows(walk, walk.press("n"), "Choose", "weather-which")
    yield await shows(walk, walk.press("1"), "AskText", "weather-source")
    yield await shows(walk, walk.line("县气象台"), "WeatherHome", "weather-given")
    walk.rest()
    yield await shows(walk, walk.press("enter"), "AskText", "weather-safe")
    yield await shows(walk, walk.press("escape", "t"), "AskPerson", "weather-telephoned")
    yield await shows(walk, walk.line("1008"), "AskPerson", "weather-who-agreed")
    yield await shows(walk, walk.line(LEADER), "WhyAbsent", "weather-why")
    await walk.line("路被淹")
    await walk.front("WeatherHome")
    walk.rest()
    yield "weather"
    yield await shows(walk, walk.press("l"), "Choose", "weather-lift")
    lifted = await shows(walk, walk.press("1"), "WeatherHome", "weather-lifted")
    listed = walk.app.screen.query_one("#weather-list", RowList)
    await walk.until(lambda: len(listed.rows) == 1, "nobody outside to be warned any more")
    yield lifted
    walk.rest()


async def whereabouts_screens(walk):
    await walk.press("f5")
    await walk.front("WhereaboutsBoard")
    await walk.until(lambda: walk.app.screen.query_one("#where").rows, "the people")
    yield "whereabouts"
    await walk.press("w")
    yield "whereabouts-away"
    await walk.press("a", "space", *"1003")
    yield "whereabouts-found"
    yield await shows(walk, walk.press("enter", "enter"), "PersonWhere", "whereabouts-person")


async def case_screens(walk):
    yield await shows(walk, job(walk, "7", "CasesHome"), "CasesHome", "cases")
    yield await shows(walk, walk.press("enter"), "ProveReader", "cases-who")
    yield await shows(walk, walk.sign(OFFICE), "CardList", "cases-list")
    yield await shows(walk, walk.press("w"), "NearLimit", "cases-near")


async def book_screens(walk):
    await job(walk, "8", "BooksHome")
    await walk.until(lambda: walk.app.screen.query_one("#books").rows, "the days")
    yield "books"
    await walk.press("enter")
    await walk.front("DayGaps")
    await walk.until(lambda: walk.app.screen.query_one("#gaps").rows, "the gaps")
    yield "books-gaps"
    yield await shows(walk, walk.press("c"), "Choose", "books-sure")
    yield await shows(walk, walk.press("1"), "SignedAct", "books-close")
    await walk.press("escape", "escape")
    await walk.front("BooksHome")
    yield await shows(walk, walk.press("m"), "MonthsOfBooks", "books-months")
    yield await shows(walk, walk.press("p"), "SignedAct", "books-publish")
    await walk.press("escape", "escape")
    await walk.front("BooksHome")
    yield await shows(walk, walk.press("o"), "ProveThen", "books-who-answers")
    yield await shows(walk, walk.sign(OFFICE), "Objections", "books-objections")


async def sheet_screens(walk):
    yield await shows(walk, job(walk, "9", "ReadSheet"), "ReadSheet", "sheet-who")
    await walk.sign(OFFICE)
    await walk.front("SheetOfMonth")
    await walk.until(lambda: walk.app.screen.query_one("#sheet").rows, "the sheet")
    yield "sheet"
    await walk.press("right")
    yield "sheet-later-days"
    yield await shows(walk, walk.press("enter"), "PersonDays", "sheet-person")


async def own_month_screens(walk):
    yield await shows(walk, job(walk, "0", "ReadOwnMonth"), "ReadOwnMonth", "own-month-who")
    await walk.sign("1001")
    await walk.front("OwnMonth")
    await walk.until(lambda: walk.app.screen.query_one("#month-days").rows, "the month")
    await walk.press("end")
    yield "own-month"


async def tap_screens(walk):
    await walk.press("f7")
    await walk.front("AttendanceScreen")
    await walk.until(lambda: walk.app.screen.query_one("#taps").rows, "the taps")
    yield await shows(walk, walk.press("n"), "NumberAndPin", "no-badge")
    await walk.line("1007")
    yield await shows(walk, walk.line("2580"), "Confirm", "no-badge-seen")
    await walk.press("2")
    await walk.front("AttendanceScreen")
    yield await shows(walk, walk.press("v"), "VoidTap", "void")
    yield await shows(walk, walk.press("2"), "WhoTapped", "void-who")
    await walk.press("escape")
    await walk.front("AttendanceScreen")
    yield await shows(walk, walk.press("l"), "MayLook", "look-who")
    yield await shows(walk, walk.sign(OFFICE), "LookInto", "look")


async def spare_screens(walk):
    await walk.press("f7")
    await walk.front("AttendanceScreen")
    yield await shows(walk, walk.press("t"), "SparesHome", "spares-none")
    yield await shows(walk, walk.press("a"), "AddSpare", "spare-new")
