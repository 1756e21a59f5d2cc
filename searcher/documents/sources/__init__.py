"""What is read: files and what lies in them, and of which format each is."""
