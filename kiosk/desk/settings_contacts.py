"""Whom the guard calls in an emergency (``[[contacts]]``): security, superior, leader on duty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.desk import settings_values as value
from kiosk.desk.refusal import Refused

ROLES = ("security", "superior", "leader")
"""Who is called, in the order of clause 153: security and superior at once, then the leader."""
MOST = 6
"""With 110, 119 and 120 they stand on one page, also at 80x24."""


@dataclass(frozen=True, slots=True)
class EmergencyContact:
    """One number to call in an emergency (clause 153).

    ``name`` is an office or a person; it is shown at the open desk and on paper only.
    """

    role: str = value.key(value.one_of(*ROLES))
    name: str = value.key(value.text(20, empty=False))
    phone: str = value.key(value.phone)


def check_contacts(contacts: Iterable[EmergencyContact], file: Path) -> None:
    """Raise ``Refused("settings.too_many")`` for more contacts than one page shows."""
    if len(list(contacts)) > MOST:
        raise Refused("settings.too_many", file=str(file), key="contacts", most=MOST)


LISTED: tuple[str, str, str, Mapping[str, object]] = (
    "contacts",
    """紧急情况（F9）联系人，最多 6 个；role：security 保卫，superior 上级，leader 值班领导
# 保卫和上级同时联系，其中一方联系不上时再联系值班领导""",
    """Whom to call in an emergency (F9), at most 6; role: security and superior are called at
# once and side by side, leader when one of them does not answer""",
    {"role": "security", "name": "保卫科", "phone": "8110"},
)
"""The list as ``kiosk init`` writes it."""
