"""The demonstration season: an invented list, screened through the same doors that users take."""
