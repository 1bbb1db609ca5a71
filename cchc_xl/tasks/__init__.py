"""What people ask for, one verb a file; alone touches disk, processes and the registry."""
