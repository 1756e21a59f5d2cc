"""Archives, and how whatever is packed is unpacked."""
