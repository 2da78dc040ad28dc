"""Questions as frozen values that answer themselves in a lane; one question a file.

torch and scikit-learn are imported inside the answers: these files are read by the window before it
paints, and both take over a second to import.
"""
