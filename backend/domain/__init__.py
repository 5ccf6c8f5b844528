"""Values and rules: what a call, a turn, an agent and a claim are. No I/O; sees errors only."""
