"""System checks of the package."""
