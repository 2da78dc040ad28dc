"""A random user of the real window, and what must hold whatever it does.

`presser.Presser` presses; `deeds` are what it does, `rules` and `screens` what must hold, `hearing`
what must not be said, `weighing` what must not grow. Controls are found by walking the window, so
that a new one is pressed without a word here.
"""
