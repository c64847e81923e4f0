"""The board: the screens with which a coordinator matches people, inside the Wagtail admin."""
