"""Ambulance, fire brigade, police, urgent repair: in at once, the missing fields are owed."""
