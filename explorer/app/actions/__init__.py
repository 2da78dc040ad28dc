"""The commands of the program, one group a file; a new command is a line here or a file of its own.

A file registers a function that returns its commands in `explorer.app.commands.groups`.
"""
