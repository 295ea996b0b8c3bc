"""What the office or a leader tells the guard (指示), and other notices: written, known, closed."""
