"""The roll of honours and the decisions behind it: rows are added, never changed."""
