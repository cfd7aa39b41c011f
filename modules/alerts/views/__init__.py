"""Pages and files of the alerts."""
