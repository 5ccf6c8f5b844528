"""What is answered: the active agent's model, its tools, and hand-offs to other agents."""
