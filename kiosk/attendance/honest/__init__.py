"""Honest taps: a second proof, taps declared void, badges too close, a clock that jumped."""
