"""What the demo's printer gives hangs in the corner, but over nothing a guard must read whole."""

from PIL import Image

from kiosk.demo.app import DemoApp, Paper
from kiosk.demo.stage import Stage
from kiosk.desk import settings as desk_settings
from kiosk.desk.words import use
from kiosk.devices import Devices


async def test_a_slip_hangs_over_the_home_screen_and_over_no_emergency(
    site_copy, tmp_path, monkeypatch
):
    monkeypatch.setattr(Devices, "start", lambda _self: None)
    monkeypatch.setattr(Devices, "stop", lambda _self: None)
    settings = desk_settings.load(site_copy / "kiosk.toml", {"KIOSK_DESK__SOUNDS": "false"})
    use("en")
    slip = tmp_path / "slip.png"
    Image.new("1", (576, 400), 1).save(slip)
    app = DemoApp(settings, Stage(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        while app.context is None:
            await pilot.pause()
        app.show_paper(slip)
        assert app.screen.query(Paper)
        await pilot.press("f9")
        while type(app.screen).__name__ != "EmergencyScreen":
            await pilot.pause()
        app.show_paper(slip)
        assert not app.screen.query(Paper)
