"""Who was here before: found among all visits, and the form filled from last time."""
