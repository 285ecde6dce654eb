"""What the law says: the models of a rule pack, its reader and its checks."""
