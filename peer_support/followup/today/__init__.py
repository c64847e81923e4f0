"""Today: who needs whom, in an order that can be explained.

``registry`` is what other rooms use: ``Line`` and ``register_source``.
"""
