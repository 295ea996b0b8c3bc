"""In any order of acts, and whatever is typed: one first-asked person, one ending, clean words."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import features
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means
from kiosk.enquiries import service
from kiosk.enquiries.models import FirstMeans
from kiosk.enquiries.rules import LONGEST_LINE, MOST_LINES, Asked, checked, notice_lines

GUARD, ZHANG, LI_NA = "2001", "1001", "3001"
pytestmark = pytest.mark.usefixtures("people")


def opened(desk, asked):
    return service.open_enquiry(desk, GUARD, LI_NA, FirstMeans.BADGE, asked)


def things(desk):
    with desk.read() as book:
        return [one for one in features.outstanding(desk, book) if one.kind == "enquiry"]


STEPS = ("handled", "lead_zhang", "lead_wang", "received_zhang", "received_wang", "notice", "left")


@given(steps=st.lists(st.sampled_from(STEPS), max_size=8), own=st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_the_first_asked_stays_and_it_ends_once(desk, people, steps, own):
    enquiry = opened(desk, Asked("救助", own))
    acts = {
        "handled": lambda: service.handled(desk, GUARD, enquiry),
        "lead_zhang": lambda: service.lead(desk, GUARD, enquiry, ZHANG),
        "lead_wang": lambda: service.lead(desk, GUARD, enquiry, "2002"),
        "received_zhang": lambda: service.receive(
            desk, GUARD, enquiry, people[ZHANG], Means.BADGE
        ),
        "received_wang": lambda: service.receive(
            desk, GUARD, enquiry, people["2002"], Means.NO_BADGE
        ),
        "notice": lambda: service.print_notice(desk, GUARD, enquiry, ["身份证"]),
        "left": lambda: service.leaves(desk, GUARD, enquiry, "gave_up"),
    }  # fmt: skip
    ended, handler, led = None, LI_NA, None
    for step in steps:
        try:
            acts[step]()
        except Refused:
            allowed = ended is None and (
                step in {"lead_zhang", "lead_wang", "notice", "left"}
                or (step == "handled" and own and led is None)
                or (step.startswith("received") and led == step.split("_")[1])
            )
            if allowed:
                raise
            continue
        assert ended is None
        if step.startswith("lead"):
            led = step.split("_")[1]
        if step.startswith("received"):
            assert led == step.split("_")[1]
            handler = {"zhang": ZHANG, "wang": "2002"}[led]
        if step in {"handled", "left"} or step.startswith("received"):
            ended = step
        shown = service.enquiry_shown(desk, enquiry)
        assert (shown.first.staff_no, shown.handler.staff_no) == (LI_NA, handler)
        assert (shown.ending is None) is (ended is None)
    assert (enquiry in {one.ref for one in things(desk)}) is (ended is None)


@given(words=st.text(max_size=200), name=st.text(max_size=60), phone=st.text(max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_kept_clean_or_refused_with_its_field(desk, words, name, phone):
    asked = Asked(words, own_duty=False, enquirer=name, phone=phone)
    try:
        checked(asked)
    except Refused as refused:
        assert refused.facts["field"] in {"matter", "enquirer", "phone"}  # noqa: PT017 - either way is right
        return
    kept = service.enquiry_shown(desk, opened(desk, asked))
    kinds = {unicodedata.category(sign) for sign in kept.matter + kept.enquirer}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


@given(lines=st.lists(st.text(max_size=80), max_size=30))
def test_a_notice_has_each_line_once_and_none_empty(lines):
    try:
        said = notice_lines(lines)
    except Refused as refused:
        assert refused.code.startswith("enquiry.")  # noqa: PT017 - either way is right
        return
    assert 1 <= len(said) <= MOST_LINES
    assert len(set(said)) == len(said)
    assert all(line.strip() and len(line) <= LONGEST_LINE for line in said)
