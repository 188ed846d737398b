"""Whether the tests would notice: small faults put into the rules and causes, one at a time."""
