"""The exit: things lent with a visit, what is compared, who left in part, whose leaving is open."""
