"""Why a document answers a query, or why not."""
