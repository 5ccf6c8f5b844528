"""Values and rules: what a call, a turn, an agent and a case are. No I/O; sees errors only."""
