"""The section of ``kiosk.toml`` about the hub, where the desks of one site meet."""

from dataclasses import dataclass, field
from pathlib import Path

from kiosk.desk import settings_values as value

MOST_DESKS = 20
"""Desks of one site: each has a range of the numbers that people say aloud."""


USUAL_DATABASE = "kiosk"
"""What the hub's database is called where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Which numbers are this desk's: in each round of blocks of ``block`` numbers, one block."""

    desk: int
    block: int


@dataclass(frozen=True, slots=True)
class Hub:
    """Where the hub is, and which of the site's desks this is; written by ``kiosk hub join``.

    ``address`` is host and port, "" for a desk that stands alone. ``ca`` is the certificate the
    hub must show, ``password`` the file with this desk's password (mode 0600). ``desk_number``
    gives the desk its range of numbers. The one ``keeper`` of a site does its hourly work.
    ``telephone`` is what the other desks ring when nobody here reads their lines.
    """

    address: str = value.key(value.host_and_port, "")
    database: str = value.key(value.text(60, empty=False), USUAL_DATABASE)
    ca: Path = field(default=Path("hub.crt"), metadata={"read": value.path})
    password: Path = field(default=Path("hub.password"), metadata={"read": value.path})
    desk_number: int = value.key(value.number(0, MOST_DESKS - 1), 0)
    keeper: bool = value.key(value.yes_no, default=True)
    telephone: str = value.key(value.text(20), "")

    @property
    def alone(self) -> bool:
        """Say whether this desk has no hub."""
        return not self.address


HUB_EXAMPLE = (
    "hub",
    (
        (
            "address", '#""',
            "多门岗的汇总库地址，如 192.168.1.10:5432；由 kiosk hub join 写入，单门岗留空",
            "The hub where several desks meet, host:port; written by kiosk hub join, empty: alone",
        ),
        ("database", '#"kiosk"', "汇总库名", "Name of the hub's database"),
        ("ca", '#"hub.crt"', "汇总库证书文件", "The certificate the hub must show"),
        (
            "password", '#"hub.password"', "本门岗登录汇总库的密码文件，权限 0600",
            "File with this desk's password at the hub, mode 0600",
        ),
        (
            "desk_number", "#0", "本门岗在全站的序号，0 到 19，决定编号段，启用后不可更改",
            "Which of the site's desks this is, 0 to 19: its range of numbers, never changed later",
        ),
        (
            "keeper", "#true", "每小时的全站例行工作由本门岗做；全站只有一处为 true",
            "This desk does the site's hourly work; true at one desk only",
        ),
        (
            "telephone", '#""', "本门岗的值班电话，别的门岗对讲没人看时拨打",
            "This desk's telephone: the others ring it when nobody reads their lines",
        ),
    ),
)  # fmt: skip
"""The section as ``settings_example`` writes it."""
