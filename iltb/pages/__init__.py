"""What anybody may read: the public pages, the state of the service, the doors of the demonstration."""
