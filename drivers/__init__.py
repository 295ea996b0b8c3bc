"""Devices: each is a thread that knows one thing and says it to a plain callable."""
