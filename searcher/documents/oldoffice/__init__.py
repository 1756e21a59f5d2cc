"""Documents of office programs from before 2007."""
