"""What each command of `kiosk` does; kiosk/cli.py says how it is called."""
