"""A slip as the picture that the thermal printer burns: black dots on white, as wide as the paper.

Raster instead of the printer's own characters, because no receipt printer has 䶮 and many print
question marks for full-width punctuation.
"""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from PIL import Image

from kiosk.desk import slip_blocks, slip_by_hand, slip_columns
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    Bars,
    BlankLines,
    CheckBoxes,
    CodeBeside,
    Cut,
    Emphasis,
    Field,
    Fingerprint,
    Heading,
    Item,
    Line,
    Notice,
    NumberWithCode,
    Rule,
    SignatureLine,
    Size,
    Space,
    Spread,
    Table,
    Text,
    Title,
)  # fmt: skip
from kiosk.desk.slip_paper import Paper, paper_of, stacked, strip
from kiosk.desk.slip_reprint import Reprint, with_reprint_marks

_USUAL = (
    "0123456789:–-/()（）。，：月日年一二三四上下至访来人先生女士单位数被房间事由携带安全帽时号请随身离开交回门卫"
    "仅限当次有效存根执签字出物品无科长主任经理师傅老师值班东南西北区供公司有限维修检查会议送取办施工紧急电话分机"
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗明小国建伟"
)
_TOP = 14
_BOTTOM = 22
_TROUBLED_HEIGHT = 48  # a common 58 mm printer prints rubbish for pictures of a multiple of this


def _reprint(paper: Paper, line: Reprint) -> Image.Image:
    return slip_blocks.banner(paper, line.text, paper.strong, air=3)


_Drawing = Callable[[Paper, Any], Image.Image]
_SINGLE: dict[type[Line], _Drawing] = {
    Bars: slip_blocks.bars,
    BlankLines: slip_by_hand.blank_lines,
    CheckBoxes: slip_by_hand.check_boxes,
    CodeBeside: slip_blocks.code_beside,
    Cut: slip_blocks.cut,
    Fingerprint: slip_blocks.fingerprint,
    Heading: slip_blocks.heading,
    Notice: slip_blocks.notice,
    NumberWithCode: slip_blocks.number_with_code,
    Reprint: _reprint,
    Rule: slip_blocks.rule,
    SignatureLine: slip_by_hand.signature_line,
    Space: slip_blocks.space,
    Spread: slip_blocks.spread,
    Table: slip_columns.table,
    Text: slip_blocks.text,
    Title: slip_blocks.title,
}
_TOGETHER: dict[type[Line], _Drawing] = {Field: slip_columns.fields, Item: slip_columns.items}


def draw(slip: Slip, width_dots: int) -> Image.Image:
    """Return the slip as a picture of mode ``1``, exactly ``width_dots`` wide (576 or 384).

    A reprint says 补打第 n 次 at the head of each part, in the language spoken now. Any text can be
    drawn. Raises ``ValueError`` for paper narrower than 200 dots.
    """
    paper = paper_of(width_dots)
    parts = [strip(paper, _TOP)]
    for kind, lines in groupby(with_reprint_marks(slip), type):
        parts.extend(_drawn(paper, kind, list(lines)))
    parts.append(strip(paper, _BOTTOM))
    if sum(part.height for part in parts) % _TROUBLED_HEIGHT == 0:
        parts.append(strip(paper, 8))
    return stacked(paper, parts)


def _drawn(paper: Paper, kind: type[Line], lines: list[Line]) -> list[Image.Image]:
    together = _TOGETHER.get(kind)
    if together is not None:
        return [together(paper, lines)]
    return [_SINGLE[kind](paper, line) for line in lines]


def warm_up(width_dots: int) -> None:
    """Draw what nearly every slip has, so that the first one prints as soon as the rest."""
    names = Field("来访人", _USUAL, Emphasis.STRONG), Field("单位", _USUAL)
    texts = Text(_USUAL, Size.SMALL), Text(_USUAL)
    number = NumberWithCode("0123456789", "", "V20260101-001-0000")
    draw(Slip("warm", "", (Title("会客单"), number, *names, Cut(), *texts)), width_dots)
