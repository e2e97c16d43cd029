"""Trellis: SEND in the early years, as a self-hosted web service."""
