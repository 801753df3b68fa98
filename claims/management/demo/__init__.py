"""The worked example: one night in our own words, loaded through the actions that users call."""
