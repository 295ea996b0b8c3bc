"""Textual parts that any feature may use."""
