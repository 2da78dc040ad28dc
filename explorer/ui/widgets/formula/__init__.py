"""Formulas, typeset and to play with."""
