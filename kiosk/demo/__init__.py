"""``kiosk demo``: the real program with emulated devices on real byte links, and a believable site."""
