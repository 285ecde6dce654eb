"""What counsel wrote: the models of a case file, its reader, the accounts it names."""
