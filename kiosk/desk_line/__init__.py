"""The other desks: who is on duty there, what is open there, and a line to them (对讲)."""
