"""Roll call: who is in the house at this moment, and who of them has been found."""
