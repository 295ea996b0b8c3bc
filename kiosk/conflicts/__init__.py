"""What two desks said differently while they could not hear each other, and who decides it."""
