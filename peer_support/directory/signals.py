"""What happens in the directory that others may want to follow."""

from django.dispatch import Signal

# Sent by ``postcodes.load`` in its transaction, with ``numbers``: the postcodes that are new or have moved.
postcodes_loaded = Signal()
