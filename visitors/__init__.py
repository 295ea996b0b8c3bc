"""Appointments, walk-ins and the visitor's slip."""
