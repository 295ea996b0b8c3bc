"""What the regulations count about attendance, and the case cards for the leader (clause 15)."""
