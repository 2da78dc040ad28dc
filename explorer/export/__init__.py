"""The one door out: what the program shows becomes a file here, whole or not at all.

A `Thing` says what it can be as a picture, a film, a table or a drawing; a file of
`explorer.export.kinds` writes one of these. `export` chooses by how the name of the target ends.
"""
