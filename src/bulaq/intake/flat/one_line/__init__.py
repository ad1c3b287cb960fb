"""A page whose lines were all joined into one."""
