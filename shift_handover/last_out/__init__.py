"""The last person out (clause 92): who it is, the list, the guard's round over it."""
