"""What can be wrong between a desk and the hub, and how PostgreSQL's errors are told apart."""

from kiosk.desk.refusal import Refused


class HubGone(Exception):  # noqa: N818 - the hub being away is an ordinary state, not a fault
    """The hub does not answer; the desk goes on alone and its work waits in its own book.

    ``why`` is a code: ``hub.cut`` (nobody there, or the line broke), ``hub.frozen`` (it said
    nothing for ``rules.hub_wait_s``), ``hub.full`` (its disk is full), ``hub.troubled`` (another
    fault of the server, told in ``told``).
    """

    def __init__(self, why: str, told: str = "") -> None:
        super().__init__(f"{why} {told}".rstrip())
        self.why, self.told = why, told


class Quarantined(Exception):  # noqa: N818 - an answer of the hub
    """The hub takes nothing more from this desk: its chain broke at ``seq``.

    ``why`` is ``fork``, ``gap`` or ``forged``. What was good before is kept.
    """

    def __init__(self, gate: str, seq: int, why: str) -> None:
        super().__init__(f"{gate}/{seq}: {why}")
        self.gate, self.seq, self.why = gate, seq, why


# A hub in Chinese says it in Chinese, and has no code for it before somebody is logged in.
_AT_THE_DOOR = (
    ("hub.password", ("password authentication failed", "认证失败", "28P01")),
    ("hub.gone", ("is not permitted to log in", "登录")),
    ("hub.no_database", ("does not exist", "不存在", "3D000")),
    ("hub.unencrypted", ("no pg_hba.conf entry", "没有用于主机", "does not support SSL")),
    ("hub.certificate", ("certificate verify failed", "channel binding", "root certificate file")),
)
_SAID_NO = {
    "KH001": "hub.unknown_desk",
    "KH003": "hub.not_yours",
    "KH005": "hub.code_over",
    "42501": "hub.not_allowed",
    "3F000": "hub.no_database",
    "42883": "hub.no_database",
}
_DISK_FULL = "53100"
_CUT = ("57P01", "57P02", "57P03", "08000", "08003", "08006")


def at_the_door(error: Exception, address: str) -> Exception:
    """Return what a failed connection means: ``Refused("hub.*")`` or ``HubGone``."""
    told = str(error)
    for code, words in _AT_THE_DOOR:
        if any(word in told for word in words):
            return Refused(code, address=address)
    return HubGone("hub.frozen" if "timeout" in told else "hub.cut", told)


def of_statement(sqlstate: str | None, told: str, address: str) -> Exception:
    """Return what a failed statement means: ``Refused("hub.*")`` or ``HubGone``."""
    if sqlstate in _SAID_NO:
        return Refused(_SAID_NO[sqlstate], address=address)
    if sqlstate is None or sqlstate in _CUT:
        return HubGone("hub.cut", told)
    return HubGone("hub.full" if sqlstate == _DISK_FULL else "hub.troubled", told)
