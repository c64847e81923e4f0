"""The screens around a pair: calls, pauses and endings, one question at a time."""
