"""The scenes of the demo's day that are the gatehouse's own: told, away, drilled, locked up."""

from kiosk.demo.hand import Hand
from kiosk.demo.names import PIN, workers

_GUARD, _RECEPTIONIST, _DUTY_LEADER = "2001", "3001", "1008"
_LINES_OF_THE_LIST = 7
_CALLED_IN_THE_DRILL = ("8110", "8101")


async def instruction(hand: Hand) -> None:
    """08:52. The leader on duty calls: written down, read back, and known by the guard's tap."""
    hand.at(8, 52)
    await _page(hand, "7", "InstructionsScreen")
    await hand.press("n")
    await hand.front("Choose")
    await hand.press("1")
    await hand.front("AskPerson")
    await hand.type(_DUTY_LEADER)
    await hand.front("NewInstruction")
    await hand.type("检查组本周来访，先电话报我，再请进")
    await hand.type("+7")
    await hand.front("ReadInstructionBack")
    await hand.press("enter")
    await hand.front("InstructionsScreen")
    await hand.until(hand.can_choose, "the instruction in the list")
    await hand.press("up", "enter")  # the list keeps its cursor on the notice beneath
    await hand.front("ReadInstruction")
    await hand.until(lambda: hand.said("#instruction"), "its words")
    await hand.badge(_GUARD)
    await hand.front("InstructionsScreen")
    await hand.home()


async def private_errand(hand: Hand) -> None:
    """10:20. Somebody wants the guard to fetch a private parcel: one key refuses it."""
    hand.at(10, 20)
    await _page(hand, "9", "ErrandScreen")
    await hand.press("enter")
    await hand.front("WhoAsked")
    await hand.type("某科员")
    await hand.type("代取私人快递")
    await hand.front("ErrandScreen")
    await hand.home()


async def step_away(hand: Hand) -> None:
    """14:20. The guard reads the meter; the receptionist's tap keeps the post until he is back."""
    hand.at(14, 20)
    await _page(hand, "5", "AwayScreen")
    await hand.press("1")
    await hand.front("AwayForm")
    for text in ("配电室", "抄电表", "15"):
        await hand.type(text)
    await hand.front("WhoKeeps")
    await hand.badge(_RECEPTIONIST)
    await hand.until(lambda: hand.app.kiosk.operator is None, "the desk to close")
    await hand.front("HomeScreen")
    hand.clock.advance(minutes=11)
    await hand.open_desk(_GUARD, PIN)  # the one tap ends the absence too
    await hand.home()


async def fire_drill(hand: Hand) -> None:
    """15:30. A drill with F9: two calls and what became of them, then its end."""
    hand.at(15, 30)
    await hand.press("f9")
    await hand.front("EmergencyScreen")
    await hand.press("d", "1")
    for phone in _CALLED_IN_THE_DRILL:
        await hand.to_row(phone)
        await hand.press("1")
        hand.clock.advance(seconds=15)
        await hand.press("2")
    await hand.press("e")
    await hand.front("Choose")
    await hand.press("1")
    await hand.front("EmergencyScreen")
    await hand.paper()
    await hand.home()


async def duty_log_line(hand: Hand) -> None:
    """15:50. What the drill was like goes into the duty log."""
    hand.at(15, 50)
    await _page(hand, "6", "DutyLogScreen")
    await hand.press("n")
    await hand.front("WriteLine")
    await hand.type("15:30 消防演练，保卫科和张科长均已接听，一切正常")
    await hand.front("DutyLogScreen")
    await hand.home()


async def last_out(hand: Hand) -> None:
    """17:50. Who works late signs the lock-up list and goes; the guard walks it and confirms."""
    hand.at(17, 50)
    last = list(workers())[-1].staff_no
    await _page(hand, "8", "LastOutHome")
    await hand.press("l")
    await hand.front("SignList")
    await hand.press(*"1" * _LINES_OF_THE_LIST, "enter")
    await hand.front("LeaversSign")
    await hand.badge_into(last, lambda: hand.said("#signers"))
    await hand.press("enter")
    await hand.home()
    await hand.badge(last)
    await _page(hand, "8", "LastOutHome")
    await hand.press("r")
    await hand.front("RoundScreen")
    await hand.until(hand.can_choose, "the lines of the list")
    await hand.press(*"1" * _LINES_OF_THE_LIST)
    await hand.front("LastOutHome")
    await hand.home()


async def _page(hand: Hand, digit: str, screen: str) -> None:
    """Go to a page of the handover, F3 and a digit."""
    await hand.press("f3")
    await hand.front("HandoverHome")
    await hand.press(digit)
    await hand.front(screen)
