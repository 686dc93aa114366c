"""What people type, read and checked; nothing here saves anything."""
