"""The day that ``kiosk demo --play`` plays; each later capability gets its scene here."""

from kiosk.demo.hand import Hand
from kiosk.demo.names import BLOCKED_UID, KEYS, KNOWN, PIN, PLACE_TAG, UNKNOWN_UID, workers
from kiosk.demo.story_keys import (
    damaged_key,
    from_hand_to_hand,
    key_out,
    several_keys,
    word_by_telephone,
)  # fmt: skip
from kiosk.demo.story_pass import goods_out
from kiosk.demo.story_post import (
    duty_log_line,
    fire_drill,
    instruction,
    last_out,
    private_errand,
    step_away,
)  # fmt: skip
from kiosk.demo.story_window import message_and_parcels
from kiosk.demo.tray import badge_of

DAY_GUARD, NIGHT_GUARD = "2001", "2002"
_RUSH = slice(KNOWN, KNOWN + 28)
_LAST_TO_COME = ("1001", "1003", "1004", "1002")
_STILL_HERE = 6  # do not tap out
_ITEMS_OF_A_ROUND, _TAGGED = 12, 5  # the sixth item is where the tag hangs


async def arrive(hand: Hand) -> None:
    """07:40. The day guard taps in."""
    hand.at(7, 40)
    await hand.badge(DAY_GUARD)


async def morning_handover(hand: Hand) -> None:
    """07:46. The night guard opens his desk and hands over."""
    hand.at(7, 46)
    await hand.open_desk(NIGHT_GUARD, PIN)
    await _hand_over(hand, NIGHT_GUARD, DAY_GUARD)
    hand.clock.advance(minutes=2)
    await hand.badge(NIGHT_GUARD)


async def rush(hand: Hand) -> None:
    """08:00. Staff come in, from 08:10 on in sight, one tap after the other; the last is late."""
    hand.at(8, 0)
    await hand.others(_out_of_sight(), every_s=7)
    hand.at(8, 10)
    coming = list(workers())[_RUSH]
    for worker in coming:
        await hand.tap(worker.uid, share=0.2)
        hand.clock.advance(seconds=40)
    *in_time, late = _LAST_TO_COME
    for staff_no in in_time:
        await hand.badge(staff_no, share=0.5)
        hand.clock.advance(seconds=20)
    hand.at(8, 41)
    await hand.badge(late)


async def odd_cards(hand: Hand) -> None:
    """08:45. A blocked badge, two badges at once, a card nobody knows."""
    hand.at(8, 45)
    await hand.tap(BLOCKED_UID)
    await hand.tap(badge_of("1001"), badge_of("1002"))
    await hand.tap(UNKNOWN_UID)
    await hand.home()


async def appointment(hand: Hand) -> None:
    """09:12. Zhao Min is expected: two letters, Enter, Enter; the slip prints."""
    hand.at(9, 12)
    await hand.press("f2")
    await hand.front("VisitorsScreen")
    await hand.type("zm")
    await hand.front("VisitScreen")
    await hand.press("enter")
    await hand.paper()
    await hand.home()


async def walk_in(hand: Hand) -> None:
    """09:41. A visitor without an appointment: written down, the host asked, admitted."""
    hand.at(9, 41)
    await _write_walk_in(hand, "吴桂英", "2", "红旗村", "办理盖章", "zhy")
    await hand.press("1", "1", "1")
    await hand.paper()
    await hand.home()


async def refused(hand: Hand) -> None:
    """10:05. The host says no: the visitor is turned away politely."""
    hand.at(10, 5)
    await _write_walk_in(hand, "冯涛", "1", "推销公司", "推销办公用品", "oywb")
    await hand.press("1", "3", "7")
    await hand.front("Choose")
    await hand.press("1")
    await hand.home()


async def favour(hand: Hand) -> None:
    """10:30. Somebody leaves a bag for a colleague."""
    hand.at(10, 30)
    await hand.press("f3")
    await hand.front("HandoverHome")
    await hand.press("2")
    await hand.front("MattersScreen")
    await hand.press("n")
    await hand.front("Choose")
    await hand.press("1")
    await hand.front("EntrustScreen")
    for text in ("吴桂英", "周海燕", "转交材料一袋", "文件袋一个", "16:30"):
        await hand.type(text)
    await hand.press("enter")
    await hand.home()


async def no_paper(hand: Hand) -> None:
    """11:00. The paper is out while a visitor is admitted: the slip waits and prints by itself."""
    hand.at(10, 41)
    hand.stage.printer.state(paper_out=True)
    await hand.press("f2")
    await hand.front("VisitorsScreen")
    await hand.type("sq")
    await hand.front("VisitScreen")
    await hand.press("enter")
    await hand.see(2)
    hand.stage.printer.state(paper_out=False)
    await hand.paper()
    await hand.home()


async def leaving(hand: Hand) -> None:
    """11:20. Visitors leave: one scan each; the key comes back."""
    hand.at(11, 20)
    for _visitor in range(2):
        await hand.scan()
        hand.clock.advance(minutes=4)
    await hand.tap(KEYS[0].tag)


async def reader_lost(hand: Hand) -> None:
    """14:00. Somebody trips over the reader's cable; it comes back by itself."""
    hand.at(14, 0)
    hand.stage.reader.unplug()
    await hand.until(lambda: hand.app.devices.states()["读卡器"] != "up", "the lost reader to show")
    await hand.see(2)
    hand.stage.reader.replug()
    await hand.until(lambda: hand.app.devices.states()["读卡器"] == "up", "the reader to come back")
    await hand.see()


async def safety_check(hand: Hand) -> None:
    """17:10. The round through the house, item by item."""
    hand.at(17, 10)
    await hand.press("f3")
    await hand.front("HandoverHome")
    await hand.press("1")
    await hand.front("SafetyScreen")
    for item in range(_ITEMS_OF_A_ROUND):
        hand.clock.advance(seconds=50)
        if item == _TAGGED:
            await hand.tap(PLACE_TAG)
        await hand.press("1")
    await hand.front("SayReport")
    await hand.type("马志强")
    await hand.press("enter", "enter")
    await hand.home()


async def going_home(hand: Hand) -> None:
    """17:31. Staff tap out, in sight first; a few forget it or work late."""
    hand.at(17, 31)
    for worker in list(workers())[_RUSH]:
        await hand.tap(worker.uid, share=0.2)
        hand.clock.advance(seconds=15)
    await hand.others([*_LAST_TO_COME, *_out_of_sight()[:-_STILL_HERE]], every_s=8)


async def evening_handover(hand: Hand) -> None:
    """17:56. The night guard comes, reads, and takes over."""
    hand.at(17, 56)
    await hand.badge(NIGHT_GUARD)
    await _hand_over(hand, DAY_GUARD, NIGHT_GUARD)
    hand.clock.advance(minutes=3)
    await hand.badge(DAY_GUARD)


def _out_of_sight() -> list[str]:
    """Return who taps while nobody looks: everybody but the guards and who is seen tapping."""
    everybody = list(workers())
    seen = {w.staff_no for w in everybody[_RUSH]} | {*_LAST_TO_COME, DAY_GUARD, NIGHT_GUARD}
    return [worker.staff_no for worker in everybody if worker.staff_no not in seen]


async def _hand_over(hand: Hand, outgoing: str, incoming: str) -> None:
    await hand.press("f3")
    await hand.front("HandoverHome")
    await hand.press("3")
    await hand.front("ReviewScreen")
    await hand.press("enter")
    await hand.front("WhoReads")
    await hand.badge(incoming, share=0.5)
    await hand.front("ReadScreen")
    while (front := type(hand.app.screen).__name__) in {"ReadScreen", "ReadBackStep"}:
        hand.clock.advance(seconds=4)
        await hand.press(
            "enter" if front == "ReadScreen" else str(getattr(hand.app.screen, "right", 0) + 1)
        )
    await hand.front("OutgoingSigns")
    await hand.sign(outgoing, PIN)
    await hand.front("IncomingSigns")
    await hand.sign(incoming, PIN)
    await hand.front("DoneScreen")
    await hand.paper()
    await hand.home()


async def _write_walk_in(
    hand: Hand, name: str, form: str, unit: str, matter: str, host: str
) -> None:
    await hand.press("f2")
    await hand.front("VisitorsScreen")
    await hand.press("f5")
    await hand.front("WalkInScreen")
    await hand.type(name)
    await hand.press(form)
    await hand.type(unit)
    await hand.type(matter)
    await hand.type(host)
    await hand.press("f5")
    await hand.front("VisitScreen")


SCENES = (
    arrive, morning_handover, rush, odd_cards, instruction, appointment, key_out, walk_in, refused,
    private_errand, favour, no_paper, leaving, several_keys, message_and_parcels, goods_out,
    word_by_telephone, reader_lost, step_away, from_hand_to_hand, fire_drill, duty_log_line,
    damaged_key, safety_check, going_home, last_out, evening_handover,
)  # fmt: skip
