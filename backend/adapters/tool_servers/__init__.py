"""Tools that run elsewhere: plain HTTP and MCP."""
