"""Leave (请假): asked, granted rung by rung, and reported back from (clauses 16-20, 119)."""
