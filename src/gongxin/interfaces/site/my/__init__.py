"""The subject's own place, under /my/: what is held about it, and what it can do about it."""
