"""The pages of the second proof at sign-in; what it rests on is in :mod:`peer_support.access.two_factor`."""
