"""Parcels, registered letters and documents that lie here for people of the house."""
