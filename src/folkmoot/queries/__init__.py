"""What may be read? One public function a question: parameters in, a frozen view out; no writes, no clock."""
