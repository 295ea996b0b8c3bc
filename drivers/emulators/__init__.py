"""Devices made of bytes only: shipped for the demo and for the tests."""
