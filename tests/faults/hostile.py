"""What somebody may call himself who wants to break the kiosk, its terminal or its printer."""

from hypothesis import strategies as st

KNOWN = (
    "",
    " ",
    "\x00",
    "[/nope]",
    "[bold]",
    "[@click=app.bell]x[/]",
    "\\[",
    "\x1b[2J",
    "\x1b[6n",
    "\x1bc",
    "\x1b[5m",
    "\x1b]0;gone\x07",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1bP+q544e\x1b\\",
    "\x1b[?1049l",
    "\x9b2J",
    "\x9d0;x\x9c",
    "\x90q\x9c",
    "\x85",
    "\x07\x08\x7f",
    "\u202e\u05d0\u05d1\u202c",
    "\u2066abc\u2069",
    "\u200b\u200d\ufeff",
    "\ud800",
    "\udfff\ud800",
    "a\u0300" * 60,
    "䶮",
    "𠮷",
    "\ue863",
    "👨\u200d👩\u200d👧",
    "张" * 10_000,
    "=cmd|'/c calc'!A1",
    "\x10\x14\x01\x00\x01",
    "\x1bp\x00\x19\xfa",
    "\x1d(A\x02\x00\x00\x02",
    "\x1b@",
    "\x10\x04\x01",
    "\r\n\r\n",
    "\u2028\u2029",
    "ﷺ" * 20,
    "%s{0}{name}",
    "\U000e0041",
)
"""Each of these has broken some program once."""

_PIECES = st.one_of(
    st.sampled_from(KNOWN),
    st.text(st.characters(), max_size=12),
    st.text(st.characters(codec=None, categories=["Cc", "Cf", "Cs", "Co", "Cn", "Mn"]), max_size=6),
    st.text("\x1b\x9b[]?;0123456789mHJKhlpqc\x07\\", max_size=12),
)
STRINGS = st.builds("".join, st.lists(_PIECES, min_size=1, max_size=3))
"""Wild text: the known ones, and pieces of everything joined."""
