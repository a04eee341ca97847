"""Building of the derived dictionaries and models from a corpus; never needed at run time."""
