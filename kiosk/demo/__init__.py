"""``kiosk demo``: the real program, emulated devices on real byte links, a believable site."""
