"""From words on a command line to a command, and the pages that say which there are."""
