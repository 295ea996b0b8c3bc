"""The gatehouse kiosk: composition, command line and screens."""
