"""What every page that a visitor meets has in common: the frame, the crisis box, the way out, and safe headers."""
