"""The scenes of the demo's day about keys: lent, passed on, and one that comes back bent."""

from kiosk.demo.hand import Hand
from kiosk.demo.names import KEYS


async def key_out(hand: Hand) -> None:
    """09:30. The key's tag, then the badge: it is out in the borrower's name."""
    hand.at(9, 30)
    await hand.tap(KEYS[0].tag)
    await hand.badge("1002")


async def several_keys(hand: Hand) -> None:
    """11:40. Two keys in a row, then one badge: both are out on one signature."""
    hand.at(11, 40)
    await hand.tap(KEYS[0].tag)
    await hand.front("LendKey")
    await hand.tap(KEYS[2].tag)
    await hand.badge("1003")


async def word_by_telephone(hand: Hand) -> None:
    """13:20. An office key asks for a manager's word: he says yes on the telephone."""
    hand.at(13, 20)
    await hand.tap(KEYS[1].tag)
    await hand.front("LendKey")
    await hand.badge("1002")
    await hand.front("AskReason")
    await hand.press("2")
    await hand.front("AskWord")
    await hand.press("2")
    await hand.front("ChooseManager")
    await hand.type("zgq")
    await hand.front("AnswerOfManager")
    await hand.see(2)
    await hand.press("1")
    await hand.front("HomeScreen")


async def from_hand_to_hand(hand: Hand) -> None:
    """15:10. A colleague takes a key over: both tap, and it is in the other name."""
    hand.at(15, 10)
    await hand.press("f4")
    await hand.front("KeyBoard")
    await hand.to_row(KEYS[0].label)
    await hand.press("enter")
    await hand.front("ThingScreen")
    await hand.until(hand.can_choose, "what can be done with the key")
    await hand.press("enter")
    await hand.front("TakeBack")
    await hand.press("3")
    await hand.front("PassOn")
    await hand.badge("1003")
    await hand.badge("1007")
    await hand.front("KeyBoard")
    await hand.home()


async def damaged_key(hand: Hand) -> None:
    """16:50. A key comes back bent: one key says so, and it is not lent again."""
    hand.at(16, 50)
    await hand.tap(KEYS[2].tag)
    await hand.press("d")
    await hand.front("SayDamaged")
    await hand.press("1")
    await hand.home()
