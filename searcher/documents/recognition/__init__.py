"""Text in pictures of pages: scans, photographs, screenshots."""
