"""How what was asked is looked for: a query becomes requests to the engine."""
