"""Azure Communication Services as a client sees it: Call Automation's REST, its callbacks and its media sockets."""
