"""The duty log (值班日志): the kiosk writes what it did, the guard adds lines, a day prints."""
