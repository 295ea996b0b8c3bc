"""Presence prompts in the night: the guard may not leave the post without leave (clause 156)."""
