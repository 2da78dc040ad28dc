"""What lies over the window: sheets and menus."""
