"""The exits of a handover: no relief, a takeover, counts, answers, later words."""
