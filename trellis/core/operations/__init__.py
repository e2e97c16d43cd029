"""Keeping an installation running: is it ready, and the web server and the workers as one thing."""
