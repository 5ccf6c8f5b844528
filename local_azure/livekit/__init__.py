"""A LiveKit deployment on this machine: the real server, and a stand-in for the SIP service in front of it."""
