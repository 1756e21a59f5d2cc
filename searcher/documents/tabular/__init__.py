"""Records with named fields, and tables of them."""
