"""What a journal is: frozen models and pure functions, without files, clocks, SQL or windows."""
