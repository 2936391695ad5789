"""Forms of these screens: fields only; what may be and what follows is said by the services."""
