"""What is written: contexts of documents, their words and figures, charts, and the writers of Word, PDF and HTML."""
