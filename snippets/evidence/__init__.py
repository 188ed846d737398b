"""From bytes to facts: what was given, decoded, without knowing any cause."""
