"""``kiosk badges keys``: what is written into an NTAG 424 DNA so that it proves itself here."""

from kiosk.commands.work import DONE, Work
from kiosk.desk import badges, sun
from kiosk.desk.card_proof import card_keys
from kiosk.desk.refusal import Refused
from kiosk.desk.sun import MAC_DIGITS, PICC_DIGITS, UID_DIGITS
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import _

_ADDRESS = "https://kiosk.invalid/t?e={picc}&c={mac}"
"""The top-level name is reserved (RFC 2606): a telephone that reads the badge reaches nobody."""


def show(work: Work) -> int:
    """Show the two keys of a card and the address to write, and note that they were shown.

    Raises ``Refused("badge.no_card_keys")`` for what is not the number of such a card.
    """
    uid = badges.plain_number(work.args.uid)
    badges.check_number(uid)
    if len(uid) != UID_DIGITS:
        raise Refused("badge.no_card_keys", uid=uid)
    work.write(_shown, uid)
    keys = card_keys(work.desk.site_key)
    own = sun.badge_key(keys.master, bytes.fromhex(uid))
    address = _ADDRESS.format(picc="0" * PICC_DIGITS, mac="0" * MAC_DIGITS)
    work.say(_("Key 1, SDMMetaRead, the same for every card: {key}").format(key=_hex(keys.reading)))
    work.say(_("Key 2, SDMFileRead, of this card alone: {key}").format(key=_hex(own)))
    work.say(_("Address with its mirrors: {address}").format(address=address))
    return DONE


def _hex(key: bytes) -> str:
    return key.hex().upper()


def _shown(tx: Transaction, uid: str) -> None:
    tx.record("badge.keys_shown", uid=uid)
