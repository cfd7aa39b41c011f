"""The mairie's departments, who answers for them, and when they are open: typed once, pointed at by every module."""
