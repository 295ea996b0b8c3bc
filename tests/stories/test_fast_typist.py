"""Somebody who types faster than the screen, on a real terminal: all keys in one write."""


def test_a_walk_in_typed_in_one_go_is_the_visit_that_was_meant(at_the_gate):
    screen = at_the_gate.screen
    screen.send("\x1b[21~2001\r2580\r")  # F10, the staff number, the PIN
    screen.shows("值班 李建国")
    # F2, F5, a visitor with two letters for the host, F5; asked by telephone, agrees, admitted.
    screen.send("\x1bOQ\x1b[15~吴桂英\r2红旗村\r盖章\rzw\r2\r\x1b[15~111")
    screen.shows("已放行")
    at_the_gate.gate.printer.slip(1)
    steps = [code for code in at_the_gate.gate.site.codes() if code.startswith("visit.")]
    said = ["visit.arrived", "visit.host_asked", "visit.host_answered", "visit.admitted"]
    assert [one for one in steps if one != "visit.slip_printed"] == said
    screen.press("escape")
    screen.press("f2")
    row = next(line for line in screen.shows("在访 1批 2人").splitlines() if "吴桂英" in line)
    assert "女士" in row
    assert "红旗村" in row


def test_a_returning_visitor_typed_in_one_go_gets_a_second_slip(at_the_gate):
    screen = at_the_gate.screen
    screen.send("\x1b[21~2001\r2580\r")
    screen.shows("值班 李建国")
    screen.send("\x1bOQ\x1b[15~吴桂英\r2红旗村\r盖章\rzw\r2\r\x1b[15~111")
    screen.shows("已放行")
    # Out by the number; then her first letters, below today's visit the line of last time, F5.
    screen.send("1\r1")
    screen.shows("已离开")
    screen.send("wgy\x1b[B\r\x1b[15~111")
    screen.shows("已放行，002号")
    steps = [code for code in at_the_gate.gate.site.codes() if code.startswith("visit.")]
    assert steps.count("visit.admitted") == 2
