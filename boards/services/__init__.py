"""What the board does: one public function for each verb."""
