"""The night that ends without a successor: the lock-up record (clause 150)."""
