"""The consent to a story, in the editor: written down, looked up, and taken back."""
