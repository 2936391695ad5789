"""Settings and addresses: the only room that knows the whole house."""
