import pytest

from kiosk.desk.outstanding import Urgency
from kiosk.desk.signing import Means, Proof
from kiosk.desk.slip_image import draw
from kiosk.desk.slip_lines import Field, Fingerprint, Heading, Item, Notice, SignatureLine, Text
from shift_handover import service
from shift_handover.models import Found, Mark
from shift_handover.rules import Finding
from shift_handover.safety import editing, faults
from shift_handover.slips import Signed, handover_slip

pytestmark = pytest.mark.usefixtures("people", "checked", "on_post")


@pytest.fixture
def slip_of(desk, open_list):
    def make(**signed):
        frozen = service.freeze(desk, "2001", open_list, "16:00 有车来，请开北门")
        said = Signed("王磊", desk.clock(), "0C11 A7B2 93DE 40F8", **signed)
        return handover_slip(frozen.document, said, desk)

    return make


def of(slip, kind):
    return [line for line in slip.lines if isinstance(line, kind)]


@pytest.mark.usefixtures("words_zh")
def test_the_sheet_counts_every_group_and_has_two_lines_to_sign(slip_of):
    slip = slip_of()
    heads = {line.text: line.right for line in of(slip, Heading)}
    assert heads["等候的来访人"] == heads["在访人员"] == heads["借出的钥匙和物品"] == "1"
    assert "给下一班的话" in heads
    assert [line.label for line in of(slip, SignatureLine)] == ["交班人", "接班人"]
    assert sorted(line.number for line in of(slip, Item)) == ["015", "017", "018", "L4"]


def test_the_sheet_leaves_the_grouping_of_the_fingerprint_to_the_paper(slip_of):
    assert of(slip_of(), Fingerprint)[0].value == "0C11A7B293DE40F8"


@pytest.mark.usefixtures("words_zh")
def test_without_a_badge_and_with_questions_the_sheet_says_so(slip_of):
    key = ("visit.waiting", "v-17")
    slip = slip_of(marks={key: Mark.QUESTION}, notes={key: "几点回话"}, incoming_no_badge=True)
    assert "王磊（无卡）" in slip.to_json()
    assert of(slip, Notice)[0].text == "有保留接班：1项疑问"
    asked = next(line for line in of(slip, Item) if line.number == "017")
    assert "有疑问：几点回话" in asked.detail


@pytest.mark.parametrize("width", [576, 384])
def test_it_fits_both_papers(slip_of, width):
    assert draw(slip_of(), width).width == width


@pytest.mark.usefixtures("words_zh")
def test_the_sheet_counts_what_was_known_and_what_was_asked(slip_of):
    marks = {("visit.waiting", "v-17"): Mark.QUESTION, ("visit.inside", "v-18"): Mark.KNOWN}
    texts = [line.text for line in of(slip_of(marks=marks), Text)]
    assert "已知1项，有疑问1项。" in texts


@pytest.mark.usefixtures("words_zh")
def test_a_fault_stands_on_the_sheet_with_what_was_done_and_red_while_nobody_knows(
    slip_of, desk, desk_clock, check_all
):
    fault = Finding(Found.FAULT, what="插销坏了", where="二楼", measure="绳子系住")
    check_all(desk, desk_clock, windows_shut=fault)
    checked, open_ = (line for line in of(slip_of(), Item) if line.number == "S1")
    assert checked.text == "窗户已关：异常"
    assert checked.urgency is open_.urgency is Urgency.NOW
    assert "采取措施：绳子系住" in open_.detail


@pytest.mark.usefixtures("words_zh")
def test_the_sheet_says_the_site_s_own_names_the_report_and_what_changed(
    slip_of, desk, desk_clock, people, check_all
):
    manager = Proof(people["1001"], Means.BADGE, desk.clock())
    editing.rename(desk, manager, "fire_exits", "东侧安全出口畅通")
    editing.enrol(desk, manager, "stairs", "04A1A1A1A1A101")
    fault = Finding(Found.FAULT, what="门打不开", where="东侧", measure="已挂牌", told="赵主任")
    check_all(desk, desk_clock, answer="", fire_exits=fault)
    with desk.read() as book:
        [thing] = faults.open_faults(book)
    desk_clock.advance(minutes=20)
    faults.close_fault(desk, "2001", thing.ref, "换了锁", "赵主任")
    slip = slip_of()
    fields = {line.label: line.value for line in of(slip, Field)}
    assert fields["报告给"].startswith("赵主任，电话，")
    assert fields["答复"] == "还没有答复"
    texts = [line.text for line in of(slip, Item)]
    assert "东侧安全出口畅通：异常" in texts
    assert "已处理：东侧，门打不开" in texts
    assert "未打卡证实：楼梯" in [line.text for line in of(slip, Text)]
