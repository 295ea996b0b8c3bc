"""Emergencies (F9): whom to call first, what each call brought, and the reports until the end."""
