"""Mail and what is attached to it, calendars and address books."""
