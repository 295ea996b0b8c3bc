"""The scenes of the demo's day at the window: a message is received, parcels are collected."""

from kiosk.demo.hand import Hand


async def message_and_parcels(hand: Hand) -> None:
    """12:05. Li Na gets her message on paper; Zhou Haiyan's tap takes both her parcels."""
    hand.at(12, 5)
    await _open_thing(hand, "N1", "DeliverMessages")
    await hand.badge("1002")
    await hand.press("p")
    await hand.paper()
    await hand.home()
    await _open_thing(hand, "P1", "HandOut")
    await hand.badge("1003")
    await hand.home()


async def _open_thing(hand: Hand, number: str, screen: str) -> None:
    await hand.press("f6")
    await hand.front("OpenThingsScreen")
    await hand.until(hand.can_choose, "the open things")
    await hand.to_row(number)
    await hand.press("enter")
    await hand.front(screen)
