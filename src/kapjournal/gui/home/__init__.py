"""The home screen: clients, their sessions, and the way into one."""
