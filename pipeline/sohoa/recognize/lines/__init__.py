"""A recognizer of our own for printed lines: rows found by their ink, framed alike, read by a net.

``rows`` finds the printed rows of a page, ``framing`` brings each to one size and level, the
network of ``network`` reads the frames, ``reading`` turns what it says into words.
"""
