"""Missions: forces that are generated, and pools."""
