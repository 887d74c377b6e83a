"""What people see: the workbench of the staff and the public site, two apps that share one look."""
