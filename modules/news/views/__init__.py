"""Pages of the news. Who may enter is declared in `urls`; that the module is on, by the gate."""
