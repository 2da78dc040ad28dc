"""Commands about what a menu was opened on: a place, a sample, a plot. One group a file.

They are here, and not in `explorer.app.actions`, as they use the clipboard and dialogs for files.
"""
