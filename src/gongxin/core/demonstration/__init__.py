"""A province that does not exist: generated, always the same for one seed, and plainly made up.

Its regions are 9901xx, which belong to no place, so none of its codes can be a real organisation's.
"""
