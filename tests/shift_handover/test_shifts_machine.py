"""Whatever shifts and nights bring, in any order: the handover's promises hold at every step."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from nights import Nights
from shifts import A_FEW, Shifts

from kiosk.desk.desk import Desk


@pytest.mark.parametrize("house", [Shifts, Nights])
def test_the_handovers_promises_hold(
    house, built, settings_in, tmp_path_factory, desk_clock, check_all
):
    seen: Counter[str] = Counter()

    def fresh():
        site = settings_in(tmp_path_factory.mktemp("shifts"))
        built.copy("people", site)
        return house(Desk.open(site, type(desk_clock)()), check_all, seen)

    run_state_machine_as_test(
        fresh,
        settings=settings(
            max_examples=100, stateful_step_count=30, deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert len(seen) >= A_FEW, "next to nothing was ever handed over"
