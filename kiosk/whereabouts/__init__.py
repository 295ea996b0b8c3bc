"""The whereabouts board (去向牌): who is in, out, on leave, on a post or not signed, at F5."""
