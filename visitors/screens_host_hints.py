"""How a host is said in a form: in the field, and in the list of who may be meant."""

from kiosk.ui.row_list import ListRow
from visitors.cards import HostCard
from visitors.screens_words import presence_word


def shown_host(host: HostCard) -> str:
    """Return the host as the field shows him."""
    who = host.name if host.address == host.name else f"{host.address} {host.name}"
    return f"{who} {host.place}".strip()


def hint_of(host: HostCard) -> ListRow:
    """Return the line of one who may be meant as the host."""
    name = host.place if host.address == host.name else f"{host.name} {host.place}"
    return ListRow((host.address, name, presence_word(host)), key=host, faint=(1,))
