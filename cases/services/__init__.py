"""What happens to a case: one public function for each verb."""
